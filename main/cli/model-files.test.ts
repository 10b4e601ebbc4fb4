import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadata } from 'hyparquet';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hourlyCsv, type Ran, regimen } from './testing/command-line.ts';

/** What leaves a workspace as files for other programs and machines, from the command line. */

let root: string;
const run = (...argv: string[]): Promise<Ran> => regimen([...argv, '--workspace', join(root, 'workspace')]);
const file = (name: string) => join(root, name);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'model-files-'));
  writeFileSync(file('EURUSD_H1.csv'), hourlyCsv(300));
  writeFileSync(
    file('grid.yaml'),
    `model_types: [ridge, xgboost]
symbols: EURUSD
timeframes: H1
days_history: 60
horizons: 3
hyperparameters: { xgboost: { n_estimators: 10, max_depth: 3 } }
`,
  );
  await run('market', 'import', file('EURUSD_H1.csv'), '--symbol', 'EURUSD', '--timeframe', 'H1');
  writeFileSync(file('workspace/config.yaml'), 'model_management: { delete_non_best_models: false }\n');
  expect((await run('train', file('grid.yaml'))).status).toBe(0);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('formats says in which formats a model can leave, and why not in the others', async () => {
  const { stdout } = await run('model', 'formats', '1');
  expect(stdout).toMatch(/^The model of run 1 \(Ridge, EURUSD H1, 60 days\), return, can be written/);
  expect(stdout).toMatch(/^onnx +\.onnx +ONNX/m);
  expect(stdout).toMatch(/^xgboost-json +\.json +no: a model of type Ridge has no trees/m);
});

it('export takes the format of the ending, and refuses what there is not with what there is', async () => {
  const written = await run('model', 'export', '2', '--out', file('model.onnx'));
  expect(written).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('  forecast: expected log return over the next 3 bars\n'),
  });
  const session = await InferenceSession.create(readFileSync(file('model.onnx')));
  expect(session.outputNames).toEqual(['forecast']);
  const text = await run('model', 'export', '2', '--out', file('model.txt'));
  expect(text.stdout).toContain('lightgbm.Booster');
  const csv = await run('model', 'export', '1', '--out', file('model.csv'), '--member', '2');
  expect(csv.stdout).toContain('member 2 of 3 of run 1 (Ridge');
  expect(readFileSync(file('model.csv'), 'utf8')).toMatch(
    /^member,side,feature,coefficient,mean,deviation\r\n2,both,\(intercept\),/,
  );
  expect(await run('model', 'export', '1', '--out', file('model.txt'), '--overwrite')).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/lightgbm-text: .*Ridge has no trees.* written as onnx \(ONNX\), csv/),
  });
  expect(await run('model', 'export', '1', '--out', file('model'))).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/ending of .*model does not say .*onnx \(\.onnx\), csv \(\.csv\), json/),
  });
});

it('a version leaves as a run does', async () => {
  const made = await run('production', 'register', '1', '--json');
  const { version } = JSON.parse(made.stdout) as { version: string };
  const { status, stdout } = await run('production', 'export', 'EURUSD', 'H1', '--out', file('version.onnx'));
  expect(status).toBe(0);
  expect(stdout).toContain(`the mean of 3 members of version ${version} of EURUSD H1 (Ridge,`);
  expect(readFileSync(file('version.onnx')).equals(readFileSync(file('model.onnx')))).toBe(false);
});

it('features, history and trades leave as Parquet where their file is called so', async () => {
  const rowsOf = (name: string) => {
    const bytes = readFileSync(file(name));
    const { buffer, byteOffset, length } = bytes;
    return Number(parquetMetadata(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer).num_rows);
  };
  const features = await run('model', 'features', '1', '--out', file('features.parquet'));
  expect(features.stdout).toContain('pandas.read_parquet(');
  expect(rowsOf('features.parquet')).toBeGreaterThan(1000);
  expect((await run('history', '--csv', file('history.parquet'))).status).toBe(0);
  expect(rowsOf('history.parquet')).toBe(2);
  const asked = ['trades', '1', '--strategy', '0', '--csv', file('trades.bin'), '--format', 'parquet'];
  expect((await run(...asked)).status).toBe(0);
  expect(rowsOf('trades.bin')).toBeGreaterThan(10);
});

it('a run is trained again in an empty workspace, to the last bit; one that was changed is refused', async () => {
  const bundle = file('run.zip');
  expect((await run('run', 'export', '2', '--out', bundle)).stdout).toContain('regimen run replay');
  const elsewhere = ['--workspace', file('empty')];
  const again = await regimen(['run', 'replay', bundle, ...elsewhere]);
  expect(again).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Everything is the same, to the last bit.'),
  });
  // The command of the same name goes on working.
  expect((await run('run', '2')).stdout).toContain('XGBoost');
  const bytes = readFileSync(bundle);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file('flipped.zip'), bytes);
  expect(await regimen(['run', 'replay', file('flipped.zip'), ...elsewhere])).toMatchObject({
    status: 3,
    stderr: expect.stringContaining("can't be replayed"),
  });
});
