import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasPeers, python } from '../../engine/testing/peers.ts';
import { hourlyCsv, type Ran, regimen } from './testing/command-line.ts';

let root: string;
let model: string;
const run = (...argv: string[]): Promise<Ran> => regimen([...argv, '--workspace', join(root, 'workspace')]);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'model-commands-'));
  model = join(root, 'model.json');
  const csv = join(root, 'EURUSD_H1.csv');
  writeFileSync(csv, hourlyCsv(300));
  const grid = join(root, 'grid.yaml');
  writeFileSync(
    grid,
    `model_types: xgboost
symbols: EURUSD
timeframes: H1
days_history: 60
horizons: 3
hyperparameters: { xgboost: { n_estimators: 10, max_depth: 3, objective: [squared_error, logistic] } }
`,
  );
  expect((await run('market', 'import', csv, '--symbol', 'EURUSD', '--timeframe', 'H1')).status).toBe(0);
  const config = 'model_management: { delete_non_best_models: false }\n';
  writeFileSync(join(root, 'workspace', 'config.yaml'), config);
  expect((await run('train', grid)).status).toBe(0);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('trades lists what a strategy did, as a table and as CSV', async () => {
  const { status, stdout, stderr } = await run('trades', '1', '--strategy', '0');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /^ *No +Opened \(UTC\) +Closed \(UTC\) +Side +Entry +Exit +Bars +Spread +Slippage +/,
  );
  expect(stdout).toMatch(
    / trades of strategy 0 \(direct mean c0 W50\) on EURUSD H1, in all regimes\. Costs, /,
  );
  const rows = stdout.split('\n').filter((line) => /^ *\d+ +\d{4}-\d\d-\d\d /.test(line));
  expect(rows.length).toBeGreaterThan(10);

  const csv = join(root, 'trades.csv');
  const written = await run('trades', '1', '--strategy', '0', '--csv', csv);
  expect(written).toMatchObject({ status: 0, stdout: expect.stringContaining(`, written to ${csv}.`) });
  expect(readFileSync(csv, 'utf8').trimEnd().split('\r\n')).toHaveLength(1 + rows.length);
  expect((await run('trades', '1', '--csv', csv)).status).toBe(3);
  expect((await run('trades', '1', '--strategy', '999')).stderr).toContain('not 999');
});

it('verify lookahead recomputes a strategy with the future cut off', async () => {
  const { status, stdout, stderr } = await run('verify', 'lookahead', '1', '--strategy', '3');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [verdict, future, quarter, fourfold] = stdout.split('\n') as [string, string, string, string];
  expect(verdict).toMatch(
    /^PASS: run 1, EURUSD H1, strategy 3 \(direct mean c0\.7 W50\), in all regimes, \d,\d+ bars\.$/,
  );
  expect(future).toMatch(
    /^ {2}future cut off {4}the same to the bit on 20 dates, \d{4}-.* \([\d,]+ values\)$/,
  );
  expect(quarter).toMatch(
    /^ {2}a quarter before {2}[\d,]+ bars instead of [\d,]+: features .*, every signal the same$/,
  );
  expect(fourfold).toMatch(/^ {2}four times before /);
  // The command above it keeps its own options.
  expect((await run('verify')).stdout).toContain('All is as it was written');
  const json = await run('verify', 'lookahead', '1', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ run: 1, passed: true, lookahead: null });
  expect((await run('verify', 'lookahead', '99')).status).toBe(3);
});

const EXPORT = () => ['model', 'export', '1', '--format', 'xgboost-json', '--out', model];

it('export says what it wrote and how to load it', async () => {
  const { status, stdout, stderr } = await run(...EXPORT());
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(
    `${model}: the mean of 3 members of run 1 (XGBoost, EURUSD H1, 60 days), 30 trees.`,
  );
  expect(stdout).toContain(`xgboost.Booster(model_file="${model}")`);
  expect(stdout).toMatch(/log return over the next 3 bars, from \d+ columns .*:\nrange, close_position, /);
});

