import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import type { AnyModelType } from '../engine/models/model.ts';
import { binMatrix } from '../engine/models/trees/bins.ts';
import { gradientBoosting, lightgbm, randomForest, xgboost } from '../engine/models/trees/index.ts';
import { sharedKernel } from '../engine/models/trees/kernel/shared.ts';
import { hasPeers, peersPython } from '../engine/testing/peers.ts';
import { type Figure, medianCpuMs, type Subject } from './subject.ts';
import { eurusdTasks, learnableTasks, SYNTHETIC, type Task } from './trees-data.ts';

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

/** Most seconds that a fit on synthetic data may take, by rows and model. */
const BOUNDS: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  3000: { xgboost: 0.12, lightgbm: 0.12, gradient_boosting: 0.06, random_forest: 0.2 },
  50000: { xgboost: 1.2, lightgbm: 1.2, gradient_boosting: 1.2, random_forest: 1.2 },
};

const medianSeconds = (runs: number, work: () => void): number => medianCpuMs(runs, work) / 1000;

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
  const squares = predicted.reduce((sum, p, i) => sum + (p - set.labels[testFrom + i]!) ** 2, 0);
  return { seconds, rmse: Math.sqrt(squares / testRows) };
}

/** Seconds to predict as many rows as one step of a recursive strategy does. */
function predictSeconds(model: AnyModelType, { set }: Task): number {
  const member = model.fit(set, model.hyperparameters.parse({}));
  const predicted = new Float64Array(ROLLOUT_ROWS);
  return medianSeconds(31, () => member.predict(set.features.columns, 0, ROLLOUT_ROWS, predicted));
}

/** The same hyper-parameters in the native library, on one thread. */
function fitNative(model: AnyModelType, { set, testFrom }: Task, folder: string, repeats: number): Result {
  const { columns, rows } = set.features;
  const file = join(folder, 'data.bin');
  writeFileSync(file, Buffer.concat([...columns, set.labels].map((column) => Buffer.from(column.buffer))));
  const job = { model: model.name, file, features: columns.length, rows, train: testFrom, repeats };
  const answer = execFileSync(peersPython(), ['-I', join(import.meta.dirname, 'trees.py')], {
    input: JSON.stringify(job),
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  return JSON.parse(answer);
}

const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** One model on one kind and size of data. */
interface Row {
  readonly data: string;
  readonly rows: number;
  readonly features: number;
  readonly model: string;
  readonly seconds: number;
  /** Of the native library; undefined where it is not there, or would take minutes. */
  readonly nativeSeconds: number | undefined;
  /** Out of sample against the native library, mean over windows; below 0 is better. */
  readonly rmsePercent: number | undefined;
  readonly windows: number;
  /** Fit time as a multiple of rows x features x levels x trees bin updates at the measured rate. */
  readonly floor: number | undefined;
  readonly predictMs: number;
}

function measureModel(
  model: AnyModelType,
  tasks: readonly Task[],
  folder: string | undefined,
  runs: number,
): Row {
  const task = tasks[0]!;
  const rows = task.testFrom;
  const features = task.set.features.columns.length;
  const ours = tasks.map((each, i) =>
    fitOurs(model, each, i > 0 ? 1 : rows > 12_000 ? Math.ceil(runs / 2) : runs),
  );
  const exact = model === gradientBoosting || model === randomForest;
  const skipped = folder === undefined || (exact && rows > MOST_ROWS_FOR_EXACT);
  const theirs = skipped
    ? []
    : tasks.map((each, i) => fitNative(model, each, folder, i > 0 || exact ? 1 : 3));
  const { seconds } = ours[0]!;
  const levels = LEVELS[model.name];
  return {
    data: task.name,
    rows,
    features,
    model: model.name,
    seconds,
    nativeSeconds: theirs[0]?.seconds,
    rmsePercent: skipped ? undefined : meanOf(theirs.map(({ rmse }, i) => 100 * (ours[i]!.rmse / rmse - 1))),
    windows: tasks.length,
    floor: levels && seconds / (rows * features * levels * 100 * secondsPerUpdate(task)),
    predictMs: 1000 * predictSeconds(model, task),
  };
}

/**
 * Fits every tree model with its default hyper-parameters and 100 trees, and where there is a folder, the native libraries
 * beside them.
 */
async function measureTrees(
  sizes: readonly number[],
  runs: number,
  folder: string | undefined,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    // One window of noisy returns says little about an error: XGBoost's own tree methods differ by several percent there.
    const windows = Math.max(1, Math.floor(36_000 / size));
    for (const tasks of [learnableTasks(size, Math.min(windows, 3)), await eurusdTasks(size, windows)]) {
      if (tasks.length > 0) rows.push(...MODELS.map((model) => measureModel(model, tasks, folder, runs)));
    }
  }
  return rows;
}

function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ['data', 'rows', 'model', 'fit s', 'native', 'native s', 'ratio', 'RMSE', 'floor', '2,050 rows ms'],
    style: { head: [], border: [] },
  });
  for (const row of rows) {
    const { nativeSeconds, rmsePercent } = row;
    const compared = nativeSeconds !== undefined && rmsePercent !== undefined;
    table.push([
      row.data,
      `${row.rows} x ${row.features}`,
      row.model,
      row.seconds.toFixed(3),
      compared ? NATIVE_NAMES[row.model] : '',
      compared ? nativeSeconds.toFixed(3) : '',
      compared ? `${(nativeSeconds / row.seconds).toFixed(1)} x` : '',
      compared ? `${rmsePercent.toFixed(2)} % of ${row.windows}` : '',
      row.floor === undefined ? '' : `${row.floor.toFixed(2)} x`,
      row.predictMs.toFixed(2),
    ]);
  }
  return [
    table.toString(),
    'RMSE: out of sample against the native library, mean over windows; below 0 is better.',
    'Floor: rows x features x levels x trees bin updates at the measured rate; subtraction can go below it.',
    '',
  ].join('\n');
}

function figuresOf(row: Row): Figure[] {
  const name = `${row.model}, ${row.data}, ${row.rows} rows`;
  const bound = row.data === SYNTHETIC ? BOUNDS[row.rows]?.[row.model] : undefined;
  const figures: Figure[] = [{ name, value: row.seconds, unit: 's', atMost: bound }];
  if (row.nativeSeconds !== undefined) {
    figures.push({ name: `${name}, native / own`, value: row.nativeSeconds / row.seconds, unit: 'x' });
  }
  if (row.rmsePercent !== undefined) {
    figures.push({ name: `${name}, RMSE above native`, value: row.rmsePercent, unit: '%', atMost: 1 });
  }
  return figures;
}

export const treesSubject: Subject = {
  name: 'trees',
  title: 'tree models beside the native libraries, 100 trees, defaults, processor time of one thread',
  async measure(runs = 11) {
    const native = hasPeers();
    if (!native) {
      process.stderr.write('Native libraries: skipped, the test peers are not there (npm run peers).\n');
    }
    const folder = native ? mkdtempSync(join(tmpdir(), 'regimen-bench-')) : undefined;
    try {
      const rows = await measureTrees([3000, 12_000, 50_000], runs, folder);
      process.stderr.write(tableOf(rows));
      const data = [...new Set(rows.map((row) => row.data))].join(' and ');
      return { data, runs, figures: rows.flatMap(figuresOf) };
    } finally {
      if (folder !== undefined) rmSync(folder, { recursive: true });
    }
  },
};
