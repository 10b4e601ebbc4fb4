import { furtherAxes } from '../../../engine/contract/configuration.ts';
import type { ChampionDto, VacancyDto } from '../../../engine/contract/dto/index.ts';
import { count, decimal, integer, table } from './format.ts';
import { SCORE_HEAD, scoreCells, strategyText, withError } from './scores.ts';

const HEAD = ['Market', 'Regime', 'Model', 'Bars', 'Days', 'Strategy'];
const LUCK = 'Luck';
/** A month says little: what it says of drawdown and win rate is left to the details. */
const HOLDOUT = ['Sharpe', 'Trades'];
const NUMBERS = ['Bars', 'Days', ...SCORE_HEAD, LUCK];
const GROUPS = [
  { title: '', columns: HEAD.length },
  { title: 'selection window', columns: SCORE_HEAD.length + 1 },
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
    c.luck === null ? '-' : decimal(c.luck.sharpe),
    withError(c.holdout.sharpe, c.holdout.sharpeError),
    integer(c.holdout.trades),
  ]);
  const lines = [
    table([...HEAD, ...SCORE_HEAD, LUCK, ...HOLDOUT], rows, NUMBERS, GROUPS),
    '',
    'Bars: horizon of the model. Days: of history. c: least confidence of a signal. W: lookback window in bars. DD: deepest fall of equity.',
    'Sharpe is annualized over all bars of the window, after spread, slippage, commission and swap, of the strategy alone in the',
    'regime; ± its standard error. The selection window chose these champions, so expect its figures to flatter;',
    'nothing was chosen by the holdout. Luck: the Sharpe that the best of all tries in the regime is expected to reach without',
    'any edge; a champion that is not well above it may be just that.',
  ];
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
