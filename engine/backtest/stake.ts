import { INDICATOR_CATALOG } from '../features/indicators/index.ts';
import type { Candles } from '../market/candles.ts';
import type { RowRange } from '../models/model.ts';

/**
 * Per row of a span, the risk of a position without a stop that is entered at its open: 14-bar average true range over
 * close of the bar before, whose signal it was. The candles begin 14 bars before the span or earlier.
 */
export function stakes(candles: Candles, span: RowRange): Float64Array {
  const [range] = INDICATOR_CATALOG.atr.compute(candles).outputs;
  const out = new Float64Array(span.to - span.from);
  for (let lane = 0; lane < out.length; lane++) {
    const signalRow = span.from + lane - 1;
    out[lane] = range[signalRow] / candles.close[signalRow];
  }
  return out;
}
