import type { Timeframe } from '../contract/timeframe.ts';
import { type Candles, hasVolume } from '../market/candles.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import { volumeRules, volumeText } from '../regimes/volume-rules.ts';

/**
 * What a rule on volume means where there is none: all bars are alike to it. One note a regime, with the markets that have no volume.
 *
 * @param load stored or resampled candles; undefined where there are none
 */
export function volumeNotes(
  definitions: readonly Pick<RegimeDefinition, 'name' | 'active' | 'rules'>[],
  axes: { readonly symbol: readonly string[]; readonly timeframe: readonly Timeframe[] },
  load: (symbol: string, timeframe: Timeframe) => Candles | undefined,
): string[] {
  const asking = volumeRules(definitions);
  if (asking.length === 0) return [];
  const without = axes.symbol.flatMap((symbol) =>
    axes.timeframe.flatMap((timeframe) => {
      const candles = load(symbol, timeframe);
      return candles === undefined || hasVolume(candles) ? [] : [`${symbol} ${timeframe}`];
    }),
  );
  if (without.length === 0) return [];
  return asking.map((rule) => volumeText(rule, without));
}
