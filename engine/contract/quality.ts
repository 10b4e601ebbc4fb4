/** How often something was found, with the opening times (ISO 8601 UTC) of the first few. */
export interface Finding {
  readonly count: number;
  readonly examples: readonly string[];
}

/** What candles say of what trading them costs. */
export interface TradingFigures {
  /** Close of the last bar. */
  readonly price: number;
  /** Price units of a pip, where the prices have too few decimals for that of the convention. */
  readonly pip?: number;
  /** Bars with a spread, the median of these spreads in price units, and that of spread / close; null without any. */
  readonly spread: { readonly bars: number; readonly median: number; readonly share: number } | null;
}

/** A stretch without bars: opening times (ISO 8601 UTC) of the bars before and after it, and how many are missing between. */
export interface Gap {
  readonly from: string;
  readonly to: string;
  readonly bars: number;
}

/** What is odd about a series. Nothing here is repaired: bars stay as the source has them. */
export interface QualityReport {
  readonly bars: number;
  /** Opening times of the first and the last bar, ISO 8601 UTC; null without bars. */
  readonly first: string | null;
  readonly last: string | null;
  /** Bars present of those the trading week asks for between first and last, 0..1. */
  readonly coverage: number;
  /** `continuous` for a market that trades through the weekend, `exchange-hours` for one that closes each day. */
  readonly session: 'currency-week' | 'continuous' | 'exchange-hours';
  /** Of exchange hours: when it is closed from Monday to Friday, New York time: `17:00 to 18:00`. */
  readonly closed?: readonly string[];
  /** Stretches without bars inside the trading week; examples name the bar before. */
  readonly gaps: Finding & {
    readonly missingBars: number;
    /** The ten with the most bars missing, the largest first; reports of earlier releases lack them. */
    readonly largest?: readonly Gap[];
  };
  /** Rows that a later row with the same stamp replaced on import. */
  readonly duplicates: number;
  /** Open or close outside low..high. */
  readonly bodyOutsideRange: Finding;
  /** Open, high, low and close all equal. */
  readonly flatBars: Finding;
  /** Opening times off the timeframe's raster. */
  readonly offGrid: Finding;
  /** Bars wholly inside the weekend; none counted in a continuous market. */
  readonly weekendBars: Finding;
  /** Of daily bars: those that hold only the few hours of a Saturday or Sunday; absent of others, and in reports of earlier releases. */
  readonly weekendStubs?: Finding;
  /** No bar has any; absent where one has, and in reports of before. */
  readonly withoutVolume?: true;
  /** True range above ten times the median of high - low. */
  readonly jumps: Finding;
  /** Bars that hold their whole day's range: a daily candle leaked into intraday data. */
  readonly dailyLeak: Finding;
  /** Absent in reports of before it was looked at. */
  readonly trading?: TradingFigures;
}
