import { criterionTitle } from '../../contract/criteria.ts';
import type {
  ChampionDto,
  GateReportDto,
  RunDetailDto,
  ScoreDto,
  TraceDto,
  TradeStatisticsDto,
  ValidationDto,
  VersionDto,
} from '../../contract/dto/index.ts';
import { modelTitle } from '../../contract/model-type-names.ts';
import { plainName } from '../../contract/plain-name.ts';
import { strategyWords } from '../../contract/strategy-words.ts';
import { verdictText } from '../../contract/verdict.ts';
import { DASH, decimal, figureFacts, known, percent, sharpe } from './figure-texts.ts';
import { html, htmlChart, htmlPage, htmlTable } from './page.ts';

/** A report as a file: pages of one look, made of what the window shows. */

const minute = (iso: string) => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
const FACTS = [{ name: 'What' }, { name: 'Value' }];
const section = (title: string, body: string) => (body === '' ? '' : `<h2>${html(title)}</h2>\n${body}`);
const sentence = (text: string | null) => (text === null || text === '' ? '' : `<p>${html(text)}</p>`);
const page = (title: string, parts: readonly string[]) =>
  htmlPage(title, parts.filter((part) => part !== '').join('\n'));

type Configured = Pick<
  RunDetailDto,
  'modelType' | 'symbol' | 'timeframe' | 'daysHistory' | 'horizon' | 'encoder' | 'target'
>;

function configurationFacts(of: Configured): string[][] {
  return [
    ['Market', `${of.symbol} ${of.timeframe}`],
    ['Model', modelTitle(of.modelType)],
    [
      'Learns',
      `${of.target}, ${of.horizon} bars ahead, from ${of.daysHistory} days, ${plainName(of.encoder)}`,
    ],
  ];
}

function scoreFacts(score: ScoreDto): string[][] {
  return [
    ['Sharpe ratio', sharpe(score.sharpe, score.sharpeError)],
    ['Max drawdown', percent(score.maxDrawdown)],
    ['Win rate', percent(score.winRate)],
    ['Profit factor', decimal(score.profitFactor)],
    ['Composite score', decimal(score.composite)],
    ['Trades', String(score.trades)],
  ];
}

/** What the strategy earned and what its trades come to; a sentence where its model can't be followed. */
function traceParts(trace: TraceDto | null, reason: string | null): string[] {
  if (trace === null) return [section('Equity and trades', sentence(reason))];
  const { time, equity, holdoutFrom } = trace;
  const windows = [
    { name: 'selection window', from: 0, to: holdoutFrom },
    { name: 'holdout', from: holdoutFrom, to: time.length },
  ];
  const charts = windows
    .filter(({ from, to }) => to - from > 1)
    .flatMap(({ name, from, to }) => {
      const step = Math.max(1, Math.ceil((to - from) / MOST_POINTS));
      const bars = Array.from({ length: Math.ceil((to - from) / step) }, (_, i) =>
        Math.min(to - 1, from + i * step),
      );
      const x = bars.map((bar) => time[bar]!);
      const placeText = (at: number) => new Date(at).toISOString().slice(0, 10);
      const falls = underWater(equity.slice(from, to));
      return [
        htmlChart({
          x,
          lines: [{ kind: 'own', values: bars.map((bar) => equity[bar]!) }],
          zero: 1,
          label: `Equity, ${name}`,
          caption: `Equity in the ${name}, after costs, without leverage; it begins with 1.`,
          valueText: (value) => value.toFixed(3),
          placeText,
        }),
        htmlChart({
          x,
          lines: [{ kind: 'own', values: bars.map((bar) => falls[bar - from]!) }],
          zero: 0,
          label: `Drawdown, ${name}`,
          caption: `Distance of the equity from its highest value so far, ${name}.`,
          valueText: (value) => percent(value),
          placeText,
        }),
      ];
    });
  return [section('Equity and drawdown', charts.join('\n')), ...trace.statistics.flatMap(statisticsParts)];
}

/** Below 0, or 0 at a new highest value. */
function underWater(equity: readonly number[]): number[] {
  let highest = 1;
  return equity.map((value) => {
    highest = Math.max(highest, value);
    return value / highest - 1;
  });
}

