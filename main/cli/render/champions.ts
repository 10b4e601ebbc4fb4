import { furtherAxes } from '../../../engine/contract/configuration.ts';
import type { ChampionDto, VacancyDto } from '../../../engine/contract/dto/index.ts';
import { count, decimal, integer, table } from './format.ts';
import { SCORE_HEAD, scoreCells, scoreGroups, strategyText } from './scores.ts';

const HEAD = ['Market', 'Regime', 'Model', 'Bars', 'Days', 'Strategy'];
const LUCK = 'Luck';
const NUMBERS = ['Bars', 'Days', ...SCORE_HEAD, LUCK];

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
    [c.modelType, ...furtherAxes(c).flatMap(({ words }) => words ?? [])].join(', '),
    integer(c.horizon),
    integer(c.daysHistory),
    strategyText(c.strategy),
    ...scoreCells(c),
    c.luck === null ? '-' : decimal(c.luck.sharpe),
    ...scoreCells(c.holdout),
  ]);
  const lines = [
    table([...HEAD, ...SCORE_HEAD, LUCK, ...SCORE_HEAD], rows, NUMBERS, scoreGroups(HEAD.length, [LUCK])),
    '',
    'Bars: horizon of the model. Days: of history. c: least confidence of a signal. W: lookback window in bars. DD: deepest fall of equity.',
    'Sharpe is annualized, after spread, slippage, commission and swap, on the bars of the regime. The selection window',
    'chose these champions, so expect its figures to flatter; nothing was chosen by the holdout. Luck: the Sharpe that the best',
    'of all tries in the regime is expected to reach without any edge; a champion that is not well above it may be just that.',
  ];
  if (champions.some((c) => c.synthetic)) {
    lines.push('Symbols that begin with DEMO_ are synthetic: no market was ever quoted at these prices.');
  }
  return lines.join('\n');
}
