import { FOLD_METRICS } from '../../contract/criteria.ts';
import type { FoldFiguresDto, ValidationDto } from '../../contract/dto/index.ts';
import { type Entry, metricsOf, textsOf } from '../entry.ts';
import { strategyParams } from './configuration.ts';

/** `parent`: key of its job; null: that is gone. */
type Sent = Pick<Entry, 'version' | 'parent'> & { readonly createdAt: number };

/**
 * What was validated in folds: means over the counted rolling folds under the plain names, each fold's own under `fold_…` with
 * its number as step, and the stitched curve under `oos_…`.
 */
export function validationEntry(validation: ValidationDto, { version, createdAt, parent }: Sent): Entry {
  const { id, folds, stitched, average, scheme, verdict, met } = validation;
  const isWhole = folds.every(({ state }) => state !== 'pending');
  return {
    key: `validation/${id}`,
    version,
    name: `${scheme} validation: ${validation.title}`,
    parent,
    status: isWhole ? 'FINISHED' : 'RUNNING',
    startedAt: createdAt,
    endedAt: null,
    tags: textsOf({
      'regimen.kind': 'validation',
      'regimen.validation': id,
      'regimen.run': validation.runId,
      'regimen.champion': validation.champion,
      'regimen.verdict': verdict,
      'regimen.criteria_met': met,
      'mlflow.note.content': validation.verdictReason,
    }),
    params: textsOf({
      scheme,
      subject: validation.subject,
      symbol: validation.symbol,
      timeframe: validation.timeframe,
      model_type: validation.modelType,
      regime: validation.regime,
      test_period_days: validation.testPeriodDays,
      train_days: validation.trainDays,
      use_expanding_window: validation.expandingWindow,
      ...(validation.strategy !== null && strategyParams(validation.strategy)),
    }),
    metrics: [
      ...metricsOf({
        ...values(average),
        n_folds: folds.length,
        n_failed_folds: folds.filter(({ state }) => state === 'failed').length,
        oos_folds: stitched.folds,
        oos_sharpe: stitched.sharpe,
        oos_sharpe_error: stitched.standardError,
        oos_t: stitched.t,
        oos_p: stitched.p,
        oos_trades: stitched.trades,
        oos_max_drawdown: stitched.maxDrawdown,
        oos_return: stitched.return,
        oos_profitable_folds: stitched.profitableFolds,
      }),
      ...folds.flatMap(({ index, metrics, counted, train, test }) =>
        metrics === null
          ? []
          : metricsOf(
              {
                ...values(metrics, 'fold_'),
                fold_counted: counted ? 1 : 0,
                fold_n_samples: train.bars,
                fold_n_test: test.bars,
              },
              index,
            ),
      ),
    ],
    files: [],
  };
}

const values = (figures: FoldFiguresDto, prefix = '') =>
  Object.fromEntries(FOLD_METRICS.map((name) => [`${prefix}${name}`, figures[name]?.value]));
