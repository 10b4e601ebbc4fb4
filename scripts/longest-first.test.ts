import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LONGEST } from './longest-first.ts';

const PROJECT = join(import.meta.dirname, '..');

test('files that begin first are there, and none is named twice', () => {
  expect(LONGEST.filter((file) => !existsSync(join(PROJECT, file)))).toEqual([]);
  expect(new Set(LONGEST).size).toBe(LONGEST.length);
});
