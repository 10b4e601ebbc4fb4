import { timeframeMs } from '../contract/timeframe.ts';
import { type Candles, lowerBound } from '../market/candles.ts';
import type { RowRange } from '../models/model.ts';
import type { EvaluationWindow } from './evaluation-span.ts';

const DAY_MS = 86_400_000;

/**
 * A stretch of time, ms since 1970-01-01 UTC. A bar belongs to it that closes after `from`, up to and including `to`: what
 * it says is known by then, and not before. (It closes when its full duration has passed, whether or not ticks came.)
 */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** A part of the evaluation that is simulated and measured by itself. */
export interface EvaluatedWindow extends TimeRange {
  readonly name: string;
}

/** Where a cell is evaluated. */
export interface EvaluationTimes {
  /** Predictions begin here, and with them all that looks back on predictions; nothing from here on is trained on. */
  readonly start: number;
  /** In order; each begins where the one before ends, or later. */
  readonly windows: readonly EvaluatedWindow[];
}

/** When a cell learns and when it is tested. */
export interface CellWindows {
  readonly training: TimeRange;
  readonly evaluation: EvaluationTimes;
}

/** Lengths in calendar days. */
export interface WindowDays {
  readonly holdoutDays: number;
  readonly selectionDays: number;
}

/**
 * The windows of a grid's cell, counted back from a time in calendar days: the holdout up to it, before that the selection
 * window, before that the training window. The first two are the same for every configuration, so that scores compare.
 */
export function windowsBefore(asOf: number, days: WindowDays, daysHistory: number): CellWindows {
  const holdout = asOf - days.holdoutDays * DAY_MS;
  const selection = holdout - days.selectionDays * DAY_MS;
  const names: readonly [EvaluationWindow, EvaluationWindow] = ['selection', 'holdout'];
  return {
    training: { from: selection - daysHistory * DAY_MS, to: selection },
    evaluation: {
      start: selection,
      windows: [
        { name: names[0], from: selection, to: holdout },
        { name: names[1], from: holdout, to: asOf },
      ],
    },
  };
}

/** When the last evaluated window ends: nothing later plays a part in a cell. */
export function evaluationEnd({ start, windows }: EvaluationTimes): number {
  return windows.at(-1)?.to ?? start;
}

/** Rows of the bars that belong to a stretch of time. */
export function rowsWithin(candles: Pick<Candles, 'time' | 'timeframe'>, { from, to }: TimeRange): RowRange {
  const duration = timeframeMs(candles.timeframe);
  // Times are whole milliseconds: the first opening after `from - duration`.
  const first = lowerBound(candles.time, from - duration + 1);
  return { from: first, to: Math.max(first, lowerBound(candles.time, to - duration + 1)) };
}

/**
 * Rows of a window whose label is settled inside it: a label at t needs open[t + 1 + horizon], so the last 1 + horizon rows
 * are purged.
 */
export function settledRows({ from, to }: RowRange, horizon: number): RowRange {
  return { from, to: Math.max(from, to - 1 - horizon) };
}

/** Rows that a model of a horizon learns from: no label reaches into what comes after the training window. */
export function trainingRows(candles: Candles, training: TimeRange, horizon: number): RowRange {
  return settledRows(rowsWithin(candles, training), horizon);
}
