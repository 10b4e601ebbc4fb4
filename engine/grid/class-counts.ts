import type { CostModel } from '../backtest/costs.ts';
import type { Configuration } from '../contract/configuration.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { type ClassDistribution, classDistribution, MIN_CLASS_ROWS } from '../models/class-metrics.ts';
import { canSplit, memberSplits } from '../models/members.ts';
import type { RowRange } from '../models/model.ts';
import { createRowTargets } from '../pipeline/target-rows.ts';
import { settledRows } from '../pipeline/windows.ts';
import { targetOf } from '../targets/catalog.ts';
import type { Side } from '../targets/target.ts';

/** What the rows of a training window hold of the two classes of one model. */
export interface ClassCount {
  readonly side: Side;
  /** With a label. */
  readonly rows: number;
  /** Of them, those of class 1. */
  readonly positives: number;
  /** Of the sub-models, that with the fewest rows of a class to learn from. */
  readonly fewest: ClassDistribution;
}

/** Says what classes hold before anything is trained. */
export interface ClassCounter {
  /** Of each model of a cell; null for a target without classes, and where counting would take too long. */
  of(cell: Configuration, asOf: number): readonly ClassCount[] | null;
}

export interface CountedGrid {
  /** Values of the axis, days. */
  readonly daysHistory: readonly number[];
  readonly members: number;
  load(symbol: string, timeframe: Configuration['timeframe']): Candles | undefined;
  /** Rows of the training window of so many days that ends with a cell's as-of date. */
  trainingRows(candles: Candles, asOf: number, days: number): RowRange;
}

/** By then an average range of 14 bars has forgotten what it began with, to the last bit: (13 / 14)^600 < 2^-63. */
const WARM_UP = 600;

/**
 * Steps of labels' loops that one grid's are counted for, some 10 to 25 ns each: what is left out is found out by training. A grid of 100
 * markets, 5 horizons and 4 targets would otherwise hold its host up for a minute.
 */
const MOST_STEPS = 10_000_000;

/** Of a row, whatever its horizon. */
const ROW_STEPS = 12;

/** Whether a position is long or short, and reaches its exits, is seen in prices alone. */
const NO_COSTS: CostModel = {
  spreadPips: 0,
  slippagePips: 0,
  commissionPerSide: 0,
  swapLongPips: 0,
  swapShortPips: 0,
};

/** Of series that are at hand: previews of a grid that is being put together ask for the same again and again. */
const known = new WeakMap<Candles, Map<string, readonly ClassCount[]>>();

/** The counter of one grid; markets are asked for one after the other, in the same order each time. */
export function createClassCounter(grid: CountedGrid): ClassCounter {
  let steps = 0;
  /** By market, horizon and target, whether there was time for it. */
  const within = new Map<string, boolean>();

  function counted(candles: Candles, asOf: number, cell: Configuration): readonly ClassCount[] {
    const { target, horizon, daysHistory } = cell;
    const counts = known.get(candles) ?? new Map<string, readonly ClassCount[]>();
    known.set(candles, counts);
    const keyOf = ({ from, to }: RowRange) => `${from} ${to} ${target} ${horizon} ${grid.members}`;
    const key = keyOf(grid.trainingRows(candles, asOf, daysHistory));
    const before = counts.get(key);
    if (before !== undefined) return before;
    const windows = grid.daysHistory.map((days) => grid.trainingRows(candles, asOf, days));
    const first = Math.max(0, Math.min(...windows.map(({ from }) => from)) - WARM_UP);
    const last = Math.max(...windows.map(({ to }) => to));
    const { sides } = createRowTargets(sliceCandles(candles, first, last), NO_COSTS).of(target, horizon);
    for (const { from, to } of windows) {
      const rows = settledRows({ from: from - first, to: to - first }, horizon);
      const ofSides = sides.map(({ side, labels }) => countOf(side, labels, rows, horizon));
      counts.set(keyOf({ from, to }), ofSides);
    }
    return counts.get(key)!;
  }

  function countOf(side: Side, labels: Float64Array, rows: RowRange, horizon: number): ClassCount {
    const { positives, negatives } = classDistribution(labels, [rows]);
    const learned = canSplit(rows, grid.members, horizon)
      ? memberSplits(rows, grid.members, horizon).map(({ train }) => classDistribution(labels, train))
      : [];
    const [fewest = { positives, negatives, unlabeled: 0 }] = learned.sort((a, b) => smaller(a) - smaller(b));
    return { side, rows: positives + negatives, positives, fewest };
  }

  function hasTime(candles: Candles, asOf: number, { symbol, timeframe, target, horizon }: Configuration) {
    const key = `${symbol} ${timeframe} ${horizon} ${target}`;
    let has = within.get(key);
    if (has === undefined) {
      const longest = grid.trainingRows(candles, asOf, Math.max(...grid.daysHistory));
      const its = (longest.to - longest.from + WARM_UP) * (ROW_STEPS + horizon);
      has = steps + its <= MOST_STEPS;
      if (has) steps += its;
      within.set(key, has);
    }
    return has;
  }

  return {
    of(cell, asOf) {
      const { symbol, timeframe, target } = cell;
      if (!hasClasses(target)) return null;
      const candles = grid.load(symbol, timeframe);
      if (candles === undefined || !hasTime(candles, asOf, cell)) return null;
      return counted(candles, asOf, cell);
    },
  };
}

export function hasClasses(target: string): boolean {
  return targetOf(target).type.task === 'classes';
}

function smaller({ positives, negatives }: ClassDistribution): number {
  return Math.min(positives, negatives);
}

/** The first model that has too few rows of a class; undefined where all can be trained. */
export function tooFew(counts: readonly ClassCount[] | null): ClassCount | undefined {
  return counts?.find(({ fewest }) => smaller(fewest) < MIN_CLASS_ROWS);
}
