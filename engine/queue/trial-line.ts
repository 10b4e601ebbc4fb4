import { digitsText, preciseText } from '../contract/number-text.ts';
import { valueOfLoss } from '../search/objective.ts';
import { meanLoss } from '../search/pruner.ts';
import type { BestTrial } from '../search/study.ts';
import type { EndedTrial } from './live-study.ts';
import { type StoredSearch, studyName, trialsOfStudy } from './search-spec.ts';

/** `Trial 12/100, Ridge EURUSD H1, …: spearman 0.031 (best before 0.040, trial 7); alpha 0.52`. */
export function trialLine(
  { studies, rules }: StoredSearch,
  number: number,
  best: BestTrial | undefined,
  { trial, outcome, error }: EndedTrial,
): string {
  const spec = studies[number]!;
  const value = (loss: number) => `${rules.objective} ${preciseText(valueOfLoss(rules.objective, loss), 4)}`;
  const head = `Trial ${trial.number + 1}/${trialsOfStudy(spec, rules)}, ${studyName(spec)}`;
  const parameters = Object.entries(trial.parameters).map(
    ([name, v]) => `${name} ${typeof v === 'number' ? digitsText(v, 4) : v}`,
  );
  const tail = parameters.length === 0 ? '' : `; ${parameters.join(', ')}`;
  const { state, folds } = outcome;
  if (error !== null) {
    return `${head}: ${state === 'failed' ? 'failed' : `no ${rules.objective}`}: ${error.message}${tail}`;
  }
  const pruned = state === 'pruned' ? `, given up after ${folds.length} of ${rules.folds} folds` : '';
  const same = trial.sameAs === null ? '' : `, as trial ${trial.sameAs + 1}`;
  const beside = best === undefined ? '' : ` (best before: ${value(best.loss)}, trial ${best.number + 1})`;
  const aucs = folds.flatMap(({ auc }) => auc ?? []);
  const isJudgedByIt = rules.objective === 'roc_auc';
  const auc =
    aucs.length === 0 || isJudgedByIt
      ? ''
      : `, validation AUC ${(aucs.reduce((sum, one) => sum + one, 0) / aucs.length).toFixed(3)}`;
  const margin = folds[0]?.standardError;
  const spread = margin == null ? '' : ` ± ${preciseText(margin, 2)}`;
  return `${head}: ${value(meanLoss(folds))}${spread}${auc}${pruned}${same}${beside}${tail}`;
}
