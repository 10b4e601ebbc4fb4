import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import type { AnyModelType } from '../engine/models/model.ts';
import { binMatrix } from '../engine/models/trees/bins.ts';
import { gradientBoosting, lightgbm, randomForest, xgboost } from '../engine/models/trees/index.ts';
import { sharedKernel } from '../engine/models/trees/kernel/shared.ts';
import { eurusdTasks, learnableTasks, type Task } from './trees-data.ts';

/** Debian's python3 with python3-xgboost and python3-sklearn; another one may come first in PATH. */
const PYTHON = '/usr/bin/python3';
const MODELS: readonly AnyModelType[] = [xgboost, lightgbm, gradientBoosting, randomForest];
const NATIVE_NAMES: Readonly<Record<string, string>> = {
  xgboost: 'XGBoost hist',
  lightgbm: 'HistGradientBoosting',
  gradient_boosting: 'GradientBoosting',
  random_forest: 'RandomForest',
};
/** scikit-learn's exact trees take minutes on more rows than this. */
const MOST_ROWS_FOR_EXACT = 12_000;
const ROLLOUT_ROWS = 2050;
/** Depth of the models that grow level by level. */
const LEVELS: Readonly<Record<string, number | undefined>> = { xgboost: 6, gradient_boosting: 3 };

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function medianSeconds(repeats: number, run: () => void): number {
  const seconds = Array.from({ length: repeats }, () => {
    const start = performance.now();
    run();
    return (performance.now() - start) / 1000;
  });
  return median(seconds);
}

/** Seconds that the histogram kernel takes per row and feature, over the whole training matrix. */
function secondsPerUpdate({ set, testFrom: rows }: Task): number {
  const features = set.features.columns.length & ~3;
  const { bins, rows: stride } = binMatrix(set.features);
  const kernel = sharedKernel();
  const at = { rows: 0, pairs: 4 * rows, features: 12 * rows, columns: 12 * rows + 4 * features, out: 0 };
  at.out = (at.columns + features * stride + 63) & ~63;
  const memory = kernel.reserve(at.out + features * 2048);
  memory.u8.set(bins.subarray(0, features * stride), at.columns);
  for (let row = 0; row < rows; row++) {
    memory.u32[row] = row;
    memory.i32[at.pairs / 4 + 2 * row] = 1;
    memory.i32[at.pairs / 4 + 2 * row + 1] = (row % 2001) - 1000;
  }
  for (let f = 0; f < features; f++) memory.u32[at.features / 4 + f] = f;
  const passes = Math.ceil(2e7 / (rows * features));
  const seconds = medianSeconds(15, () => {
    for (let i = 0; i < passes; i++) {
      kernel.histograms(at.columns, stride, at.rows, rows, at.pairs, at.features, features, at.out);
    }
  });
  return seconds / (passes * rows * features);
}

interface Result {
  readonly seconds: number;
  /** Root mean squared error on the test rows. */
  readonly rmse: number;
}

function fitOurs(model: AnyModelType, { set, testFrom, testRows }: Task, repeats: number): Result {
  const parameters = model.hyperparameters.parse({});
  binMatrix(set.features);
  let member = model.fit(set, parameters);
  const seconds = medianSeconds(repeats, () => {
    member = model.fit(set, parameters);
  });
  const predicted = new Float64Array(testRows);
  member.predict(set.features.columns, testFrom, testRows, predicted);
  const squares = predicted.reduce((sum, p, i) => sum + (p - set.labels[testFrom + i]) ** 2, 0);
  return { seconds, rmse: Math.sqrt(squares / testRows) };
}

/** Seconds to predict as many rows as one step of a recursive strategy does. */
function predictSeconds(model: AnyModelType, { set }: Task): number {
  const member = model.fit(set, model.hyperparameters.parse({}));
  const predicted = new Float64Array(ROLLOUT_ROWS);
  return medianSeconds(31, () => member.predict(set.features.columns, 0, ROLLOUT_ROWS, predicted));
}

