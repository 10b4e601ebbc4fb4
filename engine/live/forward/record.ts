import type { RecordedBar } from '../../pipeline/recorded-bars.ts';
import type { ForwardBarRow } from '../../store/forward.ts';
import { type Paper, type PaperRules, tradeOnPaper } from './paper.ts';

/** A bar as it is kept, scored at a time, ms UTC. */
export function rowOf(at: number) {
  return ({ swapLong, swapShort, ...bar }: RecordedBar): Omit<ForwardBarRow, 'test_id'> => ({
    ...bar,
    swap_long: swapLong,
    swap_short: swapShort,
    at,
  });
}

function barOf({ swap_long, swap_short, test_id: _, at: __, ...bar }: ForwardBarRow): RecordedBar {
  return { ...bar, swapLong: swap_long, swapShort: swap_short };
}

/** What trading the bars of a test came to. */
export function tradeOn(bars: readonly ForwardBarRow[], rules: PaperRules): Paper {
  return tradeOnPaper(bars.map(barOf), rules);
}
