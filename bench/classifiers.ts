import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import Table from 'cli-table3';
import { lasso, ridge } from '../engine/models/linear/index.ts';
import type { AnyModelType } from '../engine/models/model.ts';
import { gradientBoosting, lightgbm, randomForest, xgboost } from '../engine/models/trees/index.ts';
import { logLoss } from '../engine/statistics/probability-scores.ts';
import { hasPeers, peersPython } from '../engine/testing/peers.ts';
import { cpuMs, type Figure, median, type Subject } from './subject.ts';
import { eurusdTasks, learnableTasks, type Task } from './trees-data.ts';

const SIZES = [400, 860, 3000];

interface Case {
  readonly model: AnyModelType;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly peer: string;
  /** The same hyper-parameters as the peer names them, for so many training rows. */
  readonly peerParameters: (rows: number) => Readonly<Record<string, unknown>>;
}

const CASES: readonly Case[] = [
  { model: ridge, peer: 'LogisticRegression', peerParameters: () => ({ C: 1, max_iter: 1000 }) },
  {
    model: lasso,
    peer: 'LogisticRegression',
    peerParameters: (rows) => ({ C: 1 / (0.01 * rows), l1_ratio: 1, solver: 'saga', max_iter: 1000 }),
  },
  {
    model: randomForest,
    peer: 'RandomForestClassifier',
    peerParameters: () => ({
      n_estimators: 100,
      max_depth: 10,
      max_features: 1 / 3,
      min_samples_leaf: 5,
      n_jobs: 1,
    }),
  },
  {
    model: gradientBoosting,
    peer: 'GradientBoostingClassifier',
    peerParameters: () => ({ n_estimators: 100, max_depth: 3 }),
  },
  {
    model: xgboost,
    peer: 'XGBClassifier',
    peerParameters: () => ({ n_estimators: 100, max_depth: 6, tree_method: 'hist', n_jobs: 1 }),
  },
  {
    model: lightgbm,
    peer: 'LGBMClassifier',
    peerParameters: () => ({ n_estimators: 100, n_jobs: 1, verbose: -1 }),
  },
  {
    model: lightgbm,
    peer: 'HistGradientBoostingClassifier',
    peerParameters: () => ({ max_iter: 100, early_stopping: false }),
  },
];

interface Fit {
  /** Processor time. */
  readonly seconds: number;
  /** Nats, on rows that nothing was fitted on. */
  readonly logLoss: number;
}

/** Class 1 is a label above 0. */
function asClasses({ set, ...task }: Task): Task {
  return { ...task, set: { ...set, task: 'classes', labels: set.labels.map((y) => (y > 0 ? 1 : 0)) } };
}

function fitOurs({ model, parameters = {} }: Case, { set, testFrom, testRows }: Task): Fit {
  // Another matrix, as bins and Gram blocks are kept with theirs: the peers find theirs anew, too.
  const features = { ...set.features };
  const parsed = model.hyperparameters.parse(parameters);
  let member = undefined as ReturnType<AnyModelType['fit']> | undefined;
  const ms = cpuMs(() => {
    member = model.fit({ ...set, features }, parsed);
  });
  const q = new Float64Array(testRows);
  member!.predict(features.columns, testFrom, testRows, q);
  return { seconds: ms / 1000, logLoss: logLoss(q, Uint8Array.from(set.labels.subarray(testFrom)))! };
}

/** A Python process that fits one classifier after the other. */
class Peers {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly answers: AsyncIterator<string>;

