import type { ExitMultiples, TargetName } from '../contract/target-names.ts';
import type { Candles } from '../market/candles.ts';
import type { Rows } from './rows.ts';
import type { TradeOutcomes } from './trade-outcomes.ts';

/** Whose forecasts a model makes: of the price, or of a trade in one direction. */
export type Side = 'both' | 'long' | 'short';

/** What labels are made from. */
export interface LabelInput {
  readonly candles: Candles;
  /** Bars, at least 1. */
  readonly horizon: number;
  /** Of every bar, the trades that could be entered after it; the same object for the same multiples. */
  trades(exits: ExitMultiples): TradeOutcomes;
}

/** What one model of a target learns and is held to; one value per bar, NaN for the last horizon + 1 bars. */
export interface TargetSide {
  readonly side: Side;
  /** What it learns, in the target's own unit, or a class: 0 or 1. */
  readonly labels: Float64Array;
  /** What its forecasts are held to when members are combined, log return. */
  readonly outcomes: Float64Array;
  /** How an output, such as a probability, becomes so many of the target's units, by the rows that a member learned from; absent: as it is. */
  scale?(train: readonly Rows[]): UnitScale;
}

/** offset + slope m of an output m. */
export interface UnitScale {
  readonly offset: number;
  readonly slope: number;
}

/** A label of every bar, and how a model's output becomes an expected log return. */
export interface TargetSeries {
  /** One model each. */
  readonly sides: readonly TargetSide[];
  /** By what its output is multiplied to be a log return, per bar; undefined: it is one. */
  readonly unit: Float64Array | undefined;
}

/** One thing that models can learn: a file of its own, a line in the catalog, and the shared contract test. */
export interface Target {
  readonly name: TargetName;
  readonly title: string;
  /** Whether models say a number or the probability of class 1. */
  readonly task: 'returns' | 'classes';
  /** Of classes: class 1 is said where its probability is above a half, or above the base rate of the rows that were learned from. */
  readonly cut: 'half' | 'base_rate' | null;
  /** A `recursive` forecast is made of the one-bar returns that it says; a target that says none has no such strategies. */
  readonly forecastsRecursively: boolean;
  /** `exits` of a target whose trades have them. */
  series(input: LabelInput, exits: ExitMultiples | null): TargetSeries;
}
