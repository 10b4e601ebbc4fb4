import { counted } from '../contract/counted.ts';
import type { Candles } from '../market/candles.ts';
import { type CompiledRegime, ruleHolder } from './labeler.ts';

/** A regime that gets no bar because those before it take all bars on which its rules hold. */
export interface ShadowedRegime {
  readonly name: string;
  /** On which its rules hold. */
  readonly bars: number;
  /** Who takes them, in their order. */
  readonly takenBy: readonly string[];
}

/**
 * The shadowed ones of some regimes on a series, in their order. Regimes whose rules hold on no bar are none.
 *
 * @param labels of all bars, as `labelBars` gives them
 */
export function shadowedRegimes(
  candles: Candles,
  regimes: readonly CompiledRegime[],
  labels: Uint8Array,
): ShadowedRegime[] {
  const got = new Set(labels);
  // As a rule each has bars, and nothing is to be measured once more.
  if (regimes.every((_, r) => got.has(r))) return [];
  const where = ruleHolder(candles, regimes, 0, candles.length);
  const holds = new Uint8Array(candles.length);
  return regimes.flatMap(({ name }, r): ShadowedRegime[] => {
    if (got.has(r)) return [];
    where(r, holds);
    const takers = new Set<number>();
    let bars = 0;
    for (let i = 0; i < holds.length; i++) {
      if (holds[i] === 0) continue;
      bars++;
      takers.add(labels[i]!);
    }
    const takenBy = [...takers].sort((a, b) => a - b).map((taker) => regimes[taker]!.name);
    return bars === 0 ? [] : [{ name, bars, takenBy }];
  });
}

/** What to do about it, as one sentence and an advice. */
export function shadowText({ name, bars, takenBy }: ShadowedRegime, market: string): string {
  const who = takenBy.length === 1 ? 'which stands before it, takes' : 'which stand before it, take';
  return `${name} never gets a bar of ${market}: its rules hold on ${counted(bars, 'bar')}, and ${takenBy.join(' and ')}, ${who} all of them. Move ${name} before ${takenBy[0]!}.`;
}
