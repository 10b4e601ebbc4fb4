import type { Candles } from '../market/candles.ts';
import { rowsWithin } from '../pipeline/windows.ts';
import type { PlannedFold } from './spec.ts';

/** A stretch of time, ms UTC. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether a fold's test window, with the 1 + h bars that its outcomes may share with what follows, overlaps none of the selection
 * windows that a grid or a search scored cells of this market on: what chose models there has seen it.
 */
export function isCounted(fold: Pick<PlannedFold, 'test' | 'settledAt'>, scored: readonly Range[]): boolean {
  return scored.every(({ from, to }) => fold.settledAt <= from || to <= fold.test.from);
}

/** The last time at which a test may end whose outcomes are all known before `from`, ms UTC. */
export function settledBefore(candles: Candles, from: number, horizon: number): number {
  const first = rowsWithin(candles, { from, to: Number.POSITIVE_INFINITY }).from;
  const last = first - 1 - horizon;
  return last >= 0 ? candles.time[last]! : Number.NEGATIVE_INFINITY;
}
