/** One trade of an account. */
export interface MoneyTradeDto {
  /** As the list of trades has it. */
  readonly number: number;
  readonly closed: string;
  readonly lots: number;
  /** Net, currency of the account. */
  readonly money: number;
  /** Of the account after it. */
  readonly balance: number;
}

/** A window's trades, each window with the account as it is at first. */
export interface MoneyWindowDto {
  readonly window: 'selection' | 'holdout';
  readonly trades: readonly MoneyTradeDto[];
  /** Trades that were not made, since nothing was left. */
  readonly unmade: number;
  readonly net: number;
  readonly balance: number;
  /** Of a trade; null without one. */
  readonly mean: number | null;
  readonly worst: number | null;
  /** Deepest fall of the balance at the ends of trades: money, and share of its highest point. */
  readonly drawdown: { readonly money: number; readonly share: number };
}

/** Trades as money of an account. */
export interface MoneyDto {
  readonly runId: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly account: number;
  readonly currency: string;
  readonly lots: number | null;
  /** Percent. */
  readonly risk: number | null;
  /** How money of the quote currency becomes the account's, in whole words; names the series of a cross rate. */
  readonly rate: string;
  /** The series of a cross rate; null where none is taken. */
  readonly cross: { readonly symbol: string; readonly timeframe: string } | null;
  readonly windows: readonly MoneyWindowDto[];
}
