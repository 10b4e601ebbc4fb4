import type { Timeframe } from '../timeframe.ts';

export interface RegimeDto {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly active: boolean;
  /** Rule text per series. */
  readonly rules: Readonly<Record<string, string>>;
}

/** What stands in the way of a regime that is written without a mistake. */
export interface RegimeNoteDto {
  /** By name. */
  readonly regime: string;
  /** One sentence, and what to do about it. */
  readonly note: string;
}

/** Bars of a regime, by its name. */
export interface BarsOfRegimeDto {
  readonly name: string;
  readonly bars: number;
}

/** What a change of regimes comes to, before it is saved. */
export interface RegimeChangeDto {
  /** Names of those that are new, gone, have other rules, or are on or off; of a mere change of order none. */
  readonly changed: readonly string[];
  /** What becomes of stored series; those that have champions first. */
  readonly series: readonly RegimeSeriesDto[];
  /** Stored series that were not looked at, since there are many. */
  readonly furtherSeries: number;
  /** Places of champions whose bars change, so that their figures are no longer of today's rules: SYMBOL/TIMEFRAME/REGIME[/RANK]. */
  readonly stale: readonly string[];
  /** All champions there are. */
  readonly champions: number;
}

export interface RegimeSeriesDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: number;
  /** Bars that would have another regime. */
  readonly moved: number;
  /** The active ones of both, the wanted ones first, in their order. */
  readonly regimes: readonly {
    readonly name: string;
    /** Bars that it takes now, and then; null where it is none of the active ones. */
    readonly before: number | null;
    readonly after: number | null;
    /** Bars on which its rules hold, whoever takes them. */
    readonly holds: number;
    /** Who of those that stand before it takes such bars. */
    readonly takenBy: readonly BarsOfRegimeDto[];
  }[];
  /** Where regimes that get no bar would get some. */
  readonly proposals: readonly {
    readonly name: string;
    /** The regime that it would stand right before. */
    readonly before: string;
    readonly gets: number;
    readonly from: readonly BarsOfRegimeDto[];
    /** Those who would get no bar any more. */
    readonly empties: readonly string[];
  }[];
}

/** How rules would have labeled a series. */
export interface RegimeTestDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: number;
  /** Active regimes in order, the unclassified rest last. */
  readonly regimes: readonly {
    readonly name: string;
    /** Of all bars, 0..1. */
    readonly share: number;
    /** Uninterrupted stretches. */
    readonly episodes: number;
    /** Bars. */
    readonly meanLength: number;
  }[];
  /** Rules that can never get a bar here, and what to do about them: one sentence each. */
  readonly notes: readonly string[];
  /** The newest bars for the chart. */
  readonly chart: {
    /** Ms since 1970-01-01 UTC. */
    readonly time: readonly number[];
    readonly close: readonly number[];
    /** Index into `regimes`. */
    readonly label: readonly number[];
  };
}

/** Best score of each model type in each regime, over all runs of the workspace. */
export interface RegimeHeatmapDto {
  readonly modelTypes: readonly string[];
  readonly regimes: readonly string[];
  /** [model type][regime]; null where no strategy was eligible. */
  readonly scores: readonly (readonly (number | null)[])[];
  /** [model type][regime]: standard error of the score where it is a Sharpe ratio whose error was stored; else null. */
  readonly errors: readonly (readonly (number | null)[])[];
}
