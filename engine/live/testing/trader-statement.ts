import type { ForwardTradeDto } from '../../contract/dto/index.ts';

/**
 * A statement in which the first of the trades is missing, the others were filled a pip worse 20 seconds after the open, and one is of the
 * trader's own.
 * @param trades on paper, all of them over
 */
export function traderStatement(trades: readonly ForwardTradeDto[]): string {
  const stamp = (time: string, seconds: number) =>
    new Date(Date.parse(time) + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const rows = trades.slice(1).map(({ direction, entryTime, entryPrice, exitTime, exitPrice }, i) => {
    const sign = direction === 'LONG' ? 1 : -1;
    const [entered, left] = [entryPrice + sign * 0.0001, exitPrice! - sign * 0.0001];
    const [opened, closed] = [stamp(entryTime, 20), stamp(exitTime!, 15)];
    const prices = [opened, entered.toFixed(5), closed, left.toFixed(5)];
    const profit = (sign * (left - entered) * 10_000).toFixed(2);
    return [100 + i, 'EURUSD.m', sign > 0 ? 'buy' : 'sell', 0.1, ...prices, -0.7, 0, profit];
  });
  const { exitTime: last, direction } = trades.at(-1)!;
  // Against what the paper holds then.
  const side = direction === 'LONG' ? 'sell' : 'buy';
  const own = [stamp(last!, 1800), '1.13000', stamp(last!, 2400), '1.13100'];
  rows.push([900, 'EURUSD.m', side, 0.1, ...own, -0.7, 0, 10]);
  const columns = 'Position;Symbol;Type;Volume;Time;Price;Time;Price;Commission;Swap;Profit';
  return `${[columns, ...rows.map((row) => row.join(';'))].join('\n')}\n`;
}
