import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hourlyCsv, regimen } from './testing/command-line.ts';
import { createSandbox, type Sandbox } from './testing/sandbox.ts';

/** A workspace that can't be used is refused, and left as it is for whoever can mend it. */

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.remove());
beforeEach(() => sandbox.reset());

const REFUSED = { status: 3, changed: [] };

it('reports every problem of config.yaml with its line', async () => {
  const config = join(sandbox.workspace, 'config.yaml');
  writeFileSync(config, 'training:\n  members: 1\n  sede: 7\nqueue:\n  threads: many\n');
  const refusal = await sandbox.refusal(['train', sandbox.grid({})]);
  expect(refusal).toMatchObject({ ...REFUSED, code: 'config-invalid', details: { file: config, line: 2 } });
  expect(refusal.stderr).toContain(
    'config.yaml line 2: training.members: expected a whole number from 2 to 20, found 1',
  );
  expect(refusal.stderr).toContain('config.yaml line 3: training.sede: unknown key. Did you mean "seed"?');
  expect(refusal.stderr).toContain('config.yaml line 5: queue.threads: expected "auto"');
});

it('refuses a config.yaml with a key given twice', async () => {
  writeFileSync(join(sandbox.workspace, 'config.yaml'), 'training:\n  seed: 1\n  seed: 2\n');
  const refusal = await sandbox.refusal(['champions']);
  expect(refusal).toMatchObject({ ...REFUSED, code: 'config-invalid' });
  expect(refusal.stderr).toContain('config.yaml line 3: duplicated mapping key');
});

it('refuses a database from a newer Regimen', async () => {
  const database = new Database(join(sandbox.workspace, 'regimen.db'));
  database.pragma('user_version = 99');
  database.close();
  const refusal = await sandbox.refusal(['champions']);
  expect(refusal).toMatchObject({ ...REFUSED, code: 'store-newer' });
  expect(refusal.stderr).toMatch(
    /regimen\.db has version 99; this Regimen knows versions up to \d+\. Update Regimen/,
  );
});

it('refuses a damaged database', async () => {
  const path = join(sandbox.workspace, 'regimen.db');
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096, 4096 + 16_384);
  writeFileSync(path, bytes);
  const refusal = await sandbox.refusal(['champions']);
  expect(refusal).toMatchObject({ ...REFUSED, code: 'store-damaged' });
  expect(refusal.stderr).toMatch(
    /regimen\.db is damaged .*Nothing was written to it\. Restore it from a backup/,
  );
});

it('refuses a file that is no database', async () => {
  writeFileSync(join(sandbox.workspace, 'regimen.db'), 'not a database, '.repeat(500));
  const refusal = await sandbox.refusal(['history']);
  expect(refusal).toMatchObject({ ...REFUSED, code: 'store-damaged' });
});

it('refuses a damaged candle file', async () => {
  const name = readdirSync(join(sandbox.workspace, 'candles')).find((file) => file.endsWith('.candles'))!;
  const path = join(sandbox.workspace, 'candles', name);
  const bytes = readFileSync(path);
  bytes[bytes.length - 9]! ^= 1;
  writeFileSync(path, bytes);
  const refusal = await sandbox.refusal(['train', sandbox.grid({ horizons: [5] })]);
  expect(refusal).toMatchObject({ ...REFUSED, code: 'artifact-damaged' });
  expect(refusal.stderr).toContain(`${name} is damaged`);
  expect(refusal.stderr).toContain('import the market data again');
});

it('refuses a file where the folder should be', async () => {
  const path = sandbox.file('good.csv', hourlyCsv(300));
  const ran = await regimen(['champions', '--workspace', path, '--json']);
  expect(ran.status).toBe(3);
  expect(JSON.parse(ran.stdout).error.code).toBe('invalid-input');
  expect(ran.stderr).toContain('is a file; it must be a folder');
});
