import { digestOf } from '../identity/digest.ts';
import type { Standing } from '../selection/standing.ts';
import { type Basis, describeParts, type Part } from './basis.ts';

export interface ScoredRun {
  readonly basis: Partial<Basis>;
  readonly symbol: string;
  readonly timeframe: string;
}

/**
 * Whether a champion's score can stand beside that of a run of today: whether it comes from the same bars, and from what
 * turns signals into results today. Another seed, number of members or inference grid makes other models and strategies,
 * which is what a contest is for; so do other rules of regimes that leave this one's bars what they are. Scores of several markets, where champions of a regime compete across them, come from
 * bars, dates and costs of each market's own.
 */
export function standingOf(champion: ScoredRun, today: ScoredRun, regime: string): Standing {
  const isSameMarket = champion.symbol === today.symbol && champion.timeframe === today.timeframe;
  const before = champion.basis;
  const now = today.basis;
  const differs = (pick: (basis: Partial<Basis>) => unknown) =>
    contentOf(pick(before)) !== contentOf(pick(now));
  const changed: Part[] = [];
  if (differs(({ pipeline_version }) => pipeline_version)) {
    // Under other rules, windows and candles are said in another way.
    changed.push('pipeline_version');
  } else if (isSameMarket) {
    if (differs(({ as_of }) => as_of)) changed.push('as_of');
    else if (differs(({ windows }) => windows?.evaluated)) changed.push('windows');
    else if (haveOtherCandles(before, now)) changed.push('candles');
  }
  if (isSameMarket && differs(({ costs }) => costs)) changed.push('costs');
  if (differs(({ regimes }) => regimes) && !(isSameMarket && labelsAlike(before, now, regime))) {
    changed.push('regimes');
  }
  if (differs(({ score }) => score)) changed.push('score');
  if (differs(({ survival }) => survival)) changed.push('survival');
  return changed.length === 0
    ? { kind: 'current' }
    : { kind: 'stale', reason: `${describeParts(changed)} changed` };
}

/** Of parts of bases that many are compared with. */
const digests = new WeakMap<object, string>();

/** Equal for parts that say the same. */
function contentOf(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part ?? null;
  let digest = digests.get(part);
  if (digest === undefined) {
    digest = digestOf(part);
    digests.set(part, digest);
  }
  return digest;
}

/** Other rules that label the same bars of the same windows with a regime leave its champion what it is. */
function labelsAlike(before: Partial<Basis>, now: Partial<Basis>, regime: string): boolean {
  if (before.as_of !== now.as_of) return false;
  if (before.regime_labels === undefined || now.regime_labels === undefined) return false;
  return before.regime_labels[regime] === now.regime_labels[regime];
}

/** Views that begin on different bars, as those of long and short training windows do, can't be told apart by digest. */
function haveOtherCandles(before: Partial<Basis>, now: Partial<Basis>): boolean {
  return before.candles?.first === now.candles?.first && before.candles?.digest !== now.candles?.digest;
}
