import { describeConfiguration } from '../../cells/describe.ts';
import type { LeftOutDto, RunDto } from '../../contract/dto/index.ts';
import { type Entry, type Metric, metricsOf, textsOf } from '../entry.ts';
import { configurationParams } from './configuration.ts';

/** What the row of a run says beside its DTO. */
export interface ModelFacts {
  readonly run: RunDto;
  /** Key of the job that trained it; null: that is gone. */
  readonly parent: string | null;
  readonly trainRows: number | null;
  readonly features: number | null;
  readonly leftOut: readonly LeftOutDto[] | null;
  readonly synthetic: boolean;
}

/** A trained configuration: figures of its left-out rows, and, as `best_…`, of the strategy that was best on the selection window, which chose it. */
export function modelEntry({ run, parent, trainRows, features, leftOut, synthetic }: ModelFacts): Entry {
  const createdAt = Date.parse(run.createdAt);
  return {
    key: `model/${run.id}`,
    version: 'whole',
    name: describeConfiguration(run),
    parent,
    status: run.status === 'completed' ? 'FINISHED' : 'FAILED',
    startedAt: createdAt - Math.round(run.seconds * 1000),
    endedAt: createdAt,
    tags: textsOf({
      'regimen.kind': 'model',
      'regimen.run': run.uuid,
      'regimen.run_number': run.id,
      'regimen.kept': run.kept,
      'regimen.champion_of': run.bestRegimes.join(', '),
      'regimen.synthetic': synthetic || null,
      'mlflow.note.content': run.error,
    }),
    params: configurationParams(run),
    metrics: [
      ...metricsOf({
        n_samples: trainRows,
        n_features: features,
        rmse: run.rmse,
        mae: run.mae,
        r2: run.r2,
        rank_ic: run.rankIc,
        best_sharpe: run.sharpe,
        best_sharpe_error: run.sharpeError,
        best_max_drawdown: run.maxDrawdown,
        best_win_rate: run.winRate,
        best_profit_factor: run.profitFactor,
        best_trades: run.trades,
        best_composite: run.composite,
        best_roi: run.stake?.roi,
        best_kelly: run.stake?.kelly?.fraction,
        seconds: run.seconds,
      }),
      ...classMetrics(leftOut ?? []),
    ],
    files: [],
  };
}

/** Of two models, one a side, each under its name, and the mean of both under the plain one. */
function classMetrics(leftOut: readonly LeftOutDto[]): Metric[] {
  const sides = leftOut.flatMap(({ side, classes }) =>
    classes === null
      ? []
      : [
          {
            side,
            figures: {
              accuracy: classes.accuracy,
              base_rate: classes.baseRate,
              balanced_accuracy: classes.balancedAccuracy,
              precision: classes.precision,
              recall: classes.recall,
              f1: classes.f1,
              roc_auc: classes.rocAuc,
              log_loss: classes.logLoss,
              brier: classes.brier,
            },
          },
        ],
  );
  if (sides.length === 0) return [];
  const names = Object.keys(sides[0]!.figures) as (keyof (typeof sides)[number]['figures'])[];
  const means = Object.fromEntries(
    names.map((name) => {
      const values = sides.map(({ figures }) => figures[name]);
      const known = values.filter((value) => value !== null);
      return [name, known.length < values.length ? null : known.reduce((a, b) => a + b, 0) / known.length];
    }),
  );
  const own =
    sides.length === 1 ? [] : sides.flatMap(({ side, figures }) => metricsOf(prefixed(side, figures)));
  return [...metricsOf(means), ...own];
}

const prefixed = (side: string, figures: Readonly<Record<string, number | null>>) =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${side}_${name}`, value]));
