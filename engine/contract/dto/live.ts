import type { Timeframe } from '../timeframe.ts';
import type { Verdict } from '../verdict.ts';
import type { StrategyDto } from './runs.ts';

/** Why nothing is to be done, or why nobody says anything. */
export const SILENCES = [
  'nobody', // no version and no champion is in charge of this regime
  'champion-hidden', // there is a champion, and the configuration hides it
  'no-bar', // no bar has closed yet
  'late', // the next bars should be there by now
  'candles-changed', // what the model learned from is no longer what is stored
  'candles-gone',
  'other-pipeline', // made under rules that this Regimen no longer computes with
  'model-missing', // its file is not there, or not what was written
  'other-regime', // by its own rules the bar is of another regime than the one it trades in
  'no-forecast', // rolling values do not know enough yet
  'low-confidence',
  'small-forecast', // less than a round trip costs
  'failed',
] as const;
export type Silence = (typeof SILENCES)[number];

/** Who says what is said of a market. */
export interface SpeakerDto {
  /** `champion`: no version; nobody put it in charge. */
  readonly kind: 'version' | 'champion';
  /** `EURUSD H1 bull_trending`, or that of a champion: `EURUSD/H1/bull_trending`. */
  readonly name: string;
  /** Null of a champion. */
  readonly version: string | null;
  /** The regime that it trades alone in; null: all. */
  readonly regime: string | null;
  /** UUID of the run that it was made from; null where that is not known. */
  readonly runId: string | null;
  /** Configuration and strategy in words. */
  readonly title: string;
  readonly target: string;
  readonly horizon: number;
  readonly strategy: StrategyDto;
  /** In charge since; of a champion since when it is one. */
  readonly since: string;
  /** Where its training ends. */
  readonly trainedTo: string;
  /** Whole days from there to now: how old the model is. */
  readonly ageDays: number;
  /** Null of a champion, which does not expire. */
  readonly expiresAt: string | null;
  readonly isExpired: boolean;
  /** Null: there is no validation to judge it by. */
  readonly verdict: Verdict | null;
  readonly verdictReason: string | null;
}

/** The newest bar of a market that has closed. */
export interface NewestBarDto {
  /** When it opened. */
  readonly time: string;
  readonly closedAt: string;
  readonly close: number;
  /** By the regime rules of today. */
  readonly regime: string;
  /** Time that the market was open since it closed, milliseconds: a weekend is no time. Public holidays are not known. */
  readonly age: number;
  /** Bars that should have opened and closed since then. */
  readonly missing: number;
}

/** What is to be done at the next open. */
export type Signal = 'LONG' | 'SHORT' | 'none';

/** A trade that the signal stands for. */
export interface SignalTradeDto {
  /** When the next bar opens, which is where the backtest enters. */
  readonly entryAt: string;
  /** Close of the newest bar, which stands for an open that nobody knows yet: stop and take-profit are as far from the fill as from it. */
  readonly reference: number;
  /** Null of trades that are left after their time alone. */
  readonly stop: number | null;
  readonly takeProfit: number | null;
  /** At the latest it is left after so many bars, at the open of the bar of that time. */
  readonly bars: number;
  readonly exitAt: string;
}

/** What the models say of a market now. */
export interface SignalDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** True of the built-in demo market. */
  readonly synthetic: boolean;
  readonly bar: NewestBarDto | null;
  /** Null: nobody is in charge of the bar's regime. */
  readonly speaker: SpeakerDto | null;
  readonly signal: Signal;
  /** Why there is none; null where there is one. `text`: whole sentences. */
  readonly silence: { readonly code: Silence; readonly text: string } | null;
  /** Opening time of the bar at whose close the signal was given first, and that all bars since then gave. */
  readonly since: string | null;
  /** Expected log return over the horizon; null where there is none. */
  readonly forecast: number | null;
  /** 0..1; null where there is none. */
  readonly confidence: number | null;
  /** What a round trip costs by the newest bar, log return: a smaller forecast gives no signal. */
  readonly roundTrip: number | null;
  readonly trade: SignalTradeDto | null;
  /** What is to be known beside it, in whole sentences. */
  readonly notes: readonly string[];
  /** Names that have a version in production, in order. */
  readonly inCharge: readonly string[];
}

export interface SignalsDto {
  readonly at: string;
  readonly signals: readonly SignalDto[];
}
