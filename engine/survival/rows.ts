import type { StrategyDto } from '../contract/dto/index.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { ContenderFigure, ContenderOutcome } from '../pipeline/contender-figure-names.ts';

/** What is known of a contender before anything follows. */
export interface KnownContender {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string;
  readonly modelType: string;
  readonly target: string;
  readonly horizon: number;
  readonly daysHistory: number;
  readonly strategy: StrategyDto;
  /** CONTENDER_FIGURES by name; null, or absent of older rows, where one is not defined. */
  readonly figures: Readonly<Partial<Record<ContenderFigure, number | null>>>;
}

/** A contender of a fold, and what followed. */
export interface SurvivalRow extends KnownContender {
  readonly configHash: string;
  /** When its selection window closed and its test window began, ms UTC. */
  readonly decidedAt: number;
  /** When its test window had closed. */
  readonly closedAt: number;
  readonly outcome: ContenderOutcome;
}

/** Whether it made money after costs; one that did not trade made none. */
export function survived({ outcome }: SurvivalRow): boolean {
  return outcome.net > 0;
}

/** Result of a unit of risk, spread over its trades; 0 where it did not trade. */
export function resultPerStake({ outcome }: Pick<SurvivalRow, 'outcome'>): number {
  return outcome.staked > 0 ? outcome.net / outcome.staked : 0;
}

/** Contenders that compete for one place at one time. */
export function placeOf({ symbol, timeframe, regime, decidedAt }: SurvivalRow): string {
  return `${symbol} ${timeframe} ${regime} ${decidedAt}`;
}

/** By time, then by market, regime and configuration: rows that share their fate stand together. */
export function inOrder(rows: readonly SurvivalRow[]): SurvivalRow[] {
  return rows.toSorted(
    (a, b) =>
      a.decidedAt - b.decidedAt || compare(placeOf(a), placeOf(b)) || compare(a.configHash, b.configHash),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Which of the rows that folds have are learned from. */
export interface RowRules {
  /** Composite score on the selection window, 0..1; at 0.5 it breaks even. */
  readonly minCompositeScore: number;
}

/** Of rows that several validations have, one of each. */
export function distinctRows(rows: readonly SurvivalRow[]): SurvivalRow[] {
  const known = new Map<string, SurvivalRow>();
  for (const row of rows) {
    const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = row.strategy;
    const key = `${placeOf(row)} ${row.closedAt} ${row.configHash} ${predictionMethod} ${ensembleMethod} ${confidenceThreshold} ${lookbackWindow}`;
    if (!known.has(key)) known.set(key, row);
  }
  return [...known.values()];
}

/** Those that were good enough to be chosen at all. */
export function goodRows(rows: readonly SurvivalRow[], { minCompositeScore }: RowRules): SurvivalRow[] {
  return rows.filter(({ figures }) => (figures.composite ?? Number.NEGATIVE_INFINITY) >= minCompositeScore);
}
