import type { VersionDto } from '../../contract/dto/index.ts';
import { decimalText, percentText } from '../../contract/number-text.ts';

/** How figures are written in reports. */

export const DASH = '–';
export const known = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);
export const percent = (value: number | null | undefined, digits = 1) =>
  known(value) ? percentText(value, digits) : DASH;
export const decimal = (value: number | null | undefined, digits = 2) =>
  known(value) ? decimalText(value, digits) : DASH;
export const sharpe = (value: number | null, error: number | null) =>
  known(value) && known(error) ? `${decimal(value, 1)} ± ${decimal(error, 1)}` : decimal(value, 1);

type Figures = VersionDto['figures'];

/** Titles in the order that they are shown in; those of a figure with a standard error take it along. */
const FIGURES: readonly (readonly [title: string, text: (of: Figures) => string, ...names: string[]])[] = [
  ['Sharpe ratio', (of) => sharpe(of.sharpe ?? null, of.sharpeError ?? null), 'sharpe', 'sharpeError'],
  ['Sortino ratio', ({ sortino }) => decimal(sortino), 'sortino'],
  ['Calmar ratio', ({ calmar }) => decimal(calmar), 'calmar'],
  ['Return', ({ totalReturn }) => percent(totalReturn), 'totalReturn'],
  ['ROI, of what trades staked', ({ roi }) => percent(roi), 'roi'],
  ['Max drawdown', ({ maxDrawdown }) => percent(maxDrawdown), 'maxDrawdown'],
  ['Trades', ({ trades }) => decimal(trades, 0), 'trades'],
  ['Win rate', ({ winRate }) => percent(winRate), 'winRate'],
  ['Profit factor', ({ profitFactor }) => decimal(profitFactor), 'profitFactor'],
  ['Expectancy of a trade', ({ expectancy }) => percent(expectancy, 3), 'expectancy'],
  ['Average win', ({ averageWin }) => percent(averageWin, 3), 'averageWin'],
  ['Average loss', ({ averageLoss }) => percent(averageLoss, 3), 'averageLoss'],
  ['Longest losing streak', (of) => decimal(of.longestLosingStreak, 0), 'longestLosingStreak'],
  ['Share of bars with a position', ({ exposure }) => percent(exposure), 'exposure'],
  ['Composite score', ({ composite }) => decimal(composite), 'composite'],
];

/** Figures under their titles; one without a title here under its name. */
export function figureFacts(figures: Figures): string[][] {
  const shown = FIGURES.filter(([, , ...names]) => names.some((name) => name in figures));
  const named = new Set([...FIGURES.flatMap(([, , ...names]) => names), ...LEFT_OUT]);
  return [
    ...shown.map(([title, text]) => [title, text(figures)]),
    ...Object.entries(figures)
      .filter(([name]) => !named.has(name))
      .map(([name, value]) => [
        name,
        known(value) ? String(Number(value.toPrecision(4))).replace('-', '−') : DASH,
      ]),
  ];
}

/** Parts of the composite score, and a stake that nobody is told to take by a report. */
const LEFT_OUT = [
  'scoreResult',
  'scoreStake',
  'scoreProfit',
  'scoreWins',
  'scoreRunUp',
  'kelly',
  'kellyError',
];
