import { grouped } from '../contract/counted.ts';
import type { FoldFigureDto, FoldFiguresDto } from '../contract/dto/index.ts';
import { decimalText } from '../contract/number-text.ts';
import { dayText } from '../market/time/time-text.ts';
import type { StoredProcedure, SurvivalChoice } from './procedure-blob.ts';
import type { PlannedFold, ProcedureSpec, ValidationSpec } from './spec.ts';

/** One fold in a line, its out-of-sample figures beside what a constant reaches: for the log, the feed and whoever follows a job. */
export function foldLine(
  spec: Pick<ValidationSpec, 'folds' | 'configuration'>,
  fold: PlannedFold,
  figures: FoldFiguresDto,
): string {
  const parts = [
    share('accuracy', figures.accuracy),
    share('recall', figures.recall),
    share('precision', figures.precision),
    share('ROC AUC', figures.roc_auc),
    share('F1', figures.f1),
    withError('Spearman', figures.spearman, 3),
    withError('Sharpe', figures.sharpe, 1),
    `${figures.trades?.value ?? 0} trades`,
    ...(figures.hit_rate_tp1 === null ? [] : [share('take-profit reached', figures.hit_rate_tp1)]),
  ];
  return `${headOf(spec, fold)}: ${parts.join(', ')}`;
}

/** The same of a fold of a procedure: who was chosen, and what they earned together. */
export function procedureLine(
  spec: Pick<ValidationSpec, 'folds' | 'configuration'> & {
    readonly procedure?: ProcedureSpec['procedure'] | undefined;
  },
  fold: PlannedFold,
  figures: FoldFiguresDto,
  { champions, failed, chosenBy }: StoredProcedure,
): string {
  const size = spec.procedure?.size ?? 0;
  const parts = [
    `${champions.length} ${champions.length === 1 ? 'champion' : 'champions'} of ${size} ${size === 1 ? 'configuration' : 'configurations'}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(chosenBy === undefined ? [] : [choiceText(chosenBy)]),
    withError('Sharpe', figures.sharpe, 1),
    `${figures.trades?.value ?? 0} trades`,
  ];
  return `${headOf(spec, fold)}: ${parts.join(', ')}`;
}

/** `by Sharpe, since 640 rows are too few to learn from` */
function choiceText({ rows, least }: SurvivalChoice): string {
  const known = grouped(rows);
  return least === null
    ? `by Sharpe: ${known} rows are too few to learn what survives from`
    : `by what survives, learned from ${known} rows`;
}

function headOf(
  { folds, configuration: { symbol, timeframe } }: Pick<ValidationSpec, 'folds' | 'configuration'>,
  { index, kind, test }: PlannedFold,
): string {
  const of = folds.filter((fold) => fold.kind === kind);
  const number = of.findIndex((fold) => fold.index === index) + 1;
  const name = kind === 'aging' ? 'Aging fold' : 'Fold';
  return `${name} ${number}/${of.length}, ${symbol} ${timeframe}, test ${dayText(test.from)} to ${dayText(test.to)}`;
}

function share(name: string, figure: FoldFigureDto | null): string {
  if (figure === null) return `${name} –`;
  const base = figure.base === null ? '' : ` (base ${decimalText(figure.base, 2)})`;
  return `${name} ${decimalText(figure.value, 2)}${base}`;
}

function withError(name: string, figure: FoldFigureDto | null, digits: number): string {
  if (figure === null) return `${name} –`;
  const error = figure.error === null ? '' : ` ± ${decimalText(figure.error, digits)}`;
  return `${name} ${decimalText(figure.value, digits)}${error}`;
}