function hasNativeLibraries(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import xgboost, sklearn'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The same hyper-parameters in the native library, on one thread. */
function fitNative(model: AnyModelType, { set, testFrom }: Task, folder: string, repeats: number): Result {
  const { columns, rows } = set.features;
  const file = join(folder, 'data.bin');
  writeFileSync(file, Buffer.concat([...columns, set.labels].map((column) => Buffer.from(column.buffer))));
  const job = { model: model.name, file, features: columns.length, rows, train: testFrom, repeats };
  const answer = execFileSync(PYTHON, [join(import.meta.dirname, 'trees.py')], {
    input: JSON.stringify(job),
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  return JSON.parse(answer);
}

const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function benchModel(model: AnyModelType, tasks: readonly Task[], folder: string | undefined): string[] {
  const [task] = tasks;
  const rows = task.testFrom;
  const features = task.set.features.columns.length;
  const ours = tasks.map((each, i) => fitOurs(model, each, i > 0 ? 1 : rows > 12_000 ? 5 : 11));
  const exact = model === gradientBoosting || model === randomForest;
  const skipped = folder === undefined || (exact && rows > MOST_ROWS_FOR_EXACT);
  const theirs = skipped
    ? []
    : tasks.map((each, i) => fitNative(model, each, folder, i > 0 || exact ? 1 : 3));
  const differences = theirs.map(({ rmse }, i) => 100 * (ours[i].rmse / rmse - 1));
  const { seconds } = ours[0];
  const levels = LEVELS[model.name];
  const floor = levels && rows * features * levels * 100 * secondsPerUpdate(task);
  return [
    task.name,
    `${rows} x ${features}`,
    model.name,
    seconds.toFixed(3),
    skipped ? '' : NATIVE_NAMES[model.name],
    skipped ? '' : theirs[0].seconds.toFixed(3),
    skipped ? '' : `${(theirs[0].seconds / seconds).toFixed(1)} x`,
    skipped ? '' : `${meanOf(differences).toFixed(2)} % of ${differences.length}`,
    floor === undefined ? '' : `${(seconds / floor).toFixed(2)} x`,
    (1000 * predictSeconds(model, task)).toFixed(2),
  ];
}

/**
 * Fits every tree model with its default hyper-parameters and 100 trees, and the native libraries beside them; prints medians,
 * ratios, the mean difference of out-of-sample errors over several windows, and how fit time compares with its floor.
 */
export async function benchTrees(sizes: readonly number[] = [3000, 12_000, 50_000]): Promise<void> {
  const native = hasNativeLibraries();
  console.log(`Tree models, 100 trees, defaults, one thread. ${cpus()[0].model}, Node ${process.version}.`);
  if (!native)
    console.log('Native libraries: skipped, python3-xgboost and python3-sklearn are not installed.');
  const head = [
    'data',
    'rows',
    'model',
    'fit s',
    'native',
    'native s',
    'ratio',
    'RMSE',
    'floor',
    '2,050 rows ms',
  ];
  const table = new Table({ head });
  const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
  try {
    for (const rows of sizes) {
      // One window of noisy returns says little about an error: XGBoost's own tree methods differ by several percent there.
      const windows = Math.max(1, Math.floor(36_000 / rows));
      for (const tasks of [learnableTasks(rows, Math.min(windows, 3)), await eurusdTasks(rows, windows)]) {
        if (tasks.length === 0) {
          console.log('EURUSD H1: skipped, there is no market data (MARKET_DATA).');
          continue;
        }
        console.log(
          `${tasks[0].name}, ${rows} rows: ${(1e9 * secondsPerUpdate(tasks[0])).toFixed(2)} ns per bin update`,
        );
        for (const model of MODELS) table.push(benchModel(model, tasks, native ? folder : undefined));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(table.toString());
  console.log('RMSE: out of sample against the native library, mean over windows; below 0 is better.');
  console.log(
    'Floor: rows x features x levels x trees bin updates at the measured rate; subtraction can go below it.',
  );
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  await benchTrees(sizes.length > 0 ? sizes : undefined);
}
