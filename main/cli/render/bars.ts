import type { BarsDto } from '../../../engine/contract/dto/index.ts';
import { count, integer, minute, table } from './format.ts';

/** Bars one under the other, newest last. Prices are written as they are stored. */
export function barsText({ symbol, timeframe, total, earlier, regimes, ...bars }: BarsDto): string {
  const prices = ['Open', 'High', 'Low', 'Close'];
  const rows = bars.time.map((time, i) => [
    minute(new Date(time).toISOString()),
    ...[bars.open, bars.high, bars.low, bars.close].map((values) => String(values[i])),
    regimes[bars.regime[i]!] ?? '',
  ]);
  const what = `${count(rows.length, 'bar')} of ${integer(total)} of ${symbol} ${timeframe}`;
  if (rows.length === 0) return `${what}.`;
  const more =
    earlier === 0
      ? 'Nothing comes before.'
      : `${count(earlier, 'bar')} before: --before ${bars.time[0]} shows the next.`;
  return [table(['Time (UTC)', ...prices, 'Regime'], rows, prices), `${what}. ${more}`].join('\n\n');
}