it('export says how to go on when it refuses', async () => {
  expect(await run(...EXPORT())).toEqual({
    status: 3,
    stdout: '',
    stderr: `error: ${model} exists already. Choose another name, or have it overwritten.\n  add --overwrite\n`,
  });
  expect((await run(...EXPORT(), '--overwrite')).status).toBe(0);
  const other = join(root, 'other.json');
  const logistic = ['model', 'export', '2', '--out', other];
  expect(await run(...logistic)).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(
      /^error: --format: .*say probabilities.*one member \(--member 1\) can be written\. .*onnx \(ONNX\), metatrader5 \(MetaTrader 5 expert\)\.\n$/,
    ),
  });
  expect(existsSync(other)).toBe(false);
  const { status, stdout } = await run(...logistic, '--member', '1');
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /probability p .*\nThe log return that Regimen expects is \(2 p - 1\) \* 0\.00\d+\.$/ms,
  );
});

it('import shows the strategies of both models, and says that nothing is stored', async () => {
  await run(...EXPORT(), '--overwrite');
  const { status, stdout } = await run('model', 'import', model, '--run', '1');
  expect(status).toBe(0);
  expect(stdout).toMatch(/30 trees on (?<n>\d+) of the \k<n> features of run 1 \(XGBoost/);
  expect(stdout).toContain('with 135 strategies');
  expect(stdout).toMatch(/selection window +holdout\nModel +Strategy +Sharpe +DD% +Win% +Trades +Sharpe/);
  expect(stdout.match(/^imported /gm)).toHaveLength(5);
  expect(stdout.match(/^run 1 /gm)).toHaveLength(5);
  expect(stdout).toContain('It is not stored and never becomes a champion');
});

const FEATURES = () => ['model', 'features', '1', '--out', join(root, 'features.csv')];

it('features says what it wrote, how to train on it and how to come back', async () => {
  const { status, stdout, stderr } = await run(...FEATURES());
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /features\.csv: \d+ features of run 1 \(XGBoost, EURUSD H1, 60 days\), \d\.\d MB\.\n/,
  );
  expect(stdout).toMatch(
    /^Window +Rows +With a label\ntraining +[\d,]+ +[\d,]+\nselection +[\d,]+ +[\d,]+\n\n/m,
  );
  expect(stdout).toContain(
    'The holdout is left out, so that it stays untouched; once its look is spent, --holdout',
  );
  expect(stdout).toContain('regimen model import model.json --run 1');
  expect(readFileSync(join(root, 'features.csv'), 'utf8')).not.toContain('holdout');

  await run('champions', 'open', '--all');
  const all = await run(...FEATURES(), '--holdout', '--overwrite');
  expect(all.stdout).toMatch(/^holdout +[\d,]+ +[\d,]+$/m);
  expect(all.stdout).toContain('The holdout is in it: ');
});

it.skipIf(!hasPeers())(
  'what features says to do in Python gives a model that import reads (with test peers)',
  async () => {
    const { stdout } = await run(...FEATURES(), '--overwrite');
    const lines = stdout.split('\n').filter((line) => line.startsWith('  '));
    expect(lines).toHaveLength(2);
    const there = ['import os, pandas, xgboost', `os.chdir(${JSON.stringify(root)})`, ...lines];
    python(there.map((line) => line.trim()).join('\n'));
    const imported = await run('model', 'import', join(root, 'model.json'), '--run', '1');
    expect(imported.stdout).toMatch(/100 trees on (?<n>\d+) of the \k<n> features of run 1 /);
  },
);

it('features refuses to replace a file, and reads the candles that the run was trained on, whatever came since', async () => {
  const first = await run(...FEATURES(), '--overwrite');
  const again = await run(...FEATURES());
  expect(again).toMatchObject({ status: 3, stdout: '' });
  expect(again.stderr).toMatch(/features\.csv exists already\..*\n {2}add --overwrite\n$/);

  const csv = join(root, 'EURUSD_H1.csv');
  writeFileSync(csv, hourlyCsv(310));
  expect((await run('market', 'import', csv, '--symbol', 'EURUSD', '--timeframe', 'H1')).status).toBe(0);
  expect(await run(...FEATURES(), '--overwrite')).toEqual(first);
});
