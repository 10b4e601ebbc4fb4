import type { MoneyDto } from '../../../engine/contract/dto/index.ts';
import { count, decimal, integer, minute, percent, table } from './format.ts';

const MOST_TRADES = 20;

/** What an account would have made of a run's trades. */
export function moneyText(dto: MoneyDto): string {
  const { symbol, timeframe, account, currency, lots, risk, rate, windows } = dto;
  const size =
    lots === null ? `${decimal(risk)} % of the account at the stop of each trade` : `${lots} lots a trade`;
  const head = `${symbol} ${timeframe}, ${integer(account)} ${currency}, ${size}. ${rate}`;
  const rows = windows.map(({ window, trades, net, balance, mean, worst, drawdown }) => [
    window,
    integer(trades.length),
    decimal(net),
    decimal(balance),
    decimal(mean),
    decimal(worst),
    `${decimal(drawdown.money)} (${percent(drawdown.share)})`,
  ]);
  const columns = ['Net', 'Balance', 'Mean', 'Worst', 'Drawdown'].map((title) => `${title}, ${currency}`);
  const notes = windows.flatMap(({ window, unmade }) =>
    unmade === 0 ? [] : [`Nothing was left for ${count(unmade, 'trade')} of the ${window} window.`],
  );
  const all = windows.flatMap(({ trades }) => trades);
  const list = all
    .slice(-MOST_TRADES)
    .map((one) => [
      String(one.number),
      minute(one.closed),
      decimal(one.lots, 2),
      decimal(one.money),
      decimal(one.balance),
    ]);
  return [
    head,
    '',
    table(['Window', 'Trades', ...columns], rows, ['Trades', ...columns]),
    ...notes,
    '',
    ...(all.length > MOST_TRADES ? [`The last ${MOST_TRADES} of ${count(all.length, 'trade')}:`] : []),
    table(['Trade', 'Left', 'Lots', 'Money', 'Balance'], list, ['Trade', 'Lots', 'Money', 'Balance']),
    '',
    'Net of spread, slippage, commission and swap as they were charged; lots are not rounded to what a broker takes, and no margin is looked at.',
  ].join('\n');
}
