import { furtherAxes } from '../../../engine/contract/configuration.ts';
import type { ChampionDto, VacancyDto } from '../../../engine/contract/dto/index.ts';
import { modelTitle } from '../../../engine/contract/model-type-names.ts';
import { verdictText } from '../../../engine/contract/verdict.ts';
import { evidenceText } from './evidence.ts';
import { count, decimal, integer, percent, table } from './format.ts';
import { marksLine } from './marks.ts';
import { HIDDEN, holdoutLines, hundredfold, strategyText, withError } from './scores.ts';

const HEAD = ['Champion', 'Model', 'Verdict', 'p'];
/** Of a window; what a month says of drawdown and win rate is left to the details. */
const WINDOW = ['Sharpe', 'Trades'];
const NUMBERS = ['p', ...WINDOW];
const GROUPS = [
  { title: '', columns: HEAD.length },
  ...['selection window', 'out of sample', 'holdout'].map((title) => ({ title, columns: WINDOW.length })),
];

/** The champions as --json prints them: the error of a Sharpe ratio has the name that validations give it, too. */
export function championsJson(champions: readonly ChampionDto[]) {
  return champions.map((champion) => ({ ...champion, standardError: champion.sharpeError }));
}

/** The champions, and the regimes without one. */
export function championsText(champions: readonly ChampionDto[], vacancies: readonly VacancyDto[]): string {
  if (champions.length + vacancies.length === 0) {
    return 'No champions yet: no model has been trained in this workspace.';
  }
  const parts = [championTable(champions), vacanciesText(vacancies), evidenceText(champions)];
  return parts.filter((text) => text !== '').join('\n\n');
}

const MOST_VACANCIES = 12;

function vacanciesText(vacancies: readonly VacancyDto[]): string {
  if (vacancies.length === 0) return '';
  const lines = vacancies.slice(0, MOST_VACANCIES).map(({ symbol, timeframe, regime, runs, reason }) => {
    const scope = symbol === '*' ? regime : `${symbol} ${timeframe} ${regime}`;
    return `  ${scope}, best of ${count(runs, 'run')}: ${reason}`;
  });
  const more = vacancies.length - MOST_VACANCIES;
  if (more > 0) lines.push(`  and ${count(more, 'regime')} more.`);
  return ['Without a champion:', ...lines].join('\n');
}

/** What each champion claims, and what became of it on data that did not choose it. */
function championTable(champions: readonly ChampionDto[]): string {
  if (champions.length === 0) return 'No champions: no trained model met the requirements in any regime.';
  const rows = champions.map((c) => [
    c.champion,
    [modelTitle(c.modelType), ...furtherAxes(c).flatMap(({ words }) => words ?? [])].join(', ') +
      mark(c) +
      (c.modelMissing ? ' !' : ''),
    verdictText(c.verdict),
    decimal(c.p, 3),
    withError(c.sharpe, c.sharpeError),
    integer(c.trades),
    ...(c.outOfSample === null
      ? [decimal(null), decimal(null)]
      : [withError(c.outOfSample.sharpe, c.outOfSample.sharpeError), integer(c.outOfSample.trades)]),
    ...(c.holdout === null
      ? [HIDDEN, HIDDEN]
      : [withError(c.holdout.sharpe, c.holdout.sharpeError), integer(c.holdout.trades)]),
  ]);
  const lines = [
    table([...HEAD, ...WINDOW, ...WINDOW, ...WINDOW], rows, NUMBERS, GROUPS),
    '',
    'Verdict: what the evidence says: strong, suggestive, none, contradicted or too little data. p: chance that the best of everything',
    'tried in the regime is as good without any edge. Sharpe is annualized over all bars of the window, after spread, slippage, commission',
    'and swap, of the strategy alone in the regime; ± its standard error. The selection window chose these champions, so expect its',
    'figures to flatter. Out of sample: trained again in the folds of a validation. Nothing was chosen by the holdout.',
    '',
    detailTable(champions),
  ];
  lines.push(...survivalLines(champions), ...missingLines(champions), ...roundTripLines(champions));
  lines.push(...holdoutLines(champions));
  for (const { champion, modelType, modelMissing } of champions) {
    if (!modelMissing) continue;
    lines.push(
      `! The model file of ${champion} (${modelTitle(modelType)}) is missing: bring it back from a backup or checkpoint, or train its grid again.`,
    );
  }
  lines.push(...standingLines(champions), ...markLines(champions));
  if (champions.some((c) => c.synthetic)) {
    lines.push('Symbols that begin with DEMO_ are synthetic: no market was ever quoted at these prices.');
  }
  return lines.join('\n');
}

