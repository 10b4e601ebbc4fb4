import { type Candles, sliceCandles } from '../market/candles.ts';
import type { CandleStretches } from '../market/series/candle-stretches.ts';
import type { RegimeDefinition } from './definition.ts';
import { compileRegimes, LABEL_BARS, labelBars } from './labeler.ts';

/** The newest bars that open before a time; without one, the newest. */
export interface BarPage {
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface LabeledPage {
  readonly candles: Candles;
  /** Of each of them, as `labelBars`. */
  readonly labels: Uint8Array;
  /** Bars of the series, and those before the page. */
  readonly total: number;
  readonly earlier: number;
}

/** A page of a series, of which no more is read than it takes. */
export function labeledPage(
  bars: Pick<CandleStretches, 'length' | 'read' | 'lowerBound'>,
  definitions: readonly RegimeDefinition[],
  { before, limit }: BarPage,
): LabeledPage {
  const to = before === undefined ? bars.length : bars.lowerBound(before);
  const from = Math.max(0, to - limit);
  const start = Math.max(0, from - LABEL_BARS);
  const read = bars.read(start, to);
  return {
    candles: sliceCandles(read, from - start, to - start),
    labels: labelBars(read, compileRegimes(definitions), from - start, to - start),
    total: bars.length,
    earlier: from,
  };
}
