import type { FoldMarket } from '../binding/folds.ts';
import type { StrategyDto } from '../contract/dto/index.ts';
import { type CellWindows, rowsWithin } from '../pipeline/windows.ts';
import { leadInBars } from './spec.ts';

const DAY_MS = 86_400_000;

/** How far back a refit learns: calendar days, or, where it expands, from where the data begins. */
export interface RefitSpan {
  readonly expandingWindow: boolean;
  readonly trainDays: number;
}

/**
 * All bars up to a time, ms UTC: the last max(W, 20) of them are those that rolling values look back on, as before a test, and what
 * is learned from ends where its outcomes are known by then.
 */
export function refitWindows(
  { candles, earliest }: Pick<FoldMarket, 'candles' | 'earliest'>,
  strategy: StrategyDto,
  { expandingWindow, trainDays }: RefitSpan,
  asOf: number,
): CellWindows {
  const rows = rowsWithin(candles, { from: Number.NEGATIVE_INFINITY, to: asOf });
  const start = candles.time[Math.max(0, rows.to - leadInBars(strategy))]!;
  const from = expandingWindow ? earliest : asOf - trainDays * DAY_MS;
  return {
    training: { from, to: start },
    evaluation: { start, windows: [{ name: 'lead-in', from: start, to: asOf }] },
  };
}
