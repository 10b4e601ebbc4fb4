import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import type { AnyModelType } from '../engine/models/model.ts';
import { binMatrix } from '../engine/models/trees/bins.ts';
import { gradientBoosting, lightgbm, randomForest, xgboost } from '../engine/models/trees/index.ts';
import { sharedKernel } from '../engine/models/trees/kernel/shared.ts';
import { eurusdTask, learnableTask, type Task } from './trees-data.ts';

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

/** One line per bin update: seconds that the histogram kernel takes for a full matrix, per row and feature. */
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
  readonly rmse: number;
}

function fitOurs(model: AnyModelType, task: Task): Result & { predictSeconds: number } {
  const { set, testFrom, testRows } = task;
  const parameters = model.hyperparameters.parse({});
  binMatrix(set.features);
  let member = model.fit(set, parameters);
  const seconds = medianSeconds(testFrom > 12_000 ? 5 : 11, () => {
    member = model.fit(set, parameters);
  });
  const predicted = new Float64Array(testRows);
  member.predict(set.features.columns, testFrom, testRows, predicted);
  const squares = predicted.reduce((sum, p, i) => sum + (p - set.labels[testFrom + i]) ** 2, 0);
  const predictSeconds = medianSeconds(21, () =>
    member.predict(set.features.columns, testFrom, ROLLOUT_ROWS, predicted),
  );
  return { seconds, rmse: Math.sqrt(squares / testRows), predictSeconds };
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
function fitNative(model: AnyModelType, task: Task, file: string): Result {
  const { set, testFrom } = task;
  const job = {
    model: model.name,
    file,
    features: set.features.columns.length,
    rows: set.features.rows,
    train: testFrom,
    repeats: model.name === 'gradient_boosting' || model.name === 'random_forest' ? 1 : 3,
  };
  const answer = execFileSync(PYTHON, [join(import.meta.dirname, 'trees.py')], {
    input: JSON.stringify(job),
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  return JSON.parse(answer);
}

/**
 * Fits every tree model with its default hyper-parameters and 100 trees, and the native libraries beside them; prints medians,
 * ratios and the difference of out-of-sample errors.
 */
export async function benchTrees(sizes: readonly number[] = [3000, 12_000, 50_000]): Promise<void> {
  const native = hasNativeLibraries();
  console.log(`Tree models, 100 trees, defaults, one thread. ${cpus()[0].model}, Node ${process.version}.`);
  if (!native) console.log('Native libraries: skipped, python3-xgboost and python3-sklearn are not installed.');
  const table = new Table({
    head: ['data', 'rows x features', 'model', 'fit s', 'native', 'native s', 'ratio', 'RMSE diff', 'of floor', '2,050 rows ms'],
  });
  const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
  try {
    for (const rows of sizes) {
      for (const task of [learnableTask(rows), await eurusdTask(rows)]) {
        if (task === undefined) {
          console.log('EURUSD H1: skipped, there is no market data (MARKET_DATA).');
          continue;
        }
        const { columns } = task.set.features;
        const file = join(folder, 'data.bin');
        writeFileSync(file, Buffer.concat([...columns, task.set.labels].map((c) => Buffer.from(c.buffer))));
        const perUpdate = secondsPerUpdate(task);
        for (const model of MODELS) {
          const ours = fitOurs(model, task);
          const exact = model === gradientBoosting || model === randomForest;
          const theirs = native && !(exact && rows > MOST_ROWS_FOR_EXACT) ? fitNative(model, task, file) : undefined;
          const depth = { xgboost: 6, gradient_boosting: 3 }[model.name];
          const floor = depth === undefined ? undefined : rows * columns.length * depth * 100 * perUpdate;
          table.push([
            task.name,
            `${rows} x ${columns.length}`,
            model.name,
            ours.seconds.toFixed(3),
            theirs === undefined ? '' : NATIVE_NAMES[model.name],
            theirs?.seconds.toFixed(3) ?? '',
            theirs === undefined ? '' : `${(theirs.seconds / ours.seconds).toFixed(1)} x`,
            theirs === undefined ? '' : `${(100 * (ours.rmse / theirs.rmse - 1)).toFixed(2)} %`,
            floor === undefined ? '' : `${(ours.seconds / floor).toFixed(2)} x`,
            (1000 * ours.predictSeconds).toFixed(2),
          ]);
        }
        console.log(`${task.name}: ${(perUpdate * 1e9).toFixed(2)} ns per bin update (${(1e-9 / perUpdate).toFixed(2)} G/s).`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(table.toString());
  console.log(
    'Floor: rows x features x levels x trees bin updates at the measured rate; sibling subtraction can go below it.',
  );
}

if (import.meta.main) await benchTrees(process.argv.slice(2).length > 0 ? process.argv.slice(2).map(Number) : undefined);
