import { counted } from '../contract/counted.ts';
import type { Candles } from '../market/candles.ts';
import { type CompiledRegime, labelBars, ruleHolder } from './labeler.ts';

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
  const without = new Set([...regimes.keys()].filter((label) => !got.has(label)));
  return shadowedOf(candles, regimes, { from: 0, labels }, without);
}

/** Bars that are labeled at first; as a rule each regime has one of them. */
const FIRST_BARS = 2048;

/**
 * As `shadowedRegimes`, of bars [from, to), and of those regimes that are asked about. Labels no more bars than it takes to find one of
 * each of them.
 */
export function shadowedWithin(
  candles: Candles,
  regimes: readonly CompiledRegime[],
  { from, to }: { readonly from: number; readonly to: number },
  isAsked: (name: string) => boolean,
): ShadowedRegime[] {
  const without = new Set([...regimes.keys()].filter((label) => isAsked(regimes[label]!.name)));
  const labels = new Uint8Array(to - from);
  for (let start = from, bars = FIRST_BARS; start < to && without.size > 0; bars *= 2) {
    const end = Math.min(to, start + bars);
    const own = labelBars(candles, regimes, start, end);
    labels.set(own, start - from);
    for (const label of new Set(own)) without.delete(label);
    start = end;
  }
  return shadowedOf(candles, regimes, { from, labels }, without);
}

/** @param without those that have no bar */
function shadowedOf(
  candles: Candles,
  regimes: readonly CompiledRegime[],
  { from, labels }: { readonly from: number; readonly labels: Uint8Array },
  without: ReadonlySet<number>,
): ShadowedRegime[] {
  // As a rule each has bars, and nothing is to be measured once more.
  if (without.size === 0) return [];
  const where = ruleHolder(candles, regimes, from, from + labels.length);
  const holds = new Uint8Array(labels.length);
  return [...without].flatMap((label): ShadowedRegime[] => {
    where(label, holds);
    const takers = new Set<number>();
    let bars = 0;
    for (let i = 0; i < holds.length; i++) {
      if (holds[i] === 0) continue;
      bars++;
      takers.add(labels[i]!);
    }
    const takenBy = [...takers].sort((a, b) => a - b).map((taker) => regimes[taker]!.name);
    return bars === 0 ? [] : [{ name: regimes[label]!.name, bars, takenBy }];
  });
}

/** What to do about it, as one sentence and an advice. `market`: `EURUSD H1`, or some of its bars. */
export function shadowText({ name, bars, takenBy }: ShadowedRegime, market: string): string {
  const who = takenBy.length === 1 ? 'which stands before it, takes' : 'which stand before it, take';
  return `${name} never gets a bar of ${market}: its rules hold on ${counted(bars, 'bar')}, and ${takenBy.join(' and ')}, ${who} all of them. Move ${name} before ${takenBy[0]!}.`;
}