/** Nothing where no model of what survives is in production. */
function survivalLines(champions: readonly ChampionDto[]): string[] {
  const told = champions.flatMap(({ champion, survival }) =>
    survival == null ? [] : [{ champion, survival }],
  );
  const [first] = told;
  const untold = champions.filter(({ survival }) => survival === null).length;
  const lines = told.map(
    ({ champion, survival }) =>
      `  ${champion} survives: ${percent(survival.probability, 0)}, base rate ${percent(survival.baseRate, 0)}`,
  );
  if (first !== undefined) {
    lines.unshift(
      `Survives: chance that it makes money after costs in its next window, as version ${first.survival.version} says; a stake pays from ${percent(first.survival.breakEven, 0)} on.`,
    );
  }
  if (untold > 0) {
    lines.push(
      `Of ${count(untold, 'champion')} it is not known what survival is told by: \`regimen champions robustness\` tests them.`,
    );
  }
  return lines.length === 0 ? [] : ['', ...lines];
}

const DETAIL_HEAD = ['Champion', 'Bars', 'Days', 'Strategy'];
const FIGURES = ['DD%', 'Win%'];
const LUCK = ['Luck', 'Market', 'Deflated', 'PBO', 'P(loss)', 'Needs', 'Has', 'Tries', 'Worth'];
const DETAIL_NUMBERS = ['Bars', 'Days', ...FIGURES, ...LUCK];

/** How each champion trades, and what luck alone makes of it. */
function detailTable(champions: readonly ChampionDto[]): string {
  const rows = champions.map((c) => {
    const { overfitting, trackRecord, tries, effectiveTries } = c.luck;
    return [
      c.champion,
      integer(c.horizon),
      integer(c.daysHistory),
      strategyText(c.strategy),
      hundredfold(c.maxDrawdown, 1),
      hundredfold(c.winRate, 0),
      decimal(c.luck.sharpe, 1),
      decimal(c.luck.marketP, 3),
      decimal(c.luck.deflatedSharpe),
      decimal(overfitting?.pbo),
      decimal(overfitting?.lossOutOfSample),
      wholeOf(trackRecord?.needed),
      wholeOf(trackRecord?.bars),
      wholeOf(tries),
      wholeOf(effectiveTries),
    ];
  });
  return [
    table([...DETAIL_HEAD, ...FIGURES, ...LUCK], rows, DETAIL_NUMBERS),
    '',
    'All of the selection window. Bars: horizon of the model. Days: of history. c: least confidence of a signal. W: lookback window in bars.',
    'DD: deepest fall of equity. Luck: the Sharpe that the best of everything tried in the regime reaches without any edge in one of 20',
    'cases. Market: p by everything tried in the market, whatever the regime: below 0.05 is suggestive. Deflated: chance that the true',
    'Sharpe is above what the best of so many tries is expected to reach. PBO: how often the best in one half of the window is no better',
    'than the median in the other, 0.2 to 0.8 without any edge; P(loss): how often it loses there. Needs, Has: bars for a Sharpe above 0',
    'with 95 %, choosing aside. Tries in regime and window; Worth: so many independent ones.',
  ].join('\n');
}

const wholeOf = (value: number | null | undefined) =>
  value === null || value === undefined ? decimal(null) : integer(Math.round(value));

/** What trading costs, once for each market and what was charged there. */
function roundTripLines(champions: readonly ChampionDto[]): string[] {
  const lines = champions.flatMap(({ symbol, timeframe, roundTrip }) =>
    roundTrip === null ? [] : [`${symbol} ${timeframe}: ${roundTrip}.`],
  );
  return [...new Set(lines)];
}

/** Why figures of luck are dashes, each reason once. */
function missingLines(champions: readonly ChampionDto[]): string[] {
  const where = Map.groupBy(
    champions.filter(({ luck }) => luck.missing !== null),
    ({ luck }) => luck.missing!,
  );
  return [...where].map(([missing, those]) => `– ${those.map((c) => c.champion).join(', ')}: ${missing}`);
}

/** Beside the model: its score is not the one that it was chosen with, or is not of today. */
function mark({ stale, outdated, scoredAgain }: ChampionDto): string {
  if (stale !== null) return ' *';
  if (outdated !== null) return ' ~';
  return scoredAgain === null ? '' : ' +';
}

function standingLines(champions: readonly ChampionDto[]): string[] {
  const aside = champions.flatMap(({ champion, modelType, stale }) =>
    stale === null
      ? []
      : [`* ${champion} (${modelTitle(modelType)}) stands aside: since it was chosen, ${stale}.`],
  );
  const due = new Set(champions.flatMap(({ outdated }) => outdated ?? []));
  const old = [...due].sort().map((changed) => {
    return `~ Since these figures were computed ${changed}: scored again before anyone competes with them.`;
  });
  const dates = new Set(champions.flatMap((c) => (mark(c) === ' +' ? [c.scoredAgain!.slice(0, 10)] : [])));
  const again = [...dates]
    .sort()
    .map((date) => `+ Scored again with the data and rules as of ${date}, after it was chosen.`);
  return [...aside, ...old, ...again];
}

/** What people wrote beside the champions' runs. */
function markLines(champions: readonly ChampionDto[]): string[] {
  const lines = champions.flatMap(({ champion, marks }) =>
    marks === undefined ? [] : [`  ${champion}: ${marksLine(marks)}`],
  );
  return lines.length === 0 ? [] : ['', 'Marked:', ...lines];
}
