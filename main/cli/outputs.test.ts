import { readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { regimen } from './testing/command-line.ts';
import { createSandbox, type Sandbox } from './testing/sandbox.ts';

const isUnix = process.platform !== 'win32';
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
}, 60_000);
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.remove());

/** Every command that writes a file where the user says. */
const WRITERS: readonly (readonly [string, (file: string) => readonly string[]])[] = [
  ['backup', (file) => ['backup', file]],
  ['history', (file) => ['history', '--csv', file]],
  ['model features', (file) => ['model', 'features', '1', '--out', file]],
  ['model export', (file) => ['model', 'export', '1', '--out', file]],
];

const ask = (argv: readonly string[]) => regimen([...argv, '--workspace', sandbox.workspace]);

test.each(WRITERS)(
  '%s never writes onto a file of the workspace, --overwrite or not',
  async (_name, argv) => {
    for (const name of ['regimen.db', 'config.yaml', 'candles/new.csv', 'artifacts/x.model', 'logs/x.log']) {
      for (const overwrite of [[], ['--overwrite']]) {
        const refusal = await sandbox.refusal([...argv(join(sandbox.workspace, name)), ...overwrite]);
        expect(refusal).toMatchObject({ status: 3, code: 'conflict', changed: [] });
        expect(refusal.stderr).toContain('belongs to the workspace');
      }
    }
  },
);

test.each(WRITERS)('%s replaces a file only with --overwrite', async (name, argv) => {
  const file = sandbox.file('mine', 'precious');
  const refusal = await sandbox.refusal(argv(file));
  expect(refusal).toMatchObject({ status: 3, code: 'conflict', changed: [] });
  expect(refusal.stderr).toContain('add --overwrite');
  expect(readFileSync(file, 'utf8')).toBe('precious');
  // The sandbox's model has no trees to export.
  if (name === 'model export') return;
  expect(await ask([...argv(file), '--overwrite'])).toMatchObject({ status: 0 });
  expect(readFileSync(file, 'utf8')).not.toBe('precious');
});

test.runIf(isUnix).each(WRITERS)('%s leaves devices alone', { timeout: 20_000 }, async (_name, argv) => {
  const link = join(sandbox.workspace, 'null');
  symlinkSync('/dev/null', link);
  for (const file of ['/dev/null', link]) {
    const refusal = await sandbox.refusal([...argv(file), '--overwrite']);
    expect(refusal).toMatchObject({ status: 3, code: 'file-unreadable' });
    expect(refusal.stderr).toContain('is a device');
  }
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('history is written for a spreadsheet with decimal commas', async () => {
  const file = join(sandbox.root, 'comma.csv');
  const options = ['--separator', ';', '--decimal', ',', '--overwrite'];
  expect(await ask(['history', '--csv', file, ...options])).toMatchObject({ status: 0 });
  const [head, row] = readFileSync(file, 'utf8').split('\r\n');
  expect(head).toContain('id;uuid;');
  expect(row!.split(';').length).toBe(head!.split(';').length);
  expect(row!.split(';')[head!.split(';').indexOf('sharpe')]).toMatch(/^-?\d+,\d+$/);
  const refusal = await sandbox.refusal(['history', '--csv', join(sandbox.root, 'x.csv'), '--decimal', ',']);
  expect(refusal).toMatchObject({ status: 3, code: 'invalid-input', changed: [] });
  expect(refusal.stderr).toContain('--separator: the separator must be another sign');
});

test.runIf(isUnix)(
  'what is kept in a workspace is its owner’s alone, what is exported follows the umask',
  async () => {
    const mode = (path: string) => statSync(path).mode & 0o777;
    const fresh = join(sandbox.root, 'fresh', 'workspace');
    const good = join(sandbox.root, 'good.csv');
    const run = (...argv: string[]) => regimen([...argv, '--workspace', fresh]);
    expect(await run('market', 'import', good, '--symbol', 'EURUSD', '--timeframe', 'H1')).toMatchObject({
      status: 0,
    });
    expect(await run('train', sandbox.grid({}))).toMatchObject({ status: 0 });
    for (const name of ['', 'candles', 'artifacts', 'logs'])
      expect([name, mode(join(fresh, name))]).toEqual([name, 0o700]);
    expect(mode(join(fresh, 'regimen.db'))).toBe(0o600);
    expect(mode(join(fresh, 'logs', 'training_pipeline.log'))).toBe(0o600);
    const file = join(sandbox.root, 'shared.csv');
    expect(await run('history', '--csv', file, '--overwrite')).toMatchObject({ status: 0 });
    expect(mode(file)).toBe(0o666 & ~process.umask());
  },
);
