import type { TradeDto, TradesDto } from '../../../engine/contract/dto/index.ts';
import { count, decimal, integer, minute, table } from './format.ts';
import { strategyText } from './scores.ts';
import { statisticsText } from './trade-statistics.ts';

const HEAD = ['No', 'Opened (UTC)', 'Closed (UTC)', 'Side', 'Entry', 'Exit', 'Bars'];
const PIPS = ['Spread', 'Slippage', 'Commission', 'Swap', 'Net', 'Net %', 'MFE', 'MAE'];
const LAST = ['Left by', 'Regime', 'Window'];

export function tradesText(result: TradesDto): string {
  const { trades, strategy, strategyIndex, alone, symbol, timeframe, pip, file } = result;
  const where = alone === null ? 'in all regimes' : `alone in ${alone}`;
  const what = `${count(trades.length, 'trade')} of strategy ${strategyIndex} (${strategyText(strategy)}) on ${symbol} ${timeframe}, ${where}`;
  const looks = result.holdoutLook.hidden === null ? [] : [result.holdoutLook.hidden];
  if (file !== null) return [`${what}, written to ${file}.`, ...looks].join('\n');
  if (trades.length === 0) return [`${what}.`, ...looks].join('\n');
  const digits = Math.max(0, Math.round(-Math.log10(pip)) + 1);
  const rows = trades.map((t) => [
    integer(t.number),
    minute(t.opened),
    minute(t.closed),
    t.side,
    decimal(t.entryPrice, digits),
    decimal(t.exitPrice, digits),
    integer(t.bars),
    ...[t.costs.spread, t.costs.slippage, t.costs.commission, t.costs.swap, t.netPips].map((x) =>
      decimal(x, 1),
    ),
    decimal(t.netPercent, 3),
    decimal(t.mfe, 1),
    decimal(t.mae, 1),
    t.reason,
    t.regime,
    t.holdout ? 'holdout' : 'selection',
  ]);
  return [
    table([...HEAD, ...PIPS, ...LAST], rows, ['No', 'Entry', 'Exit', 'Bars', ...PIPS]),
    ...reachedText(trades),
    ...result.statistics.flatMap(statisticsText),
    `${what}. Costs, net, MFE and MAE (furthest in favor and against) in ${pip === 1 ? 'units of the price' : `pips of ${pip}`}.`,
    ...looks,
  ].join('\n\n');
}

/** Of trades with exits, the share that reached the take-profit. */
function reachedText(trades: readonly TradeDto[]): string[] {
  if (!trades.some(({ reason }) => reason === 'target' || reason === 'stop')) return [];
  const of = (wanted: TradeDto['reason']) => trades.filter(({ reason }) => reason === wanted).length;
  const share = decimal((100 * of('target')) / trades.length, 0);
  return [
    `${share} % reached the take-profit (hit_rate_tp1); ${of('stop')} were stopped, ${of('time')} ran out of time, ${of('reversal')} were turned round.`,
  ];
}
