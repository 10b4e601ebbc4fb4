import type { ForwardTradeDto } from './forward.ts';

/** What a statement came to. */
export interface StatementDto {
  readonly account: string;
  /** MetaTrader 4, MetaTrader 5 or CSV. */
  readonly format: string;
  /** Zone that its times were read with, and where that is from. */
  readonly timezone: string;
  readonly zoneFrom: 'given' | 'candles' | 'default';
  readonly trades: number;
  readonly open: number;
  readonly added: number;
  readonly changed: number;
  readonly badRows: number;
}

export interface AccountDto {
  readonly account: string;
  readonly trades: number;
  readonly symbols: readonly string[];
  /** Of the first and the newest entry. */
  readonly first: string;
  readonly last: string;
}

/** A trade of the account. Times are ISO 8601 UTC, prices as filled. */
export interface RealTradeDto {
  readonly ticket: string;
  readonly symbol: string;
  readonly direction: 'LONG' | 'SHORT';
  readonly openTime: string;
  readonly openPrice: number;
  readonly closeTime: string | null;
  readonly closePrice: number | null;
}

/** `late`: the account came in later than the rules allow; `missed`: it did not; `extra`: nothing on paper asked for it. */
export const MATCH_KINDS = ['matched', 'late', 'missed', 'extra'] as const;

export interface MatchDto {
  readonly kind: (typeof MATCH_KINDS)[number];
  readonly paper: ForwardTradeDto | null;
  readonly real: RealTradeDto | null;
  /** Seconds by which the account came in after the paper; null without both, as what follows. */
  readonly delaySeconds: number | null;
  /** By how much the account was filled worse, price units; below 0 it was better. The paper trades at quotes, and has the spread in its costs. */
  readonly entryWorse: number | null;
  readonly exitWorse: number | null;
  /** Net log returns; of the account null where its charges can't be held against its size. */
  readonly paperNet: number | null;
  readonly realNet: number | null;
  /** Of the paper spread, slippage and commission, of the account its charges alone: its spread is in its prices. Log returns. */
  readonly paperCost: number | null;
  readonly realCost: number | null;
}

/** A forward test beside a real account. */
export interface AccountComparisonDto {
  readonly name: string;
  readonly version: string;
  readonly account: string;
  /** Symbols of the account that were taken for the market's. */
  readonly symbols: readonly string[];
  readonly counts: Readonly<Record<(typeof MATCH_KINDS)[number], number>>;
  readonly matches: readonly MatchDto[];
  /** Net log returns of trades that are over, summed by when they were left. */
  readonly curve: {
    readonly times: readonly string[];
    readonly paper: readonly number[];
    readonly real: readonly number[];
  };
}
