import type { FoldSubject } from '../binding/folds.ts';
import { configHash } from '../cells/config-hash.ts';
import { type Configuration, INITIAL_VALUES } from '../contract/configuration.ts';
import type { StrategyDto } from '../contract/dto/index.ts';
import type { GridSpec } from '../contract/grid.ts';
import { storedJson } from '../contract/stored-json.ts';
import { createGrid } from '../grid/grid.ts';
import { digestOf } from '../identity/digest.ts';
import type { TimeRange } from '../pipeline/windows.ts';
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
  /**
   * Of a model that was updated: ms from the end of each training window before, oldest first, to the end of its own. Its folds replay a fit
   * and updates at these distances. Absent: it was fitted at once.
   */
  readonly updates?: readonly number[];
}

/** A fold with what is known of it before it is computed. */
export interface PlannedFold extends Fold {
  readonly trainBars: number;
  readonly testBars: number;
  /** When the bar closes that is 1 + h bars after its test window, ms UTC: until then it may share outcomes with what follows. */
  readonly settledAt: number;
}

/** A grid of one market with its selection rules: what is trained and chosen anew in each fold. */
export interface Procedure {
  readonly grid: GridSpec;
  readonly size: number;
}

interface PlannedFolds {
  readonly rules: FoldRules;
  readonly folds: readonly PlannedFold[];
  /** Rolling folds that were asked for and that the data is too short for. */
  readonly missing: number;
  /** Calendar days that its end lies before the holdout, so that all of its tests count; 0: it was not moved. */
  readonly movedDays: number;
  /** Bars before each test that strategies look back on; see `foldCells`. */
  readonly leadInBars: number;
  /** Asked for by the gate of the registry. */
  readonly gate?: boolean;
}

/** @throws EngineError `artifact-damaged` */
export function readSpec(json: string): ValidationSpec {
  const spec = storedJson<ValidationSpec>(json, 'a validation');
  return { ...spec, configuration: { ...INITIAL_VALUES, ...spec.configuration } } as ValidationSpec;
}

/** The least bars that rolling values look back on. */
const LEAST_LEAD_IN = 20;

export interface ModelSpec extends ModelSubject, PlannedFolds {
  readonly procedure?: undefined;
}

export interface ProcedureSpec extends PlannedFolds {
  readonly procedure: Procedure;
  /** The one of the grid with the longest windows, by which its folds are laid out and which stands for it where one is shown. */
  readonly configuration: Configuration;
  readonly strategy: null;
  readonly regime: null;
  readonly runId: null;
  readonly champion: null;
  /** Where champions are chosen by what survives: the last of the stored folds that is learned from, whichever come while it waits. */
  readonly survival?: { readonly lastFold: number };
}

/** A validation as it is stored, as plain JSON: what is computed, and in which folds. */
export type ValidationSpec = ModelSpec | ProcedureSpec;

/** Names what is validated in the row of a validation: the configuration, or the grid. */
export function subjectHash(spec: ValidationSpec): string {
  return spec.procedure === undefined ? configHash(spec.configuration) : procedureHash(spec.procedure);
}

/** Grids of the same configurations in the same order have the same, whatever they are called. */
function procedureHash({ grid }: Procedure): string {
  return digestOf([...createGrid(grid).cells()].map(configHash));
}

/** By which the time of a fold is known from others like it. */
export function foldTypeOf(spec: ValidationSpec): string {
  return spec.procedure === undefined ? spec.configuration.modelType : `procedure ${subjectHash(spec)}`;
}

export function leadInBars({ lookbackWindow }: StrategyDto): number {
  return Math.max(lookbackWindow, LEAST_LEAD_IN);
}

export function foldSubject({
  configuration,
  strategy,
  regime,
  rules,
  updates,
}: ModelSubject & Pick<ModelSpec, 'rules'>): FoldSubject {
  const days = rules.expandingWindow ? Number.POSITIVE_INFINITY : rules.trainDays + updateDays(updates);
  return { configuration, strategy, regime, days, ...(updates && { updates }) };
}

/** Calendar days before a training window that its model learns from besides: a fit and updates go before it. */
export function updateDays(updates: ModelSubject['updates'] = []): number {
  return Math.max(0, ...updates) / DAY_MS;
}

/** The windows of the fit and of the updates before `training`. */
export function earlierWindows(
  {
    updates = [],
    rules,
  }: Pick<ModelSpec, 'updates'> & { readonly rules: Pick<FoldRules, 'expandingWindow'> },
  { from, to }: TimeRange,
): TimeRange[] {
  return updates.map((before) => ({ from: rules.expandingWindow ? from : from - before, to: to - before }));
}

const DAY_MS = 86_400_000;
