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
