import type { Verdict } from '../contract/verdict.ts';
import {
  type Claim,
  CONTRADICTED_T,
  type Evidence,
  LEAST_HOLDOUT_TRADES,
  LEAST_TRADES,
  type SpentHoldout,
  STRONG_P,
  STRONG_TRADES,
  SUGGESTIVE_P,
  type Tested,
  type VerdictCause,
} from './verdict-evidence.ts';
import { explain } from './verdict-sentence.ts';

export interface Judgment {
  readonly verdict: Verdict;
  readonly cause: VerdictCause;
  /** Whole sentences with the figures that decided. */
  readonly reason: string;
}

/**
 * What the evidence says, the first that applies: too little data, contradicted, strong, suggestive, none. Null where there is
 * neither a claim nor a counted fold.
 */
export function verdictOf(evidence: Evidence): Judgment | null {
  const { claim, tested, holdout } = evidence;
  const cause =
    tested !== null ? causeOfTested(tested, holdout) : claim === null ? null : causeOfClaim(claim);
  if (cause === null) return null;
  return { verdict: VERDICT_OF[cause], cause, reason: explain(cause, evidence) };
}

const VERDICT_OF: Readonly<Record<VerdictCause, Verdict>> = {
  'few-trades': 'too little data',
  lost: 'contradicted',
  'lost-in-holdout': 'contradicted',
  strong: 'strong',
  suggestive: 'suggestive',
  'above-luck': 'suggestive',
  none: 'none',
};

function causeOfTested(tested: Tested, holdout: SpentHoldout | null): VerdictCause {
  const { trades, t, p, positiveAtDoubledCosts } = tested;
  if (trades < LEAST_TRADES) return 'few-trades';
  if (t !== null && t <= CONTRADICTED_T) return 'lost';
  if (holdout !== null && holdout.floor !== null) {
    const { trades: seen, net, floor } = holdout;
    if (seen >= LEAST_HOLDOUT_TRADES && net < floor) return 'lost-in-holdout';
  }
  if (p < STRONG_P && trades >= STRONG_TRADES && positiveAtDoubledCosts === true) return 'strong';
  return p < SUGGESTIVE_P ? 'suggestive' : 'none';
}

function causeOfClaim({ trades, marketP }: Claim): VerdictCause {
  if (trades < LEAST_TRADES) return 'few-trades';
  return marketP !== null && marketP < SUGGESTIVE_P ? 'above-luck' : 'none';
}

/** The validation that gives the verdict: the one with the most counted bars, of equals the last. Undefined: none has any. */
export function decisive<T extends { readonly bars: number }>(validations: readonly T[]): T | undefined {
  let best: T | undefined;
  for (const validation of validations) {
    if (validation.bars > 0 && validation.bars >= (best?.bars ?? 0)) best = validation;
  }
  return best;
}
