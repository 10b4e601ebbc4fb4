/** The columns of a series of bars, oldest first. */
export interface Bars<C> {
  /** Opening times, ms since 1970-01-01 UTC. */
  readonly time: C;
  readonly open: C;
  readonly high: C;
  readonly low: C;
  readonly close: C;
  readonly volume: C;
}

/** Mean and population standard deviation of windows. */
export interface Moments<C> {
  readonly mean: C;
  readonly std: C;
}

/**
 * What indicators and features are made of: each is written once, as a sequence of these. A `C` is a column, one value per bar: here an
 * array of numbers (`IN_NUMBERS`), in a bundle for MetaTrader the name of an array. NaN stands where a window does not fit yet.
 */
export interface Operations<C> {
  subtract(a: C, b: C): C;
  /** From the value at `from` on, 0 where it is left out. */
  exponentialAverage(x: C, period: number, from?: number): C;
  wilderAverage(x: C, period: number, from?: number): C;
  rollingSum(x: C, window: number): C;
  /** Of values that are valid from `from` on. */
  rollingMoments(x: C, window: number, from?: number): Moments<C>;
  rollingExtremes(high: C, low: C, window: number): { readonly highest: C; readonly lowest: C };
  trueRange(high: C, low: C, close: C): C;
  directionalMovement(high: C, low: C): { readonly up: C; readonly down: C };
  directionalIndex(range: C, up: C, down: C): { readonly plus: C; readonly minus: C; readonly dx: C };
  /** How far each close lies above the one before, or below; 0 at the first. */
  changes(close: C): { readonly gains: C; readonly losses: C };
  strength(gain: C, loss: C): C;
  positionInWindow(close: C, highest: C, lowest: C): C;
  meanOfThree(x: C): C;
  rateOfChange(close: C, period: number): C;
  bands(moments: Moments<C>, width: number): { readonly upper: C; readonly lower: C };
  signedTotal(close: C, volume: C): C;
  typicalPrice(high: C, low: C, close: C, volume: C): { readonly price: C; readonly turnover: C };
  weightedMean(turnover: C, volume: C, price: C, bars: number): C;
  positionInBar(low: C, close: C, range: C): C;
  /** ln(close / close so many bars before). */
  logChange(close: C, lag: number): C;
  /** Takes back the values before a bar, where they would still be provisional. */
  blankBefore(bar: number, ...columns: readonly C[]): void;
}
