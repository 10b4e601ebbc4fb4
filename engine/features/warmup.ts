import type { Timeframe } from '../contract/timeframe.ts';
import type { EncoderName } from '../contract/words.ts';
import { ENCODER_CATALOG } from './encoders/index.ts';
import { INDICATOR_CATALOG } from './indicators/index.ts';
import { SYNTHETIC_WINDOW } from './lanes.ts';
import { type IndicatorTimeframes, listSources } from './timeframes.ts';

/**
 * Bars of history that must precede the first row in use, for `base` and every higher timeframe asked for: with them
 * the features of that row no longer depend on where the candles begin (recursive smoothers have forgotten their start
 * to 1e-9, windows are full). With fewer, rows are valid from `FeatureMatrix.firstValid` on, but still lean on the
 * first bars. Higher bars must be closed to count. On-balance volume in absolute units never forgets its start.
 *
 * @throws EngineError `config-invalid` as `listSources` does.
 */
export function warmupBars(
  encoderName: EncoderName,
  indicatorTimeframes: IndicatorTimeframes,
  base: Timeframe,
): Map<Timeframe, number> {
  const encoder = ENCODER_CATALOG[encoderName];
  const bars = new Map<Timeframe, number>([[base, Math.max(SYNTHETIC_WINDOW - 1, encoder.barLookback)]]);
  for (const { indicator: name, timeframe } of listSources(indicatorTimeframes, base)) {
    const { outputs, settled } = INDICATOR_CATALOG[name];
    const needed = settled + Math.max(...outputs.map(({ kind }) => encoder.lookback(kind)));
    bars.set(timeframe, Math.max(bars.get(timeframe) ?? 0, needed));
  }
  return bars;
}
