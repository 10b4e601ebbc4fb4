import { type Candles, hasVolume } from '../market/candles.ts';
import { type RegimeDefinition, regimesDigest } from './definition.ts';
import { impliedShadows } from './implied.ts';
import { compileRegimes } from './labeler.ts';
import { type ShadowedRegime, shadowedWithin } from './shadowed.ts';
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
    const told = new Set([
      ...impliedShadows(definitions).map(({ name }) => name),
      ...(hasVolume(candles) ? [] : volumeRules(definitions).map(({ name }) => name)),
    ]);
    shadows = shadowedWithin(candles, compileRegimes(definitions), range, (name) => !told.has(name));
    known.set(key, shadows);
  }
  return shadows;
}
