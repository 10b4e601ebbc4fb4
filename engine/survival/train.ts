import { grouped } from '../contract/counted.ts';
import { EngineError } from '../contract/errors.ts';
import { MIN_SURVIVAL_ROWS } from '../contract/survival.ts';
import { rocAuc } from '../statistics/roc-auc.ts';
import { judgeSurvival, type SurvivalJudgement } from './judge.ts';
import { encodeSurvival, fitRaw, fitSurvival, type SurvivalFit } from './model.ts';
import { type SurvivalRow, survived } from './rows.ts';
import { temporalSplit } from './split.ts';

/** @returns ROC AUC on the validation rows of a fit on the training rows; the test rows are not looked at */
export function trySurvival(rows: readonly SurvivalRow[], fit: SurvivalFit): number {
  const { training, validation } = temporalSplit(rows);
  const said = fitRaw(training, fit).predict(validation);
  const auc = rocAuc(
    said,
    Uint8Array.from(validation, (row) => (survived(row) ? 1 : 0)),
  );
  if (auc !== null) return auc;
  throw new EngineError(
    'training-failed',
    `Of the ${validation.length} validation rows ${validation.filter(survived).length} made money: there is nothing to tell apart. Validate grids on more folds or markets.`,
  );
}

/** How many rows each part has. */
export interface SurvivalParts {
  readonly training: number;
  readonly validation: number;
  readonly test: number;
  readonly purged: number;
  /** When the first test row was decided, and the last one's test window closed, ms UTC. */
  readonly testFrom: number;
  readonly testTo: number;
}

export interface TrainedSurvival {
  readonly parts: SurvivalParts;
  /** Of a model that knows the training and validation rows. */
  readonly judgement: SurvivalJudgement;
  /** That of all rows, with the same hyper-parameters: what is used. */
  readonly model: Uint8Array<ArrayBuffer>;
  readonly baseRate: number;
  readonly breakEven: number;
}

/** Judges hyper-parameters on the test rows, and fits what is used on all. @throws EngineError `training-failed` */
export function trainSurvival(rows: readonly SurvivalRow[], fit: SurvivalFit): TrainedSurvival {
  const { training, validation, test, purged } = temporalSplit(rows);
  const judged = fitSurvival([...training, ...validation], fit);
  const model = fitSurvival(rows, fit);
  const { win, loss } = model.payoff;
  return {
    parts: {
      training: training.length,
      validation: validation.length,
      test: test.length,
      purged,
      testFrom: test[0]!.decidedAt,
      testTo: Math.max(...test.map(({ closedAt }) => closedAt)),
    },
    judgement: judgeSurvival(judged, test),
    model: encodeSurvival(model),
    baseRate: model.baseRate,
    breakEven: loss / (win + loss),
  };
}

/**
 * @param all rows of all folds, @param good those above the bar
 * @throws EngineError `conflict` where there are too few
 */
export function assertEnough(
  {
    all,
    good,
    older,
    folds,
  }: { readonly all: number; readonly good: number; readonly older: number; readonly folds: number },
  minCompositeScore: number,
): void {
  if (good >= MIN_SURVIVAL_ROWS) return;
  const weak =
    all === good ? '' : `, ${grouped(all - good)} more are below a composite score of ${minCompositeScore}`;
  const old =
    older === 0
      ? ''
      : ` ${older} folds were computed before contenders were kept: validate their grids again, and they are.`;
  throw new EngineError(
    'conflict',
    `A model of what survives needs ${grouped(MIN_SURVIVAL_ROWS)} rows, and there are ${grouped(good)}${weak}: one for each contender in each of ${folds} folds of validated grids.${old} For more, validate grids of more configurations, markets or folds: \`regimen validate own --grid GRID.yaml\`.`,
    { rows: good, folds },
  );
}
