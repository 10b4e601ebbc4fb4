import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOwnFile } from './own-files.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'own-files-'));
  for (const name of ['workspace', 'models']) mkdirSync(join(root, name));
  symlinkSync(join(root, 'workspace'), join(root, 'link'), 'junction');
});
afterAll(() => rmSync(root, { recursive: true }));

const isOwn = (path: string, workspace = 'workspace') =>
  isOwnFile(
    join(root, workspace),
    ['models', 'checks'].map((name) => join(root, name)),
    join(root, path),
  );

test.each([
  'regimen.db',
  'regimen.db-wal',
  'regimen.db-shm',
  'regimen.db-wal.damaged-20240101_000000',
  'regimen.db-wal.mended',
  'REGIMEN.DB',
  'config.yaml',
  'last-look.json',
  'candles/x.csv',
  'Candles/x.csv',
  'artefacts/x',
  'checkpoints/training_pipeline/x.json',
  'logs/x',
  'uploads/a/b',
  '.restore/x',
  '.regimen/x',
  'replaced-20240101_000000/regimen.db',
])('%s of the workspace is its own', (name) => {
  expect(isOwn(`workspace/${name}`)).toBe(true);
  expect(isOwn(`workspace/${name}`, 'link')).toBe(true);
});

test.each(['models/x.model', 'models/deep/x', 'checks/x.json'])(
  '%s, where models or checkpoints are, is its own',
  (name) => expect(isOwn(name)).toBe(true),
);

test.each([
  'workspace/history.csv',
  'workspace/exports/x.csv',
  'workspace/my/regimen.db',
  'workspace',
  'regimen.db',
  'models',
  'workspace-2/candles/x',
  'workspace/..candles/x',
  'candles/x',
])('%s is the user’s', (name) => expect(isOwn(name)).toBe(false));
