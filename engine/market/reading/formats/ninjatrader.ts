import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';
import { readMinuteRows } from './minute-rows.ts';

/**
 * NinjaTrader's export of minutes, `20240110 120100;1.09500;1.09520;1.09498;1.09512;730`, no header: the layout of HistData, but in UTC, with
 * volume, and stamped with the close of the bar.
 */
export const ninjatrader: TextFormat = {
  kind: 'text',
  name: 'ninjatrader',
  title: 'NinjaTrader export',
  recognize(sample) {
    const read = readMinuteRows(sample, 'NinjaTrader');
    if ('reason' in read) return read;
    if (!read.hasVolume) return { reason: 'NinjaTrader has volume, and the last column holds none' };
    return {
      confidence: 0.95,
      found: layoutFrom(sample, {
        stamp: [0],
        prices: [1, 2, 3, 4],
        volume: 5,
        hints: {
          timezone: 'UTC',
          stamp: 'close',
          notes: [
            'Stamps are read as closing times in UTC, as NinjaTrader writes them. HistData writes the same columns without volume, in New ' +
              'York time, with opening times: set time zone and stamp if the file is from there.',
          ],
        },
      }),
    };
  },
};
