import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';
import { readMinuteRows } from './minute-rows.ts';

/** HistData.com, "Generic ASCII" bars: `20120201 000000;1.306600;1.306600;1.306560;1.306560;0`, no header. */
export const histdata: TextFormat = {
  kind: 'text',
  name: 'histdata',
  title: 'HistData ASCII',
  recognize(sample) {
    const read = readMinuteRows(sample, 'HistData');
    if ('reason' in read) return read;
    if (read.hasVolume) return { reason: 'HistData has no volume, and the last column holds some' };
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
