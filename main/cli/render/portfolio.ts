import type { PortfolioDto } from '../../../engine/contract/dto/index.ts';
import { count, decimal, integer, minute, percent, table } from './format.ts';

const FIGURES = ['Days', 'Trades', 'Return', 'Max drawdown'];

/** Who trades, what each came to, how alike they are, and all of it together. */
export function portfolioText(result: PortfolioDto): string {
  const { window, members, correlations, markets, curve, cap, exposures, notes } = result;
  if (members.length === 0) {
    return ['There is nobody yet whose trades could be put together: train a grid first.', ...notes].join(
      '\n',
    );
  }
  const rows = members.map((one, i) => [
    integer(i + 1),
    one.name,
    one.kind,
    `${one.from} to ${one.to}`,
    integer(one.days),
    one.trades === null ? '–' : integer(one.trades),
    percent(one.totalReturn),
    percent(one.maxDrawdown),
  ]);
  const numbers = members.map((_, i) => integer(i + 1));
  const alike = correlations.map((row, i) => [numbers[i]!, ...row.map((r) => decimal(r, 2))]);
  const blocks = [
    table(['No', 'Name', 'What', 'On', ...FIGURES], rows, ['No', ...FIGURES]),
    `Correlation of daily results:\n${table(['No', ...numbers], alike, ['No', ...numbers])}`,
  ];
  if (curve !== null) {
    const own = ['Trades', 'Return', 'Max drawdown', 'Buy and hold'];
    const all = markets.map((one) => [
      `${one.symbol} ${one.timeframe}`,
      one.regimes.join(', '),
      integer(one.trades),
      percent(one.totalReturn),
      percent(one.maxDrawdown),
      percent(one.buyAndHold),
    ]);
    blocks.push(
      `Each market with one position, its champions relieving each other by regime:\n${table(['Market', 'Regimes', ...own], all, own)}`,
      `${count(markets.length, 'market')} together, the same share of capital each, ${curve.days[0]} to ${curve.days.at(-1)}: ${percent(result.totalReturn)} after costs, flat 0 %, buy and hold ${percent(result.buyAndHold)} without costs. Deepest joint drawdown ${percent(result.jointDrawdown)}, mean of the markets' own ${percent(result.meanDrawdown)}.`,
    );
  }
  if (exposures.length > 0) {
    const head = ['Mean', 'Mean size', 'Most', `Above ${cap}`];
    const each = exposures.map((one) => [
      one.currency,
      decimal(one.mean, 2),
      decimal(one.meanSize, 2),
      decimal(one.most, 0),
      percent(one.overCap),
      minute(one.mostAt),
    ]);
    blocks.push(
      `Exposure by currency, in positions (cap ${cap}):\n${table(['Currency', ...head, 'Most at (UTC)'], each, head)}`,
    );
  }
  if (window === 'selection') {
    blocks.push(
      'Champions were chosen on this window: together they look better on it than they are. Versions stand with the test windows of their gates.',
    );
  }
  return [...blocks, ...(notes.length === 0 ? [] : [notes.join('\n')])].join('\n\n');
}
