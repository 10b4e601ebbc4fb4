import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Table from 'cli-table3';
import type { AnyModelType } from '../engine/models/model.ts';
import { TreeEnsemble } from '../engine/models/trees/ensemble.ts';
import { type Figure, median, type Subject } from './subject.ts';
import { eurusdTasks, learnableTasks, SYNTHETIC, type Task } from './trees-data.ts';

/** Rows of training sets as grids have them. */
const SIZES = [400, 860, 3000];
const TREES = 100;
const SECONDS_PER_UPDATE = 1e-9;

interface Type {
  readonly name: string;
  /** What a tree module exports it as. */
  readonly key: string;
  /** Splits from the root to the deepest leaf; undefined: as many as a row passes in the mean of the trees grown. */
  readonly levels: number | undefined;
  /** Share of the features that a split looks at. */
  readonly share: number;
  /** Bound of the fit's time as a multiple of rows x features x levels x trees at 1 ns. */
  readonly atMost: number | undefined;
  /**
   * That multiple on synthetic rows of each of `SIZES` before keys of small nodes were sorted by merges in registers, measured in
   * turns with what followed (load 27 on 2 cores).
   */
  readonly before: readonly number[];
}

const TYPES: readonly Type[] = [
  { name: 'xgboost', key: 'xgboost', levels: 6, share: 1, atMost: 1.5, before: [1.65, 1.14, 0.68] },
  { name: 'lightgbm', key: 'lightgbm', levels: undefined, share: 1, atMost: 1.5, before: [1.47, 1.18, 0.83] },
  {
    name: 'gradient_boosting',
    key: 'gradientBoosting',
    levels: 3,
    share: 1,
    atMost: 1.5,
    before: [1.38, 1.18, 0.68],
  },
  {
    name: 'random_forest',
    key: 'randomForest',
    levels: 10,
    share: 1 / 3,
    atMost: 3,
    before: [2.24, 2.31, 2.03],
  },
];

type Models = Readonly<Record<string, AnyModelType>>;

/** The tree models of a checkout of the project. */
async function modelsOf(root: string): Promise<Models> {
  return (await import(
    pathToFileURL(join(resolve(root), 'engine/models/trees/index.ts')).href
  )) as unknown as Models;
}

function cpuMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Splits that a training row passes in a tree, on average. */
function meanDepth({ parts: { nodes, cuts } }: TreeEnsemble, { set, testFrom }: Task): number {
  const { columns } = set.features;
  let steps = 0;
  for (const root of nodes.roots) {
    for (let row = 0; row < testFrom; row++) {
      let node = root;
      for (let f = nodes.feature[node]!; f >= 0; f = nodes.feature[node]!) {
        const left = Math.fround(columns[f]![row]!) < cuts[f]![nodes.cut[node]!]!;
        node = nodes.left[node]! + (left ? 0 : 1);
        steps++;
      }
    }
  }
  return steps / (nodes.roots.length * testFrom);
}

interface Row {
  readonly task: Task;
  readonly type: Type;
  /** Milliseconds of rows x features x levels x trees at 1 ns. */
  readonly floor: number;
  readonly ms: number;
  /** The same fit in the other checkout. */
  readonly otherMs: number | undefined;
}

function measure(type: Type, task: Task, models: Models, other: Models | undefined, runs: number): Row {
  const rows = task.testFrom;
  const sides = [models, ...(other === undefined ? [] : [other])].map((side) => {
    const model = side[type.key]!;
    const parameters = model.hyperparameters.parse({ n_estimators: TREES });
    return () => model.fit(task.set, parameters);
  });
  const times = sides.map((): number[] => []);
  // In turns, so that whatever else the machine does meets both sides.
  for (let run = -Math.ceil(runs / 2); run < runs; run++) {
    sides.forEach((fit, side) => {
      const ms = cpuMs(fit);
      if (run >= 0) times[side]!.push(ms);
    });
  }
  const member = sides[0]!();
  const levels = type.levels ?? (member instanceof TreeEnsemble ? meanDepth(member, task) : 1);
  const features = Math.floor(task.set.features.columns.length * type.share);
  const [own, others] = times.map(median);
  return {
    task,
    type,
    floor: 1000 * rows * features * levels * TREES * SECONDS_PER_UPDATE,
    ms: own!,
    otherMs: others,
  };
}

function beforeOf({ before }: Type, { name, testFrom }: Task): number | undefined {
  return name === SYNTHETIC ? before[SIZES.indexOf(testFrom)] : undefined;
}

function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ['data', 'rows', 'model', 'at 1 ns', 'before, x', 'other ms', 'x', 'ms', 'x', 'other / own'],
    style: { head: [], border: [] },
  });
  for (const { task, type, floor, ms, otherMs } of rows) {
    const other = (text: (value: number) => string) => (otherMs === undefined ? '' : text(otherMs));
    table.push([
      task.name,
      `${task.testFrom} x ${task.set.features.columns.length}`,
      type.name,
      floor.toFixed(1),
      beforeOf(type, task)?.toFixed(2) ?? '',
      other((value) => value.toFixed(1)),
      other((value) => (value / floor).toFixed(2)),
      ms.toFixed(1),
      (ms / floor).toFixed(2),
      other((value) => (value / ms).toFixed(2)),
    ]);
  }
  return `${table}\nAt 1 ns: milliseconds of rows x features a split looks at x levels x trees.\n`;
}

function figureOf({ task, type, floor, ms }: Row): Figure {
  const atMost = task.name === SYNTHETIC ? type.atMost : undefined;
  return { name: `${type.name}, ${task.name}, ${task.testFrom} rows`, value: ms / floor, unit: 'x', atMost };
}

/** What a fit costs beside what its rows alone would. BENCH_OTHER names another checkout, measured in turns with this one. */
export const fitsSubject: Subject = {
  name: 'fits',
  title: 'fits of tree models against rows x features x levels x trees at 1 ns, in processor time',
  async measure(runs = 21) {
    const models = await modelsOf(join(import.meta.dirname, '..'));
    const otherRoot = process.env.BENCH_OTHER;
    const other = otherRoot === undefined ? undefined : await modelsOf(otherRoot);
    const rows: Row[] = [];
    for (const size of SIZES) {
      for (const task of [...learnableTasks(size, 1), ...(await eurusdTasks(size, 1))]) {
        rows.push(...TYPES.map((type) => measure(type, task, models, other, runs)));
      }
    }
    process.stderr.write(tableOf(rows));
    const data = [...new Set(rows.map(({ task }) => task.name))].join(' and ');
    return { data, runs, figures: rows.map(figureOf) };
  },
};
