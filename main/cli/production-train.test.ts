import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hourlyCsv, regimen } from './testing/command-line.ts';
import { createSandbox, type Sandbox } from './testing/sandbox.ts';

/** `production train` as processes of their own: every exit status, and what each leaves behind. */

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
  sandbox.reset();
  const long = sandbox.file('long.csv', hourlyCsv(800));
  const market = ['--symbol', 'EURUSD', '--timeframe', 'H1'];
  await regimen(['market', 'import', long, ...market, '--workspace', sandbox.workspace]);
  const short = sandbox.file('short.csv', hourlyCsv(200));
  const other = ['--symbol', 'USDCHF', '--timeframe', 'H1'];
  await regimen(['market', 'import', short, ...other, '--workspace', sandbox.workspace]);
});
afterAll(() => sandbox.remove());

const PROGRAM = fileURLToPath(new URL('./regimen.ts', import.meta.url));
function train(...argv: string[]) {
  const all = ['production', 'train', ...argv, '--workspace', sandbox.workspace];
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...all], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const MARKET = ['EURUSD', 'H1'];

test('status 2: trained, and refused by the gate, for reasons, with the candidate left to look at', () => {
  const out = join(sandbox.root, 'result.json');
  const { status, stdout, stderr } = train(
    ...MARKET,
    '--period',
    '1y',
    '--min-accuracy',
    '0.99',
    '--output-json',
    out,
  );
  expect({ status, stderr }).toMatchObject({ status: 2 });
  expect(stdout).toContain('Model not promoted: ');
  expect(stdout).toMatch(/accuracy 0\.\d\d of 0\.99 \(base rate 0\.\d\d\)/);
  const { results } = JSON.parse(readFileSync(out, 'utf8'));
  expect(results).toMatchObject([
    {
      name: 'EURUSD H1',
      status: 'refused',
      hyperparameters: { n_estimators: 100, max_depth: 6, learning_rate: 0.1 },
    },
  ]);
  expect(existsSync(join(sandbox.workspace, 'models', 'EURUSD H1', `model_${results[0].version}.bin`))).toBe(
    true,
  );
});

test('status 0: what passes all of the gate, as in a market that repeats itself, is promoted', () => {
  const { status, stdout } = train(...MARKET, '--period', '1y');
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('is in production') });
  expect(stdout).toContain('the gate is passed');
});

test('status 0: what is asked for in full is promoted, then every name in production is trained anew, dry', () => {
  const argv = [
    '--model-type',
    'ridge',
    '--target',
    'return',
    '--period',
    '1y',
    '--skip-validation',
    '--force',
  ];
  expect(train(...MARKET, ...argv)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('is in production'),
  });
  const production = join(sandbox.workspace, 'models', 'EURUSD H1', 'production');
  const before = readFileSync(production, 'utf8');
  const again = train('--dry-run', '--skip-validation', '--force');
  expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing is promoted') });
  expect(again.stdout).toContain('Ridge EURUSD H1');
  expect(readFileSync(production, 'utf8')).toBe(before);
});

test('a search comes first where it is asked for, and its best is used from then on', () => {
  const argv = [
    ...MARKET,
    '--model-type',
    'ridge',
    '--target',
    'return',
    '--period',
    '1y',
    '--skip-validation',
    '--force',
  ];
  const { status, stderr } = train(...argv, '--optimize', '--trials', '3');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const file = join(sandbox.workspace, 'models', 'EURUSD H1', 'best_hyperparameters.json');
  const best = JSON.parse(readFileSync(file, 'utf8'));
  expect(Object.keys(best)).toEqual(['ridge return']);
  const out = join(sandbox.root, 'again.json');
  expect(train(...argv, '--output-json', out).status).toBe(0);
  expect(JSON.parse(readFileSync(out, 'utf8')).results[0].hyperparameters).toEqual(best['ridge return']);
  rmSync(file);
});

test('LONG and SHORT models of a search go through the whole gate, to promotion, with thresholds that are lowered openly', async () => {
  // What other tests put in charge here is another model, and may be better.
  await regimen(['production', 'retire', ...MARKET, '--workspace', sandbox.workspace]);
  const lowered = ['accuracy', 'precision', 'recall', 'f1'].flatMap((figure) => [`--min-${figure}`, '0.1']);
  const target = ['--model-type', 'xgb', '--target', 'barrier', '--optimize', '--trials', '2'];
  const out = join(sandbox.root, 'sides.json');
  rmSync(out, { force: true });
  const argv = ['--period', '1y', ...target, ...lowered, '--min-verdict', 'none', '--output-json', out];
  const { status, stdout } = train(...MARKET, ...argv);
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('is in production') });
  const [result] = JSON.parse(readFileSync(out, 'utf8')).results;
  expect(Object.keys(result.hyperparameters)).toEqual(['long', 'short']);
  expect(result.report).toMatchObject({ passed: true, skipped: ['verdict', ...namedInJournal()] });
});

/** As the journal names them. */
const namedInJournal = () => ['accuracy', 'precision', 'recall', 'f1'].map((figure) => `min-${figure}=0.1`);

test.each([
  [['GBPUSD', 'H1'], 'GBPUSD'],
  [['USDCHF', 'H1'], 'Import more history'],
])('status 1: once the arguments parse, all about data and models, such as %j', (argv, says) => {
  const { status, stdout } = train(...argv);
  expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining(says) });
  expect(stdout).toContain('failed');
});

test.each([
  [[...MARKET, '--target', 'return', '--min-accuracy', '0.5'], 'threshold of classes'],
  [[...MARKET, '--model-type', 'nonsense'], 'nonsense'],
  [[...MARKET, '--trials', 'many'], '--trials'],
  [[...MARKET, '--period', '4y'], '--period'],
  [['EURUSD'], 'a symbol and a timeframe'],
  [[...MARKET, '--unknown'], 'unknown option'],
])('status 3: %j can not be what was meant', (argv, says) => {
  expect(train(...argv)).toMatchObject({ status: 3, stderr: expect.stringContaining(says) });
});
