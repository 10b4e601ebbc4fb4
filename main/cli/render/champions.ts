import { furtherAxes } from '../../../engine/contract/configuration.ts';
import type { ChampionDto, VacancyDto } from '../../../engine/contract/dto/index.ts';
import { count, decimal, integer, table } from './format.ts';
import { SCORE_HEAD, scoreCells, strategyText, withError } from './scores.ts';

const HEAD = ['Market', 'Regime', 'Model', 'Bars', 'Days', 'Strategy'];
const LUCK = ['p'];
/** A month says little: what it says of drawdown and win rate is left to the details. */
const HOLDOUT = ['Sharpe', 'Trades'];
const NUMBERS = ['Bars', 'Days', ...SCORE_HEAD, ...LUCK];
const GROUPS = [
  { title: '', columns: HEAD.length },
  { title: 'selection window', columns: SCORE_HEAD.length + LUCK.length },
  { title: 'holdout', columns: HOLDOUT.length },
];

/** The champions, and the regimes without one. */
export function championsText(champions: readonly ChampionDto[], vacancies: readonly VacancyDto[]): string {
  if (champions.length + vacancies.length === 0) {
    return 'No champions yet: no model has been trained in this workspace.';
  }
  const tables = [championTable(champions), vacanciesText(vacancies)];
  return tables.filter((text) => text !== '').join('\n\n');
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

/** Selection window on the left, the untouched holdout on the right. */
function championTable(champions: readonly ChampionDto[]): string {
  if (champions.length === 0) return 'No champions: no trained model met the requirements in any regime.';
  const rows = champions.map((c) => [
    `${c.symbol} ${c.timeframe}`,
    c.regime,
    [c.modelType, ...furtherAxes(c).flatMap(({ words }) => words ?? [])].join(', ') +
      mark(c) +
      (c.modelMissing ? ' !' : ''),
    integer(c.horizon),
    integer(c.daysHistory),
    strategyText(c.strategy),
    ...scoreCells(c),
    decimal(c.p, 3),
    withError(c.holdout.sharpe, c.holdout.sharpeError),
    integer(c.holdout.trades),
  ]);
  const lines = [
    table([...HEAD, ...SCORE_HEAD, ...LUCK, ...HOLDOUT], rows, NUMBERS, GROUPS),
    '',
    'Bars: horizon of the model. Days: of history. c: least confidence of a signal. W: lookback window in bars. DD: deepest fall of equity.',
    'Sharpe is annualized over all bars of the window, after spread, slippage, commission and swap, of the strategy alone in the',
    'regime; ± its standard error. The selection window chose these champions, so expect its figures to flatter;',
    'nothing was chosen by the holdout. p: chance that the best of everything tried in the regime is as good without any edge.',
    'Luck: the Sharpe that it reaches then in one of 20 cases; a champion that is not above it may be just that.',
    '',
    luckTable(champions),
  ];
  lines.push(...missingLines(champions));
  for (const { symbol, timeframe, regime, modelType, modelMissing } of champions) {
    if (!modelMissing) continue;
    lines.push(
      `! The model file of the ${modelType} champion of ${symbol} ${timeframe} ${regime} is missing: bring it back from a backup or checkpoint, or train its grid again.`,
    );
  }
  lines.push(...standingLines(champions));
  if (champions.some((c) => c.synthetic)) {
    lines.push('Symbols that begin with DEMO_ are synthetic: no market was ever quoted at these prices.');
  }
  return lines.join('\n');
}

const LUCK_HEAD = ['Market', 'Regime', 'Model'];
const LUCK_NUMBERS = ['p', 'market', 'Luck', 'Deflated', 'PBO', 'P(loss)', 'Needs', 'Has', 'Tries', 'Worth'];

/** What luck alone makes of each champion. */
function luckTable(champions: readonly ChampionDto[]): string {
  const rows = champions.map(({ symbol, timeframe, regime, modelType, p, luck }) => {
    const { overfitting, trackRecord, tries, effectiveTries } = luck;
    return [
      `${symbol} ${timeframe}`,
      regime,
      modelType,
      decimal(p, 3),
      decimal(luck.marketP, 3),
      decimal(luck.sharpe, 1),
      decimal(luck.deflatedSharpe),
      decimal(overfitting?.pbo),
      decimal(overfitting?.lossOutOfSample),
      wholeOf(trackRecord?.needed),
      wholeOf(trackRecord?.bars),
      wholeOf(tries),
      wholeOf(effectiveTries),
    ];
  });
  return [
    table([...LUCK_HEAD, ...LUCK_NUMBERS], rows, LUCK_NUMBERS),
    '',
    'Deflated: chance that the true Sharpe is above what the best of so many tries is expected to reach. PBO: how often the best in one half of',
    'the window is no better than the median in the other, 0.2 to 0.8 without any edge; P(loss): how often it loses there. Needs, Has: bars',
    'for a Sharpe above 0 with 95 %, choosing aside. Tries in regime and window; Worth: so many independent ones.',
  ].join('\n');
}

const wholeOf = (value: number | null | undefined) =>
  value === null || value === undefined ? decimal(null) : integer(Math.round(value));

/** Why figures of luck are dashes, each reason once. */
function missingLines(champions: readonly ChampionDto[]): string[] {
  const where = Map.groupBy(
    champions.filter(({ luck }) => luck.missing !== null),
    ({ luck }) => luck.missing!,
  );
  return [...where].map(([missing, those]) => {
    const scopes = those.map(({ symbol, timeframe, regime }) => `${symbol} ${timeframe} ${regime}`);
    return `– ${[...new Set(scopes)].join(', ')}: ${missing}`;
  });
}

/** Beside the model: its score is not the one that it was chosen with, or is not of today. */
function mark({ stale, outdated, scoredAgain }: ChampionDto): string {
  if (stale !== null) return ' *';
  if (outdated !== null) return ' ~';
  return scoredAgain === null ? '' : ' +';
}

function standingLines(champions: readonly ChampionDto[]): string[] {
  const aside = champions.flatMap(({ symbol, timeframe, regime, modelType, stale }) =>
    stale === null
      ? []
      : [
          `* The ${modelType} champion of ${symbol} ${timeframe} ${regime} stands aside: since it was chosen, ${stale}.`,
        ],
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
