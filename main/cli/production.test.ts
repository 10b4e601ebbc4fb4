import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hourlyCsv, regimen } from './testing/command-line.ts';
import { createSandbox, type Sandbox } from './testing/sandbox.ts';

/** Versions from the command line, one command after the other on one workspace. */

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
  sandbox.reset();
});
afterAll(() => sandbox.remove());

const production = (...argv: string[]) => regimen(['production', ...argv, '--workspace', sandbox.workspace]);

test('a run is registered, put in charge, retired, and told of', async () => {
  expect(await production('list')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Nothing is registered yet'),
  });
  const made = await production('register', '1', '--reason', 'a start', '--json');
  expect(made.status).toBe(0);
  const { version } = JSON.parse(made.stdout) as { version: string };
  expect((await production('list')).stdout).toContain(`EURUSD H1  nobody`);

  const back = await production('rollback', 'eurusd', '1h', '--version', version);
  expect(back).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(`version ${version} is in production`),
  });
  const shown = await production('show', 'EURUSD', 'H1', '--version', version);
  expect(shown.stdout).toContain(`models/EURUSD H1/model_${version}.bin`);

  const day = new Date().toISOString().slice(0, 10);
  expect((await production('journal', '--at', day)).stdout).toContain(version);
  const csv = join(sandbox.root, 'journal.csv');
  expect((await production('journal', 'EURUSD', 'H1', '--csv', csv)).status).toBe(0);
  const lines = readFileSync(csv, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^1,.*,EURUSD H1,registered,candidate,,\d{8}_\d{6},command line,a start,/);
  expect(lines[2]).toContain('rolled back');

  expect((await production('alias', 'EURUSD', 'H1', 'challenger', '--version', version)).stdout).toContain(
    'challenger',
  );
  const retired = await production('retire', 'EURUSD', 'H1', '--reason', 'enough');
  expect(retired.stdout).toContain('nobody is in production');
});

test('what the gate refuses is not promoted, with status 2, its reasons and a report; what is skipped is', async () => {
  const made = await production('register', '1', '--json');
  const { version } = JSON.parse(made.stdout) as { version: string };
  const report = join(sandbox.root, 'gate.html');
  const refused = await production('promote', 'EURUSD', 'H1', '--version', version, '--report', report);
  expect(refused.status).toBe(2);
  expect(refused.stdout).toContain('Model not promoted: ');
  expect(readFileSync(report, 'utf8')).toContain('gate refused');
  expect((await production('validate', 'EURUSD', 'H1')).status).toBe(2);
  const wrong = await production('promote', 'EURUSD', 'H1', '--min-accuracy', '0.5');
  expect(wrong).toMatchObject({ status: 3, stderr: expect.stringContaining('threshold of classes') });
  const skipped = await production('promote', 'EURUSD', 'H1', '--skip-validation', '--force', '--json');
  expect(skipped.status).toBe(0);
  expect(JSON.parse(skipped.stdout)).toMatchObject({ promoted: true, name: { production: version } });
  expect((await production('compare', 'EURUSD', 'H1')).stdout).toContain(version);
});

test.each([
  [['show', 'EURUSD', 'H9'], 'H9'],
  [['show', 'GBPUSD', 'H1'], 'GBPUSD H1 has no versions'],
  [['register', 'EURUSD/H1/nowhere'], 'There is no champion'],
  [['register', '99'], 'no run 99'],
  [['rollback', 'EURUSD', 'H1', '--version', 'yesterday'], '20261128_143022'],
  [['journal', 'EURUSD'], 'a symbol and a timeframe'],
])('production %j is refused as bad input', async (argv, says) => {
  const { status, stderr } = await production(...argv);
  expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining(says) });
});

test('a version is updated once there are new candles; where there are none, it says so', async () => {
  expect((await production('register', '1')).status).toBe(0);
  const none = await regimen(['model', 'update', 'eurusd/1h', '--workspace', sandbox.workspace]);
  expect(none).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing is new for EURUSD H1') });
  const run = await regimen(['model', 'update', '1', '--json', '--workspace', sandbox.workspace]);
  expect(JSON.parse(run.stdout)).toMatchObject({ version: null });

  const [head, ...lines] = hourlyCsv(300).trim().split('\n');
  const last = lines.at(-1)!.split(',');
  const more = Array.from({ length: 40 }, (_, i) => {
    const time = new Date(Date.UTC(2024, 6, 1, i)).toISOString().slice(0, 19);
    return [`${time}Z`, ...last.slice(1)].join(',');
  });
  const file = sandbox.file('more.csv', `${[head, ...lines, ...more].join('\n')}\n`);
  const imported = ['market', 'import', file, '--symbol', 'EURUSD', '--timeframe', 'H1'];
  expect((await regimen([...imported, '--workspace', sandbox.workspace])).status).toBe(0);
  const made = await regimen([
    'model',
    'update',
    'EURUSD H1',
    '--reason',
    'weekly',
    '--workspace',
    sandbox.workspace,
  ]);
  expect(made).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/update {5}Update of \d{8}_\d{6}: 40 bars/),
  });
  expect((await production('journal')).stdout).toMatch(/updated .* weekly/);

  const refused = await regimen(['model', 'update', 'EURUSD/H9', '--workspace', sandbox.workspace]);
  expect(refused.status).toBe(3);
});
