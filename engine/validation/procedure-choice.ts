import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import type { Reader } from '../store/database.ts';
import type { ProcedureChoice } from './bound-models.ts';
import { procedureRules } from './bound-procedure.ts';
import type { PlannedFold, ProcedureSpec } from './spec.ts';
import { type ClosedFold, closedFolds } from './survival-rows.ts';

/** By what procedures choose their champions today. */
export function procedureChoice(store: Reader, config: Config): ProcedureChoice {
  const rules = procedureRules(config);
  if (rules.score !== 'survival') return { rules };
  let all: readonly ClosedFold[] | undefined;
  return {
    rules,
    learned({ survival }) {
      all ??= closedFolds(store);
      const last = survival?.lastFold ?? Number.POSITIVE_INFINITY;
      return all.filter(({ id }) => id <= last);
    },
  };
}

/** What a job that is made now learns from, whichever folds come while it waits; undefined where nothing is learned. */
export function learnedNow(store: Reader, { evaluation }: Config): ProcedureSpec['survival'] {
  if (evaluation.score !== 'survival') return undefined;
  return { lastFold: closedFolds(store).reduce((last, { id }) => Math.max(last, id), 0) };
}

/** @throws EngineError `conflict` where not one fold has anything to learn from */
export function assertLearnable(
  learned: readonly ClosedFold[],
  folds: readonly Pick<PlannedFold, 'test'>[],
): void {
  const latest = folds.reduce((last, { test }) => Math.max(last, test.from), Number.NEGATIVE_INFINITY);
  if (learned.some(({ to }) => to <= latest)) return;
  throw new EngineError(
    'conflict',
    'evaluation.score is survival, and no fold of a validated grid had ended when the last of these begins: there is nothing to learn from. Validate the grid by another score first, such as sharpe; each fold then chooses by what had ended before it.',
  );
}
