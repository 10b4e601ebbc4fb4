import { inOrder, type SurvivalRow } from './rows.ts';

/** Shares of the rows that a model is fitted on, and chosen by; the rest is what it is judged on. */
export const TRAINING_SHARE = 0.6;
export const VALIDATION_SHARE = 0.2;

export interface TemporalSplit {
  readonly training: readonly SurvivalRow[];
  readonly validation: readonly SurvivalRow[];
  readonly test: readonly SurvivalRow[];
  /** Rows whose test window reaches beyond the time that the next part begins. */
  readonly purged: number;
}

/**
 * Parts of rows by time, 60/20/20 of them as near as whole dates allow. All that a part knows had come to its end when the first row of
 * the next was decided.
 */
export function temporalSplit(rows: readonly SurvivalRow[]): TemporalSplit {
  const sorted = inOrder(rows);
  const [first, second] = [TRAINING_SHARE, TRAINING_SHARE + VALIDATION_SHARE].map((share) =>
    dateAt(sorted, share),
  );
  const training = sorted.filter((row) => row.decidedAt < first! && row.closedAt <= first!);
  const validation = sorted.filter(
    (row) => row.decidedAt >= first! && row.decidedAt < second! && row.closedAt <= second!,
  );
  const test = sorted.filter((row) => row.decidedAt >= second!);
  return {
    training,
    validation,
    test,
    purged: rows.length - training.length - validation.length - test.length,
  };
}

/**
 * The older rows to learn from, and the newest by which what is learned is calibrated: as `training` and `validation` of a split, of rows
 * that have no third part.
 */
export function learningSplit(rows: readonly SurvivalRow[]): Pick<TemporalSplit, 'training' | 'validation'> {
  const sorted = inOrder(rows);
  const from = dateAt(sorted, TRAINING_SHARE / (TRAINING_SHARE + VALIDATION_SHARE));
  return {
    training: sorted.filter((row) => row.decidedAt < from && row.closedAt <= from),
    validation: sorted.filter((row) => row.decidedAt >= from),
  };
}

/** When the row was decided that so many of the rows lie before. */
function dateAt(sorted: readonly SurvivalRow[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.round(share * sorted.length))]?.decidedAt ?? 0;
}
