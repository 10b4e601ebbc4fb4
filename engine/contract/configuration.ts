import type { Timeframe } from './timeframe.ts';
import type { EncoderName, IndicatorName } from './words.ts';

export type IndicatorTimeframes = Readonly<Partial<Record<IndicatorName, readonly Timeframe[]>>>;

export type HyperparameterValue = number | string | boolean;
export type Hyperparameters = Readonly<Record<string, HyperparameterValue>>;

/** What a run trains: one point of the grid. */
export interface Configuration {
  readonly modelType: string;
  readonly encoder: EncoderName;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Calendar days of the training window. */
  readonly daysHistory: number;
  /** Bars that a prediction looks ahead. */
  readonly horizon: number;
  readonly indicatorTimeframes: IndicatorTimeframes;
  /** Complete: defaults are filled in. */
  readonly hyperparameters: Hyperparameters;
}