const MOST_POINTS = 600;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function statisticsParts(of: TradeStatisticsDto): string[] {
  if (of.trades === 0) return [];
  const where = of.window === 'holdout' ? 'holdout' : 'selection window';
  const points = (value: number | null) => percent(value === null ? null : value / 100, 2);
  const numbers = (...names: string[]) => names.map((name) => ({ name, isNumber: true }));
  const months = of.months.map(({ year, month, return: r }) => [
    `${year}-${String(month).padStart(2, '0')}`,
    percent(r, 2),
  ]);
  const groups = (all: TradeStatisticsDto['hours'], nameOf: (i: number) => string) =>
    all.flatMap(({ trades, won, netReturn }, i) =>
      trades === 0 ? [] : [[nameOf(i), String(trades), percent(won / trades, 0), percent(netReturn, 2)]],
    );
  const head = numbers('Trades', 'Won', 'Sum of net results');
  return [
    section(
      `Trades, ${where}`,
      sentence(
        `${of.trades} trades: mean ${points(of.mean)}, median ${points(of.median)}, deviation ${points(of.deviation)}, best ${points(of.best)}, worst ${points(of.worst)}, after costs.`,
      ),
    ),
    section(`Returns by month, ${where}`, htmlTable([{ name: 'Month (UTC)' }, ...numbers('Return')], months)),
    section(
      `By weekday, ${where}`,
      htmlTable(
        [{ name: 'Entered on (UTC)' }, ...head],
        groups(of.weekdays, (i) => DAYS[i]!),
      ),
    ),
    section(
      `By hour, ${where}`,
      htmlTable(
        [{ name: 'Entered at (UTC)' }, ...head],
        groups(of.hours, (i) => `${String(i).padStart(2, '0')}:00`),
      ),
    ),
  ];
}

/** What was followed of a model, or why it could not be. */
export interface Followed {
  readonly trace: TraceDto | null;
  readonly reason: string | null;
}

export function runReport(run: RunDetailDto, { trace, reason }: Followed): string {
  const best = run.strategies.find(({ index }) => index === run.bestStrategy);
  return page(`Run ${run.id}: ${modelTitle(run.modelType)} ${run.symbol} ${run.timeframe}`, [
    sentence(
      `Trained on ${minute(run.createdAt)}. ${run.bestRegimes.length === 0 ? 'It is champion of no regime.' : `Champion of ${run.bestRegimes.map(plainName).join(', ')}.`}`,
    ),
    sentence(run.error),
    section(
      'Configuration',
      htmlTable(FACTS, [
        ...configurationFacts(run),
        ['Run', run.uuid],
        ['Training rows', String(run.trainRows ?? DASH)],
      ]),
    ),
    section(
      'Quality of its forecasts, left out of training',
      run.rankIc === null
        ? ''
        : htmlTable(FACTS, [
            ['Rank correlation', decimal(run.rankIc, 3)],
            ['RMSE', known(run.rmse) ? run.rmse.toPrecision(3) : DASH],
            ['MAE', known(run.mae) ? run.mae.toPrecision(3) : DASH],
            ['R²', decimal(run.r2, 3)],
          ]),
    ),
    best === undefined
      ? ''
      : section(
          `Best strategy over all bars of the selection window: ${strategyWords(best)}`,
          htmlTable(FACTS, scoreFacts(best.selection)),
        ),
    ...traceParts(trace, reason),
  ]);
}

export function championReport(champion: ChampionDto, { trace, reason }: Followed): string {
  const { holdout } = champion;
  return page(`Champion ${champion.champion}`, [
    `<p><strong>${html(verdictText(champion.verdict))}.</strong> ${html(champion.verdictReason)}</p>`,
    sentence(champion.stale),
    section(
      'Configuration',
      htmlTable(FACTS, [
        ...configurationFacts(champion),
        ['Strategy', strategyWords(champion.strategy)],
        ['Run', champion.runId],
        ['Champion since', minute(champion.achievedAt)],
        ...(champion.roundTrip === null ? [] : [['Costs', champion.roundTrip]]),
      ]),
    ),
    section(
      'Alone in its regime, on the selection window',
      htmlTable(FACTS, [
        ...scoreFacts(champion),
        ['Return', percent(champion.totalReturn)],
        ['p of the best of everything tried there', decimal(champion.p, 3)],
        ['Best by luck alone in one of 20 cases (Sharpe)', decimal(champion.luck.sharpe, 1)],
      ]),
    ),
    section(
      'Holdout',
      holdout === null ? sentence(champion.holdoutLook.hidden) : htmlTable(FACTS, scoreFacts(holdout)),
    ),
    ...traceParts(trace, reason),
  ]);
}

