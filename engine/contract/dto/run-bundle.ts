import type { Timeframe } from '../timeframe.ts';
import type { ModelRunDto } from './models.ts';

/** A run as a file that is trained again anywhere. */
export interface RunBundleDto extends ModelRunDto {
  readonly file: string;
  /** Names of what is in it. */
  readonly files: readonly string[];
  /** Of all of it, before compression. */
  readonly bytes: number;
  /** Whether the model is in it: it is not where it was not kept. */
  readonly withModel: boolean;
  /** Whether the figures of all strategies are in it. */
  readonly withTable: boolean;
}

/** What came out when the run of a bundle was trained again. */
export interface RunReplayDto {
  readonly file: string;
  /** UUID of the run. */
  readonly run: string;
  /** ISO 8601 UTC. */
  readonly trainedAt: string;
  readonly modelType: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly horizon: number;
  readonly daysHistory: number;
  readonly target: string;
  /** Where the bundle was written. */
  readonly runtime: { readonly node: string; readonly platform: string; readonly arch: string };
  /** In words. */
  readonly compared: readonly string[];
  /** The first of what is not the same; empty where everything is, to the last bit. */
  readonly differences: readonly {
    readonly where: string;
    readonly expected: string;
    readonly found: string;
  }[];
  readonly differenceCount: number;
}
