import { columnFor, plainName, priceColumns } from './column-names.ts';
import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

/**
 * Dukascopy's web export: `01.01.2017 22:00:00.000,1.05236,…` under `Time`, `Gmt time` (both UTC) or `Local time`, whose
 * stamps carry their offset (`GMT+0100`).
 */
export const dukascopy: TextFormat = {
  kind: 'text',
  name: 'dukascopy',
  title: 'Dukascopy web export',
  recognize(sample) {
    const { header } = sample;
    if (header === undefined) return { reason: 'there is no header line' };
    const clock = plainName(header[0]);
    if (!['time', 'gmttime', 'localtime'].includes(clock) || header[0].includes('(')) {
      return { reason: 'the first column is not Time, Gmt time or Local time' };
    }
    const prices = priceColumns(header);
    if (prices === undefined) return { reason: 'open, high, low or close is missing in the header' };
    const fitting = sample.rows.filter(([stamp]) => /^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d\.\d{3}/.test(stamp));
    if (fitting.length < sample.rows.length / 2 || (sample.rows.length === 0 && clock === 'time')) {
      return { reason: 'the stamps are not written 01.01.2017 22:00:00.000' };
    }
    return {
      confidence: 0.95,
      found: layoutFrom(sample, {
        stamp: [0],
        dateOrder: 'dmy',
        prices,
        volume: columnFor('volume', header),
        hints: clock === 'localtime' ? { notes: [] } : { timezone: 'UTC', notes: [] },
      }),
    };
  },
};
