import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

/**
 * QuantConnect LEAN quote bars, hourly and daily, as they lie in its zips: `20070101 21:00`, then open, high, low, close and
 * last size of the bid, and the same of the ask; no header. Mid prices are made of both, the spread is ask - bid at
 * the close.
 */
export const lean: TextFormat = {
  kind: 'text',
  name: 'lean-zip',
  title: 'QuantConnect LEAN quote bars',
  recognize(sample) {
    if (sample.header !== undefined) return { reason: 'LEAN writes no header line' };
    if (sample.columns !== 11) return { reason: `there are ${sample.columns} columns instead of 11` };
    const fitting = sample.rows.filter(([stamp]) => /^\d{8} \d{2}:\d{2}$/.test(stamp));
    if (fitting.length < sample.rows.length / 2)
      return { reason: 'the rows do not begin with 20070101 21:00' };
    return {
      confidence: 0.95,
      found: layoutFrom(sample, {
        stamp: [0],
        prices: [1, 2, 3, 4],
        ask: [6, 7, 8, 9],
        hints: { timezone: 'UTC', notes: [] },
      }),
    };
  },
};
