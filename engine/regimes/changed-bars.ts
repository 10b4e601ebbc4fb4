import type { Candles } from '../market/candles.ts';
import type { RegimeDefinition } from './definition.ts';
import { type CompiledRegime, compileRegimes, labelBars, ruleHolder } from './labeler.ts';

/** Bars of another regime, by its name. */
export interface BarsOf {
  readonly name: string;
  readonly bars: number;
}

/** What a regime takes of a series, before and after a change of rules. */
export interface ChangedRegime {
  readonly name: string;
  /** Bars that it takes now; null: it is not among the active ones. */
  readonly before: number | null;
  readonly after: number | null;
  /** Bars on which its wanted rules hold, whoever takes them. */
  readonly holds: number;
  /** Who of those that stand before it takes such bars, in their order. */
  readonly takenBy: readonly BarsOf[];
}

/** A place for a regime that gets no bar where it stands, though its rules hold. */
export interface ProposedPlace {
  readonly name: string;
  /** The regime that it would stand right before. */
  readonly before: string;
  /** Bars that it would then take, and from whom. */
  readonly gets: number;
  readonly from: readonly BarsOf[];
  /** Those who would get no bar any more. */
  readonly empties: readonly string[];
}

export interface ChangedBars {
  readonly bars: number;
  /** Bars that would have another regime. */
  readonly moved: number;
  /** The active ones of both, the wanted ones first, in their order. */
  readonly regimes: readonly ChangedRegime[];
  readonly proposals: readonly ProposedPlace[];
}

/** What a change of regimes does to the bars of a series; `current` are those in force. */
export function changedBars(
  candles: Candles,
  current: readonly RegimeDefinition[],
  wanted: readonly RegimeDefinition[],
): ChangedBars {
  const [old, next] = [compileRegimes(current), compileRegimes(wanted)];
  const bars = candles.length;
  const [was, is] = [labelBars(candles, old, 0, bars), labelBars(candles, next, 0, bars)];
  const [hadBars, hasBars] = [counts(was, old.length), counts(is, next.length)];
  const before = new Map(old.map(({ name }, label) => [name, hadBars[label]!]));
  const where = ruleHolder(candles, next, 0, bars);
  const holds = new Uint8Array(bars);
  const regimes = next.map(({ name }, label): ChangedRegime => {
    where(label, holds);
    const taken = new Uint32Array(next.length + 1);
    let held = 0;
    for (let i = 0; i < bars; i++) {
      if (holds[i] === 0) continue;
      held++;
      taken[is[i]!]!++;
    }
    return {
      name,
      before: before.get(name) ?? null,
      after: hasBars[label]!,
      holds: held,
      takenBy: named(next, taken, (taker) => taker < label),
    };
  });
  const gone = old.filter(({ name }) => !next.some((one) => one.name === name));
  return {
    bars,
    moved: countMoved(was, old, is, next),
    regimes: [
      ...regimes,
      ...gone.map(({ name }) => ({ name, before: before.get(name)!, after: null, holds: 0, takenBy: [] })),
    ],
    proposals: regimes.flatMap(({ name, after, holds: held, takenBy: [first] }): ProposedPlace[] =>
      after === 0 && held > 0 && first !== undefined
        ? [placed(candles, next, { name, before: first.name, labels: is })]
        : [],
    ),
  };
}

/** What comes of it where it stands right before the first that takes a bar of it: that is every bar of it that is to be had. */
function placed(
  candles: Candles,
  regimes: readonly CompiledRegime[],
  { name, before, labels }: { readonly name: string; readonly before: string; readonly labels: Uint8Array },
): ProposedPlace {
  const own = regimes.find((one) => one.name === name)!;
  const rest = regimes.filter((one) => one !== own);
  const at = rest.findIndex((one) => one.name === before);
  const order = [...rest.slice(0, at), own, ...rest.slice(at)];
  const then = labelBars(candles, order, 0, candles.length);
  const from = new Uint32Array(regimes.length + 1);
  for (let i = 0; i < then.length; i++) if (then[i] === at) from[labels[i]!]!++;
  const [had, has] = [counts(labels, regimes.length), counts(then, order.length)];
  const empties = rest.filter((one) => had[regimes.indexOf(one)]! > 0 && has[order.indexOf(one)] === 0);
  return {
    name,
    before,
    gets: has[at]!,
    from: named(regimes, from, () => true),
    empties: empties.map((one) => one.name),
  };
}

function counts(labels: Uint8Array, regimes: number): Uint32Array {
  const of = new Uint32Array(regimes + 1);
  for (let i = 0; i < labels.length; i++) of[labels[i]!]!++;
  return of;
}

const named = (
  regimes: readonly CompiledRegime[],
  bars: Uint32Array,
  isMeant: (label: number) => boolean,
): BarsOf[] =>
  regimes.flatMap(({ name }, label) =>
    isMeant(label) && bars[label]! > 0 ? [{ name, bars: bars[label]! }] : [],
  );

function countMoved(
  was: Uint8Array,
  old: readonly CompiledRegime[],
  is: Uint8Array,
  next: readonly CompiledRegime[],
): number {
  const at = [...old.map(({ name }) => next.findIndex((one) => one.name === name)), next.length];
  let moved = 0;
  for (let i = 0; i < is.length; i++) if (at[was[i]!] !== is[i]) moved++;
  return moved;
}
