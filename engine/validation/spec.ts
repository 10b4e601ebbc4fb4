import type { FoldSubject } from '../binding/folds.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { StrategyDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { FoldRules } from './fold-rules.ts';
import type { Fold } from './folds.ts';

/** What is validated: one configuration with one strategy. */
export interface ModelSubject {
  readonly configuration: Configuration;
  readonly strategy: StrategyDto;
  /** The regime whose signals alone it trades; null: all. */
  readonly regime: string | null;
  /** UUID of the run, and the champion's name, that it was asked for, where it was. */
  readonly runId: string | null;
  readonly champion: string | null;
}

/** A fold with what is known of it before it is computed. */
export interface PlannedFold extends Fold {
  readonly trainBars: number;
  readonly testBars: number;
  /** When the bar closes that is 1 + h bars after its test window, ms UTC: until then it may share outcomes with what follows. */
  readonly settledAt: number;
}

/** A validation as it is stored, as plain JSON: what is computed, and in which folds. */
export interface ValidationSpec extends ModelSubject {
  readonly rules: FoldRules;
  readonly folds: readonly PlannedFold[];
  /** Rolling folds that were asked for and that the data is too short for. */
  readonly missing: number;
  /** Calendar days that its end lies before the holdout, so that all of its tests count; 0: it was not moved. */
  readonly movedDays: number;
  /** Bars before each test that strategies look back on; see `foldCells`. */
  readonly leadInBars: number;
}

/** @throws EngineError `artifact-damaged` */
export function readSpec(json: string): ValidationSpec {
  return storedJson<ValidationSpec>(json, 'a validation');
}

/** The least bars that rolling values look back on. */
const LEAST_LEAD_IN = 20;

export function leadInBars({ lookbackWindow }: StrategyDto): number {
  return Math.max(lookbackWindow, LEAST_LEAD_IN);
}

export function foldSubject({
  configuration,
  strategy,
  regime,
  rules,
}: ModelSubject & Pick<ValidationSpec, 'rules'>): FoldSubject {
  const days = rules.expandingWindow ? Number.POSITIVE_INFINITY : rules.trainDays;
  return { configuration, strategy, regime, days };
}