  constructor() {
    this.child = spawn(peersPython(), ['-I', join(import.meta.dirname, 'classifiers.py')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async fit({ peer, peerParameters }: Case, task: object, rows: number): Promise<Fit> {
    this.child.stdin.write(`${JSON.stringify({ ...task, name: peer, parameters: peerParameters(rows) })}\n`);
    const answer = await this.answers.next();
    if (answer.done === true) throw new Error(`${peer} could not be fitted`);
    return JSON.parse(answer.value) as Fit;
  }

  end(): void {
    this.child.stdin.end();
  }
}

interface Row {
  readonly data: string;
  readonly rows: number;
  readonly model: string;
  readonly peer: string;
  readonly windows: number;
  readonly seconds: number;
  /** Undefined where the peers are not there, as the next two. */
  readonly peerSeconds: number | undefined;
  readonly ratio: number | undefined;
  /** Log loss above the peer's, both as means over windows, %; below 0 is better. */
  readonly lossPercent: number | undefined;
}

const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

async function measureCase(
  one: Case,
  tasks: readonly Task[],
  peers: Peers | undefined,
  files: object[],
): Promise<Row> {
  const { name, testFrom } = tasks[0]!;
  // Once before the clock counts, so that the compiler settles.
  for (let i = 0; i < 2; i++) fitOurs(one, tasks[0]!);
  await peers?.fit(one, files[0]!, testFrom);
  const ours: Fit[] = [];
  const theirs: Fit[] = [];
  for (const [i, task] of tasks.entries()) {
    ours.push(fitOurs(one, task));
    if (peers !== undefined) theirs.push(await peers.fit(one, files[i]!, testFrom));
  }
  const compared = peers !== undefined;
  return {
    data: name,
    rows: testFrom,
    model: one.model.name,
    peer: one.peer,
    windows: tasks.length,
    seconds: median(ours.map(({ seconds }) => seconds)),
    peerSeconds: compared ? median(theirs.map(({ seconds }) => seconds)) : undefined,
    ratio: compared ? median(theirs.map(({ seconds }, i) => seconds / ours[i]!.seconds)) : undefined,
    lossPercent: compared
      ? 100 * (meanOf(ours.map((fit) => fit.logLoss)) / meanOf(theirs.map((fit) => fit.logLoss)) - 1)
      : undefined,
  };
}

/** What the peers need to know of each task; its columns and classes go into a file. */
function written(tasks: readonly Task[], folder: string): object[] {
  return tasks.map(({ set, testFrom }, i) => {
    const { columns, rows } = set.features;
    const file = join(folder, `${i}.bin`);
    writeFileSync(file, Buffer.concat([...columns, set.labels].map((column) => Buffer.from(column.buffer))));
    return { file, features: columns.length, rows, train: testFrom };
  });
}

function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ['data', 'rows', 'model', 'ms', 'library', 'its ms', 'ratio', 'log loss'],
    style: { head: [], border: [] },
  });
  for (const { data, rows: count, model, seconds, peer, peerSeconds, ratio, lossPercent, windows } of rows) {
    table.push([
      data,
      count,
      model,
      (1000 * seconds).toFixed(1),
      peer,
      peerSeconds === undefined ? '' : (1000 * peerSeconds).toFixed(1),
      ratio === undefined ? '' : `${ratio.toFixed(1)} x`,
      lossPercent === undefined ? '' : `${lossPercent.toFixed(2)} % of ${windows}`,
    ]);
  }
  return `${table.toString()}\nLog loss: out of sample against the library's, means over windows; below 0 is better.\n`;
}

function figuresOf(row: Row): Figure[] {
  const name = `${row.model} beside ${row.peer}, ${row.data}, ${row.rows} rows`;
  const figures: Figure[] = [{ name, value: row.seconds, unit: 's' }];
  if (row.ratio !== undefined) figures.push({ name: `${name}, library / own`, value: row.ratio, unit: 'x' });
  if (row.lossPercent !== undefined) {
    figures.push({ name: `${name}, log loss above`, value: row.lossPercent, unit: '%', atMost: 1 });
  }
  return figures;
}

export const classifiersSubject: Subject = {
  name: 'classifiers',
  title: 'classifiers beside the libraries people know, defaults, processor time of one thread, in turns',
  async measure(runs = 8) {
    const hasThem = hasPeers();
    if (!hasThem) process.stderr.write('Libraries: skipped, the test peers are not there (npm run peers).\n');
    const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
    const peers = hasThem ? new Peers() : undefined;
    try {
      const rows: Row[] = [];
      for (const size of SIZES) {
        const windows = size < 1000 ? runs : Math.ceil(runs / 2);
        for (const tasks of [learnableTasks(size, windows), await eurusdTasks(size, windows)]) {
          if (tasks.length === 0) continue;
          const classes = tasks.map(asClasses);
          const files = peers === undefined ? [] : written(classes, folder);
          for (const one of CASES) rows.push(await measureCase(one, classes, peers, files));
        }
      }
      process.stderr.write(tableOf(rows));
      const data = [...new Set(rows.map((row) => row.data))].join(' and ');
      return { data, runs, figures: rows.flatMap(figuresOf) };
    } finally {
      peers?.end();
      rmSync(folder, { recursive: true });
    }
  },
};
