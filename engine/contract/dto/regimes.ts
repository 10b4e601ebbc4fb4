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
