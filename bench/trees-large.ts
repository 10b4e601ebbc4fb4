import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import Table from 'cli-table3';
import type { AnyModelType } from '../engine/models/model.ts';
import { gradientBoosting, lightgbm, randomForest, xgboost } from '../engine/models/trees/index.ts';
import { hasPeers, peersPython } from '../engine/testing/peers.ts';
import { type Figure, median, type Subject } from './subject.ts';
import { learnableTasks, type Task } from './trees-data.ts';

const ROWS = 100_000;
const COLUMNS = 12;
const TREES = 100;
/** scikit-learn's exact trees take minutes for more. */
const TREES_OF_FORESTS = 10;

interface Case {
  readonly name: string;
  readonly model: AnyModelType;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The same hyper-parameters as each library names them. */
  readonly natives: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const XGB = { n_estimators: TREES, tree_method: 'hist', max_depth: 6, base_score: 0 };
const LGB = { n_estimators: TREES, verbose: -1, min_child_samples: 20, max_bin: 255, force_col_wise: true };
const LGB_FOREST = {
  ...LGB,
  n_estimators: TREES_OF_FORESTS,
  boosting_type: 'rf',
  bagging_freq: 1,
  bagging_fraction: 0.632,
  feature_fraction_bynode: 1 / 3,
};
const XGB_FOREST = {
  n_estimators: TREES_OF_FORESTS,
  tree_method: 'hist',
  subsample: 0.632,
  colsample_bynode: 1 / 3,
  reg_lambda: 0,
  base_score: 0,
};
const SKLEARN_FOREST = { n_estimators: TREES_OF_FORESTS, max_features: 1 / 3 };

const CASES: readonly Case[] = [
  { name: 'xgboost', model: xgboost, parameters: {}, natives: { XGBoost: XGB } },
  {
    name: 'xgboost, half of rows and columns',
    model: xgboost,
    parameters: { subsample: 0.5, colsample_bytree: 0.5 },
    natives: { XGBoost: { ...XGB, subsample: 0.5, colsample_bytree: 0.5 } },
  },
  {
    name: 'xgboost, logistic',
    model: xgboost,
    parameters: { objective: 'logistic' },
    natives: { 'XGBoost classifier': { ...XGB, base_score: 0.5 } },
  },
  { name: 'lightgbm', model: lightgbm, parameters: {}, natives: { LightGBM: LGB } },
  {
    name: 'lightgbm, half of rows and columns',
    model: lightgbm,
    parameters: { bagging_fraction: 0.5, bagging_freq: 1, feature_fraction: 0.5 },
    natives: { LightGBM: { ...LGB, bagging_fraction: 0.5, bagging_freq: 1, feature_fraction: 0.5 } },
  },
  {
    name: 'lightgbm, goss',
    model: lightgbm,
    parameters: { data_sample_strategy: 'goss' },
    natives: { LightGBM: { ...LGB, data_sample_strategy: 'goss' } },
  },
  {
    name: 'gradient_boosting',
    model: gradientBoosting,
    parameters: {},
    natives: { XGBoost: { ...XGB, max_depth: 3, learning_rate: 0.1, reg_lambda: 0 } },
  },
  {
    name: `random_forest, depth 10, ${TREES_OF_FORESTS} trees`,
    model: randomForest,
    parameters: { n_estimators: TREES_OF_FORESTS },
    natives: {
      'scikit-learn': { ...SKLEARN_FOREST, max_depth: 10, min_samples_leaf: 5 },
      'XGBoost forest': { ...XGB_FOREST, max_depth: 10, min_child_weight: 5 },
      LightGBM: { ...LGB_FOREST, max_depth: 10, num_leaves: 1024, min_child_samples: 5 },
    },
  },
  {
    name: `random_forest, full depth, ${TREES_OF_FORESTS} trees`,
    model: randomForest,
    parameters: { n_estimators: TREES_OF_FORESTS, max_depth: 32, min_samples_leaf: 1 },
    natives: {
      'scikit-learn': { ...SKLEARN_FOREST, min_samples_leaf: 1 },
      'XGBoost forest': { ...XGB_FOREST, max_depth: 32, min_child_weight: 1 },
    },
  },
];

interface Fit {
  /** Seconds of all threads together. */
  readonly processor: number;
  /** Seconds from begin to end. */
  readonly clock: number;
  /** On rows that nothing was fitted on; undefined where a library was asked for classes. */
  readonly rmse?: number;
}

function fitOurs({ model, parameters }: Case, { set, testFrom, testRows }: Task): Fit {
  // Another matrix, as bins are kept with theirs: the libraries find theirs anew, too.
  const features = { ...set.features };
  const parsed = model.hyperparameters.parse({ n_estimators: TREES, ...parameters });
  const clock = performance.now();
  const cpu = process.cpuUsage();
  const member = model.fit({ ...set, features }, parsed);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - clock) / 1000;
  const predicted = new Float64Array(testRows);
  member.predict(features.columns, testFrom, testRows, predicted);
  const squares = predicted.reduce((sum, p, i) => sum + (p - set.labels[testFrom + i]!) ** 2, 0);
  return { processor: (user + system) / 1e6, clock: seconds, rmse: Math.sqrt(squares / testRows) };
}

