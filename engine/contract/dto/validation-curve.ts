import type { Timeframe } from '../timeframe.ts';
import type { ValidationScheme } from '../validation.ts';
import type { Verdict } from '../verdict.ts';
import type { OutOfSampleDto } from './runs.ts';

/** A stretch of a validation's curve that one model, or one choice of champions, traded. */
export interface CurveFoldDto {
  readonly index: number;
  /** False: drawn hollow, and in no sum. */
  readonly counted: boolean;
  /** Positions of its days: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Net log return of the fold, percent. */
  readonly net: number;
  /** Of a fold that does not count, what the curve would be with it, by its days, percent; null: it counts. */
  readonly hollow: readonly number[] | null;
}

/** The computed rolling folds of a validation as one curve over market days. */
export interface ValidationCurveDto {
  readonly id: number;
  /** `2024-03-18`, ascending; a day that two folds share stands twice. */
  readonly days: readonly string[];
  /** Net log return of the counted folds, summed up to each day, percent; through other folds it stays as it is. */
  readonly net: readonly number[];
  /**
   * Where nine of ten curves lie, on each day by itself, that are drawn from the counted days by the stationary bootstrap;
   * null without a counted day.
   */
  readonly band: {
    readonly low: readonly number[];
    readonly high: readonly number[];
    readonly paths: number;
  } | null;
  readonly folds: readonly CurveFoldDto[];
  /**
   * Log return of holding the market through the counted test windows, without costs, percent; null where its candles are no
   * longer those of the folds.
   */
  readonly hold: readonly number[] | null;
  /** Net log return a year, percent, and that of holding; null without a counted bar. */
  readonly yearly: number | null;
  readonly holdYearly: number | null;
  /** Of the market, before the end of the last counted fold. */
  readonly barsPerYear: number | null;
}

/** A validation in a list: without its folds. */
export interface ValidationBriefDto {
  readonly id: number;
  readonly jobId: number;
  readonly scheme: ValidationScheme;
  readonly subject: 'model' | 'procedure';
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly title: string;
  readonly createdAt: string;
  /** The verdict of the model rests on it: the one with the most counted bars; of a procedure always. */
  readonly decisive: boolean;
  /** Rolling folds, and how many of all folds are not computed yet. */
  readonly folds: number;
  readonly pending: number;
  /** Null while folds are missing, and where none counts. */
  readonly outOfSample: OutOfSampleDto | null;
  readonly verdict: Verdict | null;
  readonly verdictReason: string | null;
}
