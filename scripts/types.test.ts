import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkTypes } from './types.ts';

const FIRST = 'export const first = (list: readonly number[]): number => list[0];\n';
const OPTIONS = { strict: true, noEmit: true, noUncheckedIndexedAccess: true, lib: ['ES2024'], types: [] };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'regimen-types-'));
  write('tsconfig.json', JSON.stringify({ compilerOptions: OPTIONS, include: ['.'] }));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function exceptFolder(folder: string): void {
  const config = { extends: '../tsconfig.json', compilerOptions: { noUncheckedIndexedAccess: false } };
  write(`${folder}/tsconfig.json`, JSON.stringify({ ...config, include: ['.'], exclude: [] }));
}

test('an unchecked access is refused', () => {
  write('cold/first.ts', FIRST);
  expect(checkTypes(root)).toMatch(/^cold\/first\.ts\(1,59\): error TS2322/);
});

test('a folder with a configuration of its own is excepted, also where others import it', () => {
  write('hot/first.ts', FIRST);
  exceptFolder('hot');
  write('cold/use.ts', "export { first } from '../hot/first';\n");
  expect(checkTypes(root)).toBe('');
});

test('what the excepted folder imports is not excepted, and nothing is said twice', () => {
  write('cold/first.ts', FIRST);
  write('hot/use.ts', "export { first } from '../cold/first';\nexport const wrong: number = '';\n");
  exceptFolder('hot');
  const lines = checkTypes(root)
    .split('\n')
    .filter((line) => /^\S/.test(line));
  expect(lines).toEqual([
    expect.stringMatching(/^cold\/first\.ts\(1,59\): error TS2322/),
    expect.stringMatching(/^hot\/use\.ts\(2,14\): error TS2322/),
  ]);
});

test('a configuration that can not be read is a problem of its own', () => {
  write('hot/tsconfig.json', '{ "extends": "../no-such.json" }');
  write('hot/fine.ts', 'export const fine = 1;\n');
  expect(checkTypes(root)).toContain('no-such.json');
});