/** A Python process that fits one model after the other. */
class Natives {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly answers: AsyncIterator<string>;
  private readonly task: object;

  constructor(folder: string, { set, testFrom }: Task) {
    const { columns, rows } = set.features;
    const file = join(folder, 'data.bin');
    writeFileSync(file, Buffer.concat([...columns, set.labels].map((column) => Buffer.from(column.buffer))));
    this.task = { file, features: columns.length, rows, train: testFrom, threads: 1 };
    this.child = spawn(peersPython(), ['-I', join(import.meta.dirname, 'trees-large.py')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async fit(library: string, parameters: object): Promise<Fit> {
    this.child.stdin.write(`${JSON.stringify({ ...this.task, library, parameters })}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`The process that fits ${library} ended.`);
    return JSON.parse(value) as Fit;
  }

  close(): void {
    this.child.stdin.end();
  }
}

interface Row {
  readonly name: string;
  readonly own: Fit;
  readonly natives: readonly { readonly library: string; readonly fit: Fit }[];
}

function medianFit(fits: readonly Fit[]): Fit {
  const rmse = fits[0]?.rmse;
  return {
    processor: median(fits.map((fit) => fit.processor)),
    clock: median(fits.map((fit) => fit.clock)),
    ...(rmse === undefined ? {} : { rmse }),
  };
}

/** All sides in turns, so that whatever else the machine does meets each of them. */
async function measure(kase: Case, task: Task, natives: Natives | undefined, runs: number): Promise<Row> {
  const own: Fit[] = [];
  const theirs = Object.entries(natives === undefined ? {} : kase.natives).map(([library, parameters]) => ({
    library,
    parameters,
    fits: [] as Fit[],
  }));
  for (let run = -1; run < runs; run++) {
    const fit = fitOurs(kase, task);
    if (run >= 0) own.push(fit);
    for (const { library, parameters, fits } of theirs) {
      // Compilers settle on our side alone.
      if (run >= 0) fits.push(await natives!.fit(library, parameters));
    }
  }
  return {
    name: kase.name,
    own: medianFit(own),
    natives: theirs.map(({ library, fits }) => ({ library, fit: medianFit(fits) })),
  };
}

function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ['model', 'processor s', 's', 'beside', 'processor s', 's', 'ratio', 'by the clock', 'RMSE'],
    style: { head: [], border: [] },
  });
  for (const { name, own, natives } of rows) {
    const ours = [name, own.processor.toFixed(3), own.clock.toFixed(3)];
    if (natives.length === 0) table.push([...ours, '', '', '', '', '', '']);
    natives.forEach(({ library, fit }, i) => {
      table.push([
        ...(i === 0 ? ours : ['', '', '']),
        library,
        fit.processor.toFixed(3),
        fit.clock.toFixed(3),
        `${(fit.processor / own.processor).toFixed(2)} x`,
        `${(fit.clock / own.clock).toFixed(2)} x`,
        fit.rmse === undefined ? '' : `${(100 * (own.rmse! / fit.rmse - 1)).toFixed(2)} %`,
      ]);
    });
  }
  return `${table}\nRMSE: on 10,000 later rows, against the library; below 0 is better.\n`;
}

function figuresOf({ name, own, natives }: Row): Figure[] {
  return [
    { name, value: own.processor, unit: 's' },
    ...natives.map(({ library, fit }) => ({
      name: `${name}, ${library} / own`,
      value: fit.processor / own.processor,
      unit: 'x',
      atLeast: 2,
    })),
  ];
}

/** One large fit beside the native libraries, on one thread each. */
export const treesLargeSubject: Subject = {
  name: 'trees-large',
  title:
    'one fit on 100,000 rows of 12 columns beside the native libraries, from float64 columns to the model',
  parts: CASES.map(({ name }) => name),
  async measure(runs = 5, parts = []) {
    const [task] = learnableTasks(ROWS, 1, COLUMNS);
    const cases = CASES.filter(({ name }) => parts.length === 0 || parts.includes(name));
    const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
    const natives = hasPeers() ? new Natives(folder, task!) : undefined;
    try {
      const rows: Row[] = [];
      for (const kase of cases) rows.push(await measure(kase, task!, natives, runs));
      process.stderr.write(tableOf(rows));
      return { data: task!.name, runs, figures: rows.flatMap(figuresOf) };
    } finally {
      natives?.close();
      rmSync(folder, { recursive: true });
    }
  },
};
