import { plainName, priceColumns } from './column-names.ts';
import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'tickvolume', 'spread', 'realvolume'];

/**
 * What the Python module of MetaTrader 5 returns from `copy_rates_from` and its like, saved by pandas: `time,open,high,low,close,tick_volume,
 * spread,real_volume`, perhaps behind the numbers of rows. Its seconds look like UTC and are the clock of the trading server: they are read
 * as what that clock shows, in a zone that the file does not name.
 */
export const metatrader5Python: TextFormat = {
  kind: 'text',
  name: 'metatrader5-python',
  title: 'MetaTrader 5, Python',
  recognize(sample) {
    const { header } = sample;
    if (header === undefined) return { reason: 'there is no header line' };
    const names = header.map(plainName);
    const at = names.indexOf('time');
    if (at < 0 || at > 1 || names.slice(at).join() !== COLUMNS.join()) {
      return { reason: `the columns are not ${COLUMNS.join(', ')}` };
    }
    const prices = priceColumns(header);
    if (prices === undefined) return { reason: 'open, high, low or close is missing in the header' };
    return {
      confidence: 0.95,
      found: layoutFrom(sample, {
        stamp: [at],
        isOffsetFalse: true,
        prices,
        volume: names.indexOf('tickvolume'),
        spread: names.indexOf('spread'),
        spreadUnit: 'points',
      }),
    };
  },
};
