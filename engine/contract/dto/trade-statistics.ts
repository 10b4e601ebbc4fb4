/** Trades that have something in common; `netReturn` is the sum of their net log returns. */
export interface TradeGroupDto {
  readonly trades: number;
  readonly won: number;
  readonly netReturn: number;
}

/** What a strategy came to in one calendar month (UTC, from 1), a fraction of what there was when it began. */
export interface MonthlyReturnDto {
  readonly year: number;
  readonly month: number;
  readonly return: number;
}

/** What the trades of one window come to, by when they were made and by how they went. Results are percent, after costs. */
export interface TradeStatisticsDto {
  readonly window: 'selection' | 'holdout';
  readonly trades: number;
  /** Null without a trade; deviation and skewness also where results do not vary. */
  readonly mean: number | null;
  readonly median: number | null;
  readonly deviation: number | null;
  readonly skewness: number | null;
  readonly best: number | null;
  readonly worst: number | null;
  readonly months: readonly MonthlyReturnDto[];
  /** By the hour (UTC) that they were entered in, 0 to 23, and by its day, Monday to Sunday. */
  readonly hours: readonly TradeGroupDto[];
  readonly weekdays: readonly TradeGroupDto[];
  /** Of net results, one width each. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  /** Mean MFE over mean MAE; null where no trade went against. */
  readonly edgeRatio: number | null;
  /** How far 9 of 10 winners at most went against before they won, in the unit of excursions; null without a winner. */
  readonly winnersMae: number | null;
}
