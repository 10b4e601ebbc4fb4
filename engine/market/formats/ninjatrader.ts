import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

/**
 * NinjaTrader's export of minutes, `20240110 120100;1.09500;1.09520;1.09498;1.09512;730`, no header: the layout of HistData, but in UTC, with
 * volume, and stamped with the close of the bar.
 */
export const ninjatrader: TextFormat = {
  kind: 'text',
  name: 'ninjatrader',
  title: 'NinjaTrader export',
  recognize(sample) {
    if (sample.header !== undefined) return { reason: 'NinjaTrader writes no header line' };
    if (sample.delimiter !== ';') return { reason: 'the columns are not separated by semicolons' };
    if (sample.columns !== 6) return { reason: `there are ${sample.columns} columns instead of 6` };
    const fitting = sample.rows.filter(([stamp]) => /^\d{8} \d{6}$/.test(stamp));
    if (fitting.length < sample.rows.length / 2)
      return { reason: 'the rows do not begin with 20240110 120100' };
    const traded = sample.rows.filter((row) => Number(row[5]) > 0).length;
    if (traded <= sample.rows.length / 2)
      return { reason: 'NinjaTrader has volume, and the last column holds none' };
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
