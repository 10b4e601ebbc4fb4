import { type Candles, hasVolume, sliceCandles } from '../market/candles.ts';
import { type RegimeDefinition, regimesDigest } from './definition.ts';
import { impliedShadows } from './implied.ts';
import { compileRegimes } from './labeler.ts';
import { type BarStretches, type ShadowedRegime, shadowedWithin } from './shadowed.ts';
import { volumeRules } from './volume-rules.ts';

/** Of series that are in memory: a form asks with every stroke. */
const found = new WeakMap<Candles, Map<string, readonly ShadowedRegime[]>>();

/**
 * Regimes that are shadowed on bars [from, to) of a series, where only the data shows it: what rules alone tell, and rules on volume
 * where there is none, have sentences of their own (`impliedShadows`, `volumeRules`).
 */
export function dataShadows(
  candles: Candles,
  definitions: readonly RegimeDefinition[],
  range: { readonly from: number; readonly to: number } = { from: 0, to: candles.length },
): readonly ShadowedRegime[] {
  const known = found.get(candles) ?? new Map<string, readonly ShadowedRegime[]>();
  found.set(candles, known);
  const key = `${regimesDigest(definitions)} ${range.from} ${range.to}`;
  let shadows = known.get(key);
  if (shadows === undefined) {
    const bars = {
      length: candles.length,
      read: (from: number, to: number) => sliceCandles(candles, from, to),
    };
    shadows = shadowsIn(bars, definitions, range);
    known.set(key, shadows);
  }
  return shadows;
}

/** The same of a series that is read a stretch at a time. */
export function shadowsIn(
  bars: BarStretches,
  definitions: readonly RegimeDefinition[],
  range: { readonly from: number; readonly to: number } = { from: 0, to: bars.length },
): readonly ShadowedRegime[] {
  const byVolume = volumeRules(definitions).map(({ name }) => name);
  const told = new Set([
    ...impliedShadows(definitions).map(({ name }) => name),
    ...(byVolume.length === 0 || hasAnyVolume(bars) ? [] : byVolume),
  ]);
  return shadowedWithin(bars, compileRegimes(definitions), range, (name) => !told.has(name));
}

/** Bars of a stretch in which volume is looked for: as a rule the first has some. */
const LOOKED_BARS = 20_000;

function hasAnyVolume(bars: BarStretches): boolean {
  for (let from = 0; from < bars.length; from += LOOKED_BARS) {
    if (hasVolume(bars.read(from, Math.min(from + LOOKED_BARS, bars.length)))) return true;
  }
  return false;
}
