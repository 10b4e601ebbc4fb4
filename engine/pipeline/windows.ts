import { timeframeMs } from '../contract/timeframe.ts';
import { type Candles, lowerBound } from '../market/candles.ts';
import type { RowRange } from '../models/model.ts';

const DAY_MS = 86_400_000;

/** Lengths in calendar days, counted backwards from the end of the data. */
export interface WindowDays {
  readonly holdoutDays: number;
  readonly selectionDays: number;
}

/** Row indices into the candles they were computed from; each window ends where the next begins. */
export interface EvaluationWindows {
  readonly selection: RowRange;
  readonly holdout: RowRange;
}

/**
 * Holdout and selection windows: the same bars for every configuration of a symbol and timeframe, so that scores
 * compare (DESIGN section 5). The end of the data is the close of its last bar.
 */
export function evaluationWindows(candles: Candles, days: WindowDays): EvaluationWindows {
  const holdoutStart = rowsBack(candles, days.holdoutDays);
  const selectionStart = rowsBack(candles, days.holdoutDays + days.selectionDays);
  return {
    selection: { from: selectionStart, to: holdoutStart },
    holdout: { from: holdoutStart, to: candles.length },
  };
}

/** First row of the training window, whether or not the data reaches that far back (then 0). */
export function trainingStart(candles: Candles, days: WindowDays, daysHistory: number): number {
  return rowsBack(candles, days.holdoutDays + days.selectionDays + daysHistory);
}

/**
 * Rows whose label ends before the selection window opens: a label at t is settled at open[t + 1 + horizon], so the
 * last 1 + horizon rows are purged.
 */
export function trainingRows(
  candles: Candles,
  days: WindowDays,
  daysHistory: number,
  horizon: number,
): RowRange {
  const from = trainingStart(candles, days, daysHistory);
  const { selection } = evaluationWindows(candles, days);
  return { from, to: Math.max(from, selection.from - 1 - horizon) };
}

/** Lengths of history that feature matrices come in; see `viewStart`. */
const HISTORY_TIERS_DAYS = [256, 1024, 4096];

/** The tier that covers a training window; cells of the same tier can share a feature matrix. */
export function historyTier(daysHistory: number): number {
  return HISTORY_TIERS_DAYS.find((tier) => tier >= daysHistory) ?? daysHistory;
}

/**
 * First row of the bars that features are computed from. It depends on the tier, not on the exact days or on what
 * else is in the grid: a configuration's features, hence its model, are the same bits in every batch it can be
 * part of, while a long series does not cost a short training window its time.
 */
export function viewStart(candles: Candles, days: WindowDays, tier: number, warmupBars: number): number {
  return Math.max(0, rowsBack(candles, days.holdoutDays + days.selectionDays + tier) - warmupBars);
}

function rowsBack(candles: Candles, days: number): number {
  if (candles.length === 0) return 0;
  const end = candles.time[candles.length - 1]! + timeframeMs(candles.timeframe);
  return lowerBound(candles.time, end - days * DAY_MS);
}
