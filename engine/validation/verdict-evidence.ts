import type { ValidationScheme } from '../contract/validation.ts';

/** What a champion claims: its figures on the window that chose it, and what luck makes of them. */
export interface Claim {
  readonly sharpe: number | null;
  readonly trades: number;
  /** Chance that the best of everything tried in its market is as good without any edge; null where not all of it was counted. */
  readonly marketP: number | null;
  /** Sharpe ratio that the best of `tries` reaches by luck alone in one of 20 cases; null where it is not known. */
  readonly luckSharpe: number | null;
  readonly tries: number | null;
}

/** The counted folds of the validation that decides, see `decisive`. */
export interface Tested {
  readonly scheme: ValidationScheme;
  readonly folds: number;
  readonly trades: number;
  /** Of the stitched curve: Sharpe ratio with its error, and t of the mean net day sum. */
  readonly sharpe: number | null;
  readonly sharpeError: number | null;
  readonly t: number | null;
  /** One-sided, adjusted for everything that was validated in its market (`adjustedPs`). */
  readonly p: number;
  /** How many validations that is, this one among them. */
  readonly among: number;
  /** Whether the stitched curve ends above zero at twice the costs; null: not tried. */
  readonly positiveAtDoubledCosts: boolean | null;
}

/** A holdout that a person has looked at. */
export interface SpentHoldout {
  readonly trades: number;
  /** Net log return. */
  readonly net: number;
  /** Net log return under which one of 100 such stretches of the stitched curve ends (`lowestPlausible`); null: no curve. */
  readonly floor: number | null;
}

/** All that a verdict may rest on. What is null is not known; an unspent holdout is null. */
export interface Evidence {
  readonly claim: Claim | null;
  readonly tested: Tested | null;
  readonly holdout: SpentHoldout | null;
}

/** Why a verdict is what it is: the line of the table that applied. */
export type VerdictCause =
  | 'few-trades'
  | 'lost'
  | 'lost-in-holdout'
  | 'strong'
  | 'suggestive'
  | 'above-luck'
  | 'none';

/** Trades below which nothing is said. */
export const LEAST_TRADES = 30;
/** Trades that the strongest verdict takes. */
export const STRONG_TRADES = 100;
/** One-sided, adjusted. */
export const STRONG_P = 0.01;
export const SUGGESTIVE_P = 0.05;
/** The 5 % point of a normal distribution: t at or below it contradicts. */
export const CONTRADICTED_T = -1.645;
/** Trades below which a holdout decides nothing. */
export const LEAST_HOLDOUT_TRADES = 5;
