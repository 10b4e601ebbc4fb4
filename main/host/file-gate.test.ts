import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileGate, FILE_ARGUMENTS, type FileGate } from './file-gate.ts';

let root: string;
let workspace: string;
let gate: FileGate;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'regimen-gate-')));
  workspace = join(root, 'workspace');
  mkdirSync(join(workspace, 'exports'), { recursive: true });
  gate = createFileGate(workspace);
});
afterEach(() => rmSync(root, { recursive: true }));

const reading = (file: string) => gate.check('market.inspect', { file });
const writing = (csv: string) => gate.check('history.export', { csv });

test('every path argument of the Api is found', () => {
  const found = [...FILE_ARGUMENTS].flatMap(([method, fields]) =>
    [...fields].map((field) => [method, ...field].join(' ')),
  );
  expect(found).toEqual(
    expect.arrayContaining([
      'market.import file read',
      'market.inspect file read',
      'queue.resume checkpoint read',
      'history.export csv write',
      'backup.create file write',
      'backup.restore file read',
    ]),
  );
});

test('relative paths are those of the workspace and its exports', () => {
  expect(reading('candles/x.bin')).toEqual({ file: join(workspace, 'candles/x.bin') });
  expect(writing('x.csv')).toEqual({ csv: join(workspace, 'exports/x.csv') });
});

test("the user's own exports folder is open", () => {
  const file = join(homedir(), '.regimen', 'exports', 'x.csv');
  expect(writing(file)).toEqual({ csv: file });
  expect(reading(file)).toEqual({ file });
});

test('whatever is not open is denied, however it is written', () => {
  for (const file of ['/etc/passwd', '../x', 'a/../../x', workspace, join(root, 'workspace-2/x'), 'x\0']) {
    expect(() => reading(file)).toThrow(expect.objectContaining({ code: 'access-denied' }));
  }
  for (const file of ['../regimen.db', join(workspace, 'regimen.db'), '..', '.']) {
    expect(() => writing(file)).toThrow(expect.objectContaining({ code: 'access-denied' }));
  }
});

test('links are followed before anything is decided', () => {
  writeFileSync(join(root, 'outside.csv'), 'x');
  symlinkSync(join(root, 'outside.csv'), join(workspace, 'exports', 'link.csv'));
  expect(() => reading(join(workspace, 'exports', 'link.csv'))).toThrow("can't be read");
  expect(() => writing('link.csv')).toThrow("can't be written");
});

test('a granted file may be named, in the way that was granted, and its neighbors may not', () => {
  const file = join(root, 'chosen.csv');
  gate.grant(file, 'read');
  expect(reading(file)).toEqual({ file });
  expect(() => writing(file)).toThrow("can't be written");
  expect(() => reading(join(root, 'other.csv'))).toThrow("can't be read");
  gate.grant(file, 'write');
  expect(writing(file)).toEqual({ csv: file });
});

test('input of another shape is left to the method', () => {
  for (const input of [undefined, null, 7, 'x', { file: 7 }, {}]) {
    expect(gate.check('market.inspect', input)).toEqual(input);
  }
  expect(gate.check('market.list', { file: '/etc/passwd' })).toEqual({ file: '/etc/passwd' });
});

test('only what a writing method wrote counts as written', () => {
  gate.noteResult('history.export', { file: join(workspace, 'exports/x.csv'), runs: 1 });
  gate.noteResult('market.inspect', { file: '/etc/passwd' });
  expect(gate.hasWritten(join(workspace, 'exports/x.csv'))).toBe(true);
  expect(gate.hasWritten('/etc/passwd')).toBe(false);
});
