import type { Timeframe } from '../timeframe.ts';
import type { ScoreMetric } from '../words.ts';

/** What a champion's score on the selection window comes to where one thing is not as it was when it was chosen. */
export interface RobustnessOutcomeDto {
  /** Null: not defined, since there was no trade or nothing to divide by. */
  readonly score: number | null;
  readonly trades: number;
}

/** A strategy one step away along an axis of the inference grid: the next number, or any other name. */
export interface NeighborDto extends RobustnessOutcomeDto {
  readonly axis: 'predictionMethod' | 'ensembleMethod' | 'lookbackWindow' | 'confidenceThreshold';
  readonly value: string | number;
}

/** How much of a champion's score hangs on details; computed from its model file and candles. */
export interface RobustnessDto {
  /** What scores are. */
  readonly scoredBy: ScoreMetric;
  /** The score of a strategy that neither wins nor loses; what has no score counts as this. */
  readonly breakEven: number;
  readonly own: RobustnessOutcomeDto;
  readonly neighbors: readonly NeighborDto[];
  /** Median of their scores; null without neighbors. */
  readonly neighborMedian: number | null;
  /** That over the champion's own; null where that is not above 0. */
  readonly neighborRatio: number | null;
  /** The same trades, with fills and nights at so many times their costs. */
  readonly costs: readonly (RobustnessOutcomeDto & { readonly factor: number })[];
  /** Each signal acted upon one bar later. */
  readonly late: RobustnessOutcomeDto;
  /** Without this part of the trades, those with the best results. */
  readonly withoutBest: RobustnessOutcomeDto & { readonly part: number };
  /** Random entries of the same number, sides, holding times and regime. */
  readonly random: {
    readonly sets: number;
    /** Part of the sets that score less. */
    readonly percentile: number;
    /** What these parts of the sets score less than. */
    readonly quantiles: readonly { readonly part: number; readonly score: number }[];
  };
  /** What a model of what survives looks at, by name; null: not defined. Absent of champions that were tested before there were such models. */
  readonly contender?: Readonly<Record<string, number | null>>;
}

/** The same configuration and strategy, in the same regime, on another symbol: of a run that was trained as of the same date. */
export interface OtherSymbolDto extends RobustnessOutcomeDto {
  readonly symbol: string;
  /** Number of that run; null where there is none. */
  readonly run: number | null;
  /** Why there is no score, in words; null where there is one. */
  readonly missing: string | null;
}

export interface ChampionRobustnessDto {
  /** As in `ChampionDto`. */
  readonly champion: string;
  readonly runId: string;
  readonly run: number;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string;
  /** Null where it can't be tested. */
  readonly robustness: RobustnessDto | null;
  /** Why not; null where it was. */
  readonly error: string | null;
  /** Every other stored symbol that has the timeframe. */
  readonly symbols: readonly OtherSymbolDto[];
}
