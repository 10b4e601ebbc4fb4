import { fitAsOf as learn, type SurvivalAsOf } from '../survival/as-of.ts';
import type { SurvivalFit } from '../survival/model.ts';
import { goodRows, survived } from '../survival/rows.ts';
import { type TrainedSurvival, trainSurvival as train, trySurvival as tryFit } from '../survival/train.ts';
import { type RowSources, rowsIn, type StoredRows } from '../validation/survival-rows.ts';
import { type Answer, answer } from './answer.ts';

/** What a model of what survives learns from. */
export interface SurvivalTask {
  readonly sources: RowSources;
  readonly minCompositeScore: number;
}

export interface SurvivalJob extends SurvivalTask {
  readonly fit: SurvivalFit;
}

/** How much there is to learn from. Times in ms UTC; null without a row. */
export interface SurvivalSurvey {
  readonly rows: number;
  /** With a high enough composite score. */
  readonly good: number;
  /** Of these. */
  readonly survived: number;
  readonly folds: number;
  readonly older: number;
  readonly from: number | null;
  readonly to: number | null;
}

/** Trials of a job ask for the same rows one after the other. */
let known: { readonly key: string; readonly stored: StoredRows } | undefined;

function rowsOf(sources: RowSources): StoredRows {
  if (known?.key !== sources.key) known = { key: sources.key, stored: rowsIn(sources) };
  return known.stored;
}

export function surveySurvival({
  sources,
  minCompositeScore,
}: SurvivalTask): Promise<Answer<SurvivalSurvey>> {
  return answer(() => {
    const { rows, folds, older } = rowsOf(sources);
    const good = goodRows(rows, { minCompositeScore });
    const ends = (pick: (row: (typeof good)[number]) => number) => good.map(pick).sort((a, b) => a - b);
    return {
      rows: rows.length,
      good: good.length,
      survived: good.filter(survived).length,
      folds,
      older,
      from: ends(({ decidedAt }) => decidedAt)[0] ?? null,
      to: ends(({ closedAt }) => closedAt).at(-1) ?? null,
    };
  });
}

export function trySurvival(job: SurvivalJob): Promise<Answer<number>> {
  return answer(() => tryFit(goodRows(rowsOf(job.sources).rows, job), job.fit));
}

export function trainSurvival(job: SurvivalJob): Promise<Answer<TrainedSurvival>> {
  return answer(() => train(goodRows(rowsOf(job.sources).rows, job), job.fit));
}

/** The model that a fold chooses by; see `fitAsOf`. Its sources are read once. */
export function fitSurvivalAsOf(sources: RowSources): Promise<Answer<SurvivalAsOf>> {
  return answer(() => learn(rowsIn(sources).rows));
}
