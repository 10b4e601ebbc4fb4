import type { Timeframe } from '../timeframe.ts';

/** How far what was tried in a market came: each figure counts some of those before it. */
export interface MarketEvidenceDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Models that were trained, and strategies that they were backtested with. */
  readonly tried: number;
  readonly strategies: number;
  /** Models with a strategy that trades often enough in some regime. */
  readonly eligible: number;
  /** Of those, models with one whose score is above what a strategy without an edge has, and above the least one. */
  readonly positive: number;
}

/** What was tried in a workspace, before any champion is looked at. */
export interface EvidenceDto {
  /** Markets in which something was trained, by symbol and timeframe. */
  readonly markets: readonly MarketEvidenceDto[];
}

/** How often the best of everything tried in a scope reached a Sharpe ratio although nothing had an edge. */
export interface LuckBinDto {
  /** Sharpe ratios: from inclusive, to exclusive; the last bin includes its end. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The maxima that luck alone reached in a champion's scope, as annual Sharpe ratios of the champion's window. */
export interface LuckDistributionDto {
  readonly champion: string;
  /** Null where the champion's tries are not counted; `missing` says why. */
  readonly bins: readonly LuckBinDto[];
  /** Of the coins that anything came up with. */
  readonly maxima: number;
  /** What one of 20 maxima exceeds. */
  readonly luck: number | null;
  /** The champion's own, as it is held against them. */
  readonly own: number | null;
  /** Maxima that are at least as high. */
  readonly atLeast: number;
  readonly missing: string | null;
}
