import type { LaneExits } from '../backtest/lane-exits.ts';
import type { ExitReason } from '../targets/trade-exits.ts';

/** One trade, in rows of the candles. */
export interface Trade {
  /** Row at whose open it is entered: the one after its signal. */
  readonly entry: number;
  /** Row at whose open it is left; where it was left inside, the one after the bar that it was left within. */
  readonly exit: number;
  readonly direction: 1 | -1;
  readonly reason: ExitReason;
  /** Left between two opens, at its stop or take-profit; see `price`. */
  readonly inside: boolean;
  /** As quoted, where it was left inside. */
  readonly price: number | null;
  /** Net log return. */
  readonly netReturn: number;
  /** What it put at risk, a fraction of the price. */
  readonly stake: number;
  /** Of the signal's bar. */
  readonly regime: string;
}

/** Everything one strategy did in one window, in all regimes or alone in one, for charts and audits. */
export interface StrategyTrace {
  /** Its name. */
  readonly window: string;
  /** Row of the candles that index 0 of the series stands for. */
  readonly firstRow: number;
  /** Combined forecast, log return over the horizon; NaN where there is none. */
  readonly forecast: Float64Array;
  /** What each model of two says of its own trades, log return; null of one model. */
  readonly sides: { readonly long: Float64Array; readonly short: Float64Array } | null;
  /** NaN where there is none. */
  readonly confidence: Float64Array;
  /** 0 on the bars of other regimes than the one it was alone in. */
  readonly signal: Int8Array;
  readonly position: Int8Array;
  /** Of an agent: where its positions are left, by the lane of the span that they are entered at. */
  readonly exits?: LaneExits;
  /** Of an agent: what it would do from each position, three values a bar. */
  readonly choices?: Int8Array;
  /** Market day that the bar opens on: days since 1970-01-01. */
  readonly marketDay: Int32Array;
  /** Net log return of open[i] -> open[i+1]; equity at the next open is exp of the sum so far. */
  readonly netReturn: Float64Array;
  readonly trades: readonly Trade[];
  /** All bars, then alone in each regime, METRICS each: equal to the row of the evaluation table. */
  readonly metrics: Float64Array;
}
