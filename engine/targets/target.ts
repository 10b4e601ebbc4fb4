import type { ExitMultiples, TargetName } from '../contract/target-names.ts';
import type { Candles } from '../market/candles.ts';
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
  /** What it learns, in the target's own unit. */
  readonly labels: Float64Array;
  /** What its forecasts are held to when members are combined, log return. */
  readonly outcomes: Float64Array;
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
  /** A `recursive` forecast is made of the one-bar returns that it says; a target that says none has no such strategies. */
  readonly forecastsRecursively: boolean;
  /** `exits` of a target whose trades have them. */
  series(input: LabelInput, exits: ExitMultiples | null): TargetSeries;
}
