import type { Timeframe } from '../timeframe.ts';
import type { StrategyDto } from './runs.ts';

/** A value that depends on what it must not depend on. */
export interface LookaheadDifferenceDto {
  /** A feature's name, `forecast`, `confidence` or `signal`. */
  readonly what: string;
  /** When its bar opens. */
  readonly time: string;
  /** As the run has it, and as it comes out otherwise; null where there is none. */
  readonly was: number | null;
  readonly is: number | null;
}

export interface WarmupCheckDto {
  /** Of the history that the run saw before its first evaluated bar: 0.25 or 4. */
  readonly factor: number;
  /** Bars of it: those of the run, and those of this check. */
  readonly bars: number;
  readonly checked: number;
  /** The first feature that differs by more than a millionth of its standard deviation. */
  readonly difference: LookaheadDifferenceDto | null;
  /** Largest difference of a feature, as a part of its standard deviation; null where a value is missing. */
  readonly largest: number | null;
  /** Bars whose signal is another. */
  readonly signals: number;
}

/** Whether a kept model knew anything that it could not know; computed from model file and candles. */
export interface LookaheadDto {
  readonly runId: string;
  readonly run: number;
  readonly strategy: StrategyDto;
  readonly strategyIndex: number;
  /** The regime whose signals alone it trades; null: all. */
  readonly alone: string | null;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly passed: boolean;
  /** Evaluated bars. */
  readonly bars: number;
  /** Times after which nothing was known. */
  readonly cuts: readonly string[];
  /** Values compared with the future cut off: features, forecasts, confidence and signals. */
  readonly compared: number;
  /** The first that is another bit, and the time after which nothing was known. */
  readonly lookahead: (LookaheadDifferenceDto & { readonly cut: string }) | null;
  readonly warmup: readonly WarmupCheckDto[];
  /** Features that count from where the run's data begins, which is the same for every later date of the year. */
  readonly anchored: readonly string[];
}