export function validationReport(of: ValidationDto): string {
  const { stitched } = of;
  const span = (from: string, to: string) => `${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  const numbers = (...names: string[]) => names.map((name) => ({ name, isNumber: true }));
  const figure = (fold: ValidationDto['folds'][number], name: 'sharpe' | 'trades') =>
    fold.metrics?.[name]?.value;
  return page(`Validation ${of.id}: ${of.title}`, [
    sentence(
      `Walk-forward, scheme ${of.scheme}, on ${of.symbol} ${of.timeframe}${of.regime === null ? '' : `, alone in ${plainName(of.regime)}`}.`,
    ),
    of.verdict === null
      ? ''
      : `<p><strong>${html(verdictText(of.verdict))}.</strong> ${html(of.verdictReason ?? '')}</p>`,
    section(
      'The counted folds as one curve, out of sample',
      htmlTable(FACTS, [
        ['Folds', String(stitched.folds)],
        ['Return', percent(stitched.return)],
        ['Sharpe ratio', sharpe(stitched.sharpe, stitched.standardError)],
        ['t', decimal(stitched.t)],
        ['p, one-sided', decimal(stitched.p, 4)],
        ['Max drawdown', percent(stitched.maxDrawdown)],
        ['Trades', String(stitched.trades)],
        ['Folds that earned', percent(stitched.profitableFolds, 0)],
      ]),
    ),
    section(
      'Criteria',
      of.criteria.length === 0
        ? ''
        : htmlTable(
            [{ name: 'Figure' }, ...numbers('Found', 'Asked'), { name: '' }],
            of.criteria.map(({ metric, errors, value, threshold, bound, met }) => [
              criterionTitle({ metric, errors }),
              decimal(value, 3),
              `${{ least: '≥', above: '>', most: '≤' }[bound]} ${threshold}`,
              met ? '✓ met' : '✗ missed',
            ]),
          ),
    ),
    section(
      'Folds',
      htmlTable(
        [
          { name: 'Fold' },
          { name: 'Trained on' },
          { name: 'Tested on' },
          ...numbers('Sharpe', 'Trades'),
          { name: '' },
        ],
        of.folds.map((fold) => [
          `${fold.index + 1}${fold.kind === 'rolling' ? '' : `, ${fold.kind}`}`,
          span(fold.train.from, fold.train.to),
          span(fold.test.from, fold.test.to),
          decimal(figure(fold, 'sharpe'), 1),
          decimal(figure(fold, 'trades'), 0),
          fold.error ??
            (fold.state === 'pending' ? 'not computed yet' : fold.counted ? 'counted' : 'not counted'),
        ]),
      ),
    ),
  ]);
}

/** @param gateLines the lines of its last gate, as its own report has them */
export function versionReport(version: VersionDto, gateLines: (report: GateReportDto) => string): string {
  return page(`${version.name}, version ${version.version}`, [
    sentence(
      `${version.stage}${version.aliases.length === 0 ? '' : ` (${version.aliases.join(', ')})`}. Made on ${minute(version.createdAt)}, ${version.isExpired ? 'expired' : 'expires'} on ${version.expiresAt.slice(0, 10)}.`,
    ),
    section(
      'What it is',
      htmlTable(FACTS, [
        ['Configuration and strategy', version.title],
        [
          'Trained on',
          `${minute(version.trained.from)} to ${minute(version.trained.to)}, ${version.trained.bars} bars`,
        ],
        ['Newest bar that it knows of', minute(version.asOf)],
        ['Made from run', version.run ?? DASH],
        ['Made from champion', version.champion ?? DASH],
        ['Parent', version.parent ?? DASH],
        ['SHA-256 of its file', version.sha256],
      ]),
    ),
    section('Figures of its run, on the selection window', htmlTable(FACTS, figureFacts(version.figures))),
    section(
      'What its gate said',
      version.gate === null ? sentence('It was not asked yet.') : gateLines(version.gate),
    ),
  ]);
}
