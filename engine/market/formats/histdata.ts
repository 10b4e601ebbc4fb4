import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

/** HistData.com, "Generic ASCII" bars: `20120201 000000;1.306600;1.306600;1.306560;1.306560;0`, no header. */
export const histdata: TextFormat = {
  kind: 'text',
  name: 'histdata',
  title: 'HistData ASCII',
  recognize(sample) {
    if (sample.header !== undefined) return { reason: 'HistData writes no header line' };
    if (sample.delimiter !== ';') return { reason: 'the columns are not separated by semicolons' };
    if (sample.columns !== 6) return { reason: `there are ${sample.columns} columns instead of 6` };
    const fitting = sample.rows.filter(([stamp]) => /^\d{8} \d{6}$/.test(stamp));
    if (fitting.length < sample.rows.length / 2)
      return { reason: 'the rows do not begin with 20120201 000000' };
    const traded = sample.rows.filter((row) => Number(row[5]) > 0).length;
    if (traded > sample.rows.length / 2)
      return { reason: 'HistData has no volume, and the last column holds some' };
    return {
      confidence: 0.95,
      found: layoutFrom(sample, {
        stamp: [0],
        prices: [1, 2, 3, 4],
        volume: 5,
        hints: {
          timezone: 'America/New_York',
          notes: [
            'HistData stamps are read as New York time with daylight saving. If the report shows weekend bars in ' +
              'summer, the file is in EST all year: set its time zone to -05:00.',
          ],
        },
      }),
    };
  },
};
