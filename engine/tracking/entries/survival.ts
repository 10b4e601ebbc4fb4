import type { SurvivalModelDto } from '../../contract/dto/index.ts';
import { type Entry, metricsOf, textsOf } from '../entry.ts';

/** What models of what survives are called there; no market has such a name. */
export const SURVIVAL_NAME = 'what survives';

/** A model of what survives, registered like any version. */
export function survivalEntry(
  model: SurvivalModelDto,
  { parent, bytes }: { readonly parent: string | null; readonly bytes: () => Uint8Array },
): Entry {
  const { version, classes, rows, options } = model;
  const at = Date.parse(model.createdAt);
  return {
    key: `version/${SURVIVAL_NAME}/${version}`,
    version: 'whole',
    name: `${SURVIVAL_NAME} ${version}`,
    parent,
    status: 'FINISHED',
    startedAt: at,
    endedAt: at,
    tags: textsOf({
      'regimen.kind': 'version',
      'regimen.model': SURVIVAL_NAME,
      'regimen.version': version,
      'regimen.parent': model.parent,
    }),
    params: textsOf({
      model_type: model.modelType,
      min_composite_score: options.minCompositeScore,
      seed: options.seed,
      ...model.hyperparameters,
    }),
    metrics: metricsOf({
      n_samples: rows.training + rows.validation + rows.test,
      trials: model.trials,
      validation_roc_auc: model.validationAuc,
      accuracy: classes.accuracy,
      balanced_accuracy: classes.balancedAccuracy,
      balanced_accuracy_error: classes.balancedAccuracyError,
      precision: classes.precision,
      recall: classes.recall,
      f1: classes.f1,
      roc_auc: classes.rocAuc,
      roc_auc_error: classes.rocAucError,
      log_loss: classes.logLoss,
      brier: classes.brier,
      base_rate: model.baseRate,
      break_even: model.breakEven,
      ...Object.fromEntries(
        model.picks.flatMap(({ rule, roi, hitRate }) => [
          [`picks_${rule}_roi`, roi],
          [`picks_${rule}_hit_rate`, hitRate],
        ]),
      ),
    }),
    files: [
      { path: `model/survival_${version}.bin`, bytes },
      {
        path: `model/survival_${version}.json`,
        bytes: () => Buffer.from(`${JSON.stringify({ ...model, stage: undefined }, null, 2)}\n`, 'utf8'),
      },
    ],
    model: { name: SURVIVAL_NAME, tags: textsOf({ 'regimen.version': version }) },
  };
}
