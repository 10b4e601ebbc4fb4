import { counted } from '../contract/counted.ts';
import type { Candles } from '../market/candles.ts';
import type { CandleStretches } from '../market/series/candle-stretches.ts';
import { type CompiledRegime, LABEL_BARS, labelBars, ruleHolder } from './labeler.ts';

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
  const without = [...regimes.keys()].filter((label) => !got.has(label));
  if (without.length === 0) return [];
  const shadows = noneYet(without);
  countTaken(candles, regimes, 0, labels, shadows);
  return shadowsOf(regimes, shadows);
}

/** A series that is read a stretch at a time. */
export type BarStretches = Pick<CandleStretches, 'length' | 'read'>;

/** Bars that are labeled at first; as a rule each regime has one of them. */
const FIRST_BARS = 2048;
/** Bars of a stretch at most: 3 MB. */
const MOST_BARS = 50_000;

/**
 * As `shadowedRegimes`, of bars [from, to), and of those regimes that are asked about. Labels no more bars than it takes to find one of
 * each of them, and has no more in memory than a stretch.
 */
export function shadowedWithin(
  bars: BarStretches,
  regimes: readonly CompiledRegime[],
  { from, to }: { readonly from: number; readonly to: number },
  isAsked: (name: string) => boolean,
): ShadowedRegime[] {
  const without = new Set([...regimes.keys()].filter((label) => isAsked(regimes[label]!.name)));
  for (let start = from, size = FIRST_BARS; start < to && without.size > 0; size *= 2) {
    const { candles, first, end } = stretchOf(bars, start, Math.min(to, start + Math.min(size, MOST_BARS)));
    for (const label of new Set(labelBars(candles, regimes, first, candles.length))) without.delete(label);
    start = end;
  }
  // As a rule each has bars, and nothing is to be measured once more.
  if (without.size === 0) return [];
  const shadows = noneYet([...without]);
  for (let start = from; start < to; ) {
    const { candles, first, end } = stretchOf(bars, start, Math.min(to, start + MOST_BARS));
    countTaken(candles, regimes, first, labelBars(candles, regimes, first, candles.length), shadows);
    start = end;
  }
  return shadowsOf(regimes, shadows);
}

/** Bars [from, to), and those before them that their labels depend on; `first` is where the stretch has the first of them. */
function stretchOf(bars: BarStretches, from: number, to: number) {
  const start = Math.max(0, from - LABEL_BARS);
  return { candles: bars.read(start, to), first: from - start, end: to };
}

/** By label: of how many bars its rules hold, and who takes them. */
type Shadows = Map<number, { bars: number; readonly takers: Set<number> }>;

const noneYet = (labels: readonly number[]): Shadows =>
  new Map(labels.map((label) => [label, { bars: 0, takers: new Set<number>() }]));

function countTaken(
  candles: Candles,
  regimes: readonly CompiledRegime[],
  from: number,
  labels: Uint8Array,
  shadows: Shadows,
): void {
  const where = ruleHolder(candles, regimes, from, from + labels.length);
  const holds = new Uint8Array(labels.length);
  for (const [label, shadow] of shadows) {
    where(label, holds);
    for (let i = 0; i < holds.length; i++) {
      if (holds[i] === 0) continue;
      shadow.bars++;
      shadow.takers.add(labels[i]!);
    }
  }
}

function shadowsOf(regimes: readonly CompiledRegime[], shadows: Shadows): ShadowedRegime[] {
  return [...shadows].flatMap(([label, { bars, takers }]): ShadowedRegime[] => {
    const takenBy = [...takers].sort((a, b) => a - b).map((taker) => regimes[taker]!.name);
    return bars === 0 ? [] : [{ name: regimes[label]!.name, bars, takenBy }];
  });
}

/** What to do about it, as one sentence and an advice. `market`: `EURUSD H1`, or some of its bars. */
export function shadowText({ name, bars, takenBy }: ShadowedRegime, market: string): string {
  const who = takenBy.length === 1 ? 'which stands before it, takes' : 'which stand before it, take';
  return `${name} never gets a bar of ${market}: its rules hold on ${counted(bars, 'bar')}, and ${takenBy.join(' and ')}, ${who} all of them. Move ${name} before ${takenBy[0]!}.`;
}
