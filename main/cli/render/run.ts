import { adviceOfRun } from '../../../engine/contract/advice.ts';
import { BESIDE_WORDS } from '../../../engine/contract/beside-words.ts';
import { furtherAxes } from '../../../engine/contract/configuration.ts';
import type {
  BesideDto,
  LeftOutDto,
  MetricsDto,
  RunDetailDto,
  StrategyResultDto,
} from '../../../engine/contract/dto/index.ts';
import { namedHyperparameters } from '../../../engine/contract/hyperparameters.ts';
import { modelTitle } from '../../../engine/contract/model-type-names.ts';
import { exponentText } from '../../../engine/contract/number-text.ts';
import { adviceText } from './advice.ts';
import { bytes, count, decimal, duration, integer, minute, percent, table } from './format.ts';
import { marksLine } from './marks.ts';
import { HIDDEN, holdoutLines, strategyText, withError } from './scores.ts';

const TOP = 10;

/** Everything of a run that fits a screen: the best strategies and the most important features only. */
export function runText(run: RunDetailDto): string {
  const sections = [
    configurationText(run),
    run.status === 'failed' ? failureText(run) : trainingText(run),
    adviceText(adviceOfRun(run)),
    run.leftOut === null ? '' : leftOutText(run.leftOut),
    run.beside === null ? '' : besideText(run.beside),
    run.strategies.length === 0 ? (run.missingTable ?? '') : strategiesText(run),
    run.contenders.length === 0 ? '' : contendersText(run),
    run.importance === null ? '' : importanceText(run.importance),
    run.audit.length === 0 ? '' : auditText(run.audit),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function configurationText(run: RunDetailDto): string {
  const further = furtherAxes(run).flatMap(({ words }) => words ?? []);
  const hyperparameters = namedHyperparameters(run.hyperparameters).map(
    ({ name, value }) => `${name} ${value}`,
  );
  const indicators = Object.entries(run.indicatorTimeframes).map(
    ([indicator, timeframes]) => `${indicator} ${timeframes.join('+')}`,
  );
  return [
    `Run ${run.id}, ${run.uuid}`,
    `${modelTitle(run.modelType)}, ${run.symbol} ${run.timeframe}, ${count(run.daysHistory, 'day')} of training, ` +
      `${count(run.horizon, 'bar')} ahead, ${[`${run.encoder} features`, ...further].join(', ')}`,
    `Hyper-parameters: ${hyperparameters.join(', ') || 'none'}`,
    `Indicators: ${indicators.join(', ')}`,
    `Created ${minute(run.createdAt)} UTC, took ${duration(run.seconds)}`,
    ...(run.marks === undefined ? [] : [`Marked: ${marksLine(run.marks)}`]),
  ].join('\n');
}

function failureText(run: RunDetailDto): string {
  return [`Failed: ${run.error ?? 'for no known reason'}`, run.errorStack ?? ''].join('\n').trimEnd();
}

function trainingText(run: RunDetailDto): string {
  const model =
    run.artifactFile === null
      ? `deleted (${bytes(run.artifactBytes)} saved)`
      : `kept as ${run.artifactFile} (${bytes(run.artifactBytes)})`;
  return [
    `Training, on what each member left out of ${count(run.trainRows ?? 0, 'row')}: RMSE ${scientific(run.rmse)}, ` +
      `MAE ${scientific(run.mae)}, R2 ${decimal(run.r2, 4)}, rank IC ${decimal(run.rankIc, 3)}`,
    `Model ${model}; champion of ${run.bestRegimes.join(', ') || 'no regime'}`,
  ].join('\n');
}

/** An agent's policy, and what can be had without it. */
function besideText(beside: readonly BesideDto[]): string {
  const rows = beside.map(({ name, totalReturn, sharpe, sharpeError, trades, exposure }) => [
    BESIDE_WORDS[name].title,
    percent(totalReturn, 2),
    withError(sharpe, sharpeError),
    integer(trades),
    percent(exposure),
    BESIDE_WORDS[name].is,
  ]);
  const heads = ['Selection window', 'Return', 'Sharpe', 'Trades', 'In a position', ''];
  return table(heads, rows, ['Return', 'Sharpe', 'Trades', 'In a position']);
}

const SIDES = { both: 'Model', long: 'LONG', short: 'SHORT' } as const;

/** What each model said of the rows that its members left out. */
function leftOutText(sides: readonly LeftOutDto[]): string {
  const figure = (value: number | null, digits = 3) => (value === null ? '–' : decimal(value, digits));
  const within = (value: number | null, error: number | null) =>
    error === null ? figure(value) : `${figure(value)} ± ${figure(error)}`;
  if (sides.every(({ classes }) => classes === null)) {
    const lines = sides.map(
      ({ side, rankIc, rmse, r2 }) =>
        `  ${SIDES[side]}: Spearman ${figure(rankIc)}, RMSE ${figure(rmse)} ATR, R2 ${figure(r2, 4)}`,
    );
    return ['Each model on what it left out:', ...lines].join('\n');
  }
  const rows = sides.flatMap(({ side, classes }) =>
    classes === null
      ? []
      : [
          [
            SIDES[side],
            integer(classes.rows),
            percent(classes.positives / classes.rows),
            `${figure(classes.accuracy)} (${figure(classes.baseRate)})`,
            within(classes.balancedAccuracy, classes.balancedAccuracyError),
            within(classes.rocAuc, classes.rocAucError),
            figure(classes.precision),
            figure(classes.recall),
            figure(classes.f1),
            `${figure(classes.logLoss)} (${figure(classes.baseLogLoss)})`,
            `${figure(classes.brier)} (${figure(classes.baseBrier)})`,
          ],
        ],
  );
  return [
    table(
      [
        'Left out',
        'Rows',
        'Class 1',
        'Accuracy',
        'Balanced',
        'ROC AUC',
        'Precision',
        'Recall',
        'F1',
        'Log loss',
        'Brier',
      ],
      rows,
      ['Rows'],
    ),
    'In brackets: what always saying the larger class gets. ± the error without an edge: below two of them above 0.5 it is nothing.',
  ].join('\n');
}

const STRATEGY_HEAD = [
  'Strategy',
  'Sharpe',
  'Max DD',
  'Win rate',
  'Profit factor',
  'Trades',
  'Holdout Sharpe',
  'Max DD ',
  'Trades ',
];

function figuresOf(strategy: Pick<StrategyResultDto, 'selection' | 'holdout'>): string[] {
  const figures = (m: MetricsDto) => [withError(m.sharpe, m.sharpeError), percent(m.maxDrawdown)];
  return [
    ...figures(strategy.selection),
    percent(strategy.selection.winRate, 0),
    decimal(strategy.selection.profitFactor),
    integer(strategy.selection.trades),
    ...(strategy.holdout === null
      ? [HIDDEN, HIDDEN, HIDDEN]
      : [...figures(strategy.holdout), integer(strategy.holdout.trades)]),
  ];
}

/** Of an old run that was not kept: what is left of its strategies. */
function contendersText({ contenders, holdoutLook, symbol, timeframe }: RunDetailDto): string {
  const head = ['Traded', ...STRATEGY_HEAD];
  const rows = contenders.map((one) => [one.regime ?? 'all bars', strategyText(one), ...figuresOf(one)]);
  return [
    "Each regime's contender alone in it, and over all bars, in the selection window and in the holdout:",
    table(head, rows, STRATEGY_HEAD.slice(1)),
    ...holdoutLines([{ symbol, timeframe, holdoutLook }]),
  ].join('\n');
}

function strategiesText({ strategies, holdoutLook, symbol, timeframe }: RunDetailDto): string {
  const sharpe = (s: StrategyResultDto) => s.selection.sharpe ?? -Number.MAX_VALUE;
  const best = [...strategies].sort((a, b) => sharpe(b) - sharpe(a)).slice(0, TOP);
  const rows = best.map((strategy) => [strategyText(strategy), ...figuresOf(strategy)]);
  return [
    `The best ${best.length} of ${count(strategies.length, 'strategy', 'strategies')} over all bars of the selection window, and the same in the holdout:`,
    table(STRATEGY_HEAD, rows, STRATEGY_HEAD.slice(1)),
    ...holdoutLines([{ symbol, timeframe, holdoutLook }]),
  ].join('\n');
}

function importanceText(importance: NonNullable<RunDetailDto['importance']>): string {
  const withSplits = importance.some(({ splits }) => splits !== null);
  const shares = ['Share of gain', ...(withSplits ? ['Share of splits'] : [])];
  const rows = importance
    .slice(0, TOP)
    .map(({ feature, gain, splits }) => [feature, percent(gain), ...(withSplits ? [percent(splits)] : [])]);
  return [
    `The most important of ${count(importance.length, 'feature')}:`,
    table(['Feature', ...shares], rows, shares),
  ].join('\n');
}

function auditText(audit: RunDetailDto['audit']): string {
  const rows = audit.map((a) => [
    a.regime,
    a.decision.replace('_', ' '),
    withError(a.newScore, a.newScoreError),
    withError(a.oldScore, a.oldScoreError),
    a.reason,
  ]);
  const scores = ['Score', 'To beat'];
  return ['Decisions:', table(['Regime', 'Decision', ...scores, 'Reason'], rows, scores)].join('\n');
}

/** Errors of log returns are small: `1.23e-3`. */
function scientific(value: number | null): string {
  return value === null ? '–' : exponentText(value, 2);
}
