import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

/**
 * MetaTrader 4, history center export: `2019.12.03,8:00,1.1078,1.1080,1.1075,1.1079,123`, no header, the hour sometimes
 * without its leading zero. The clock is the trading server's.
 */
export const metatrader4: TextFormat = {
  kind: 'text',
  name: 'metatrader4',
  title: 'MetaTrader 4 export',
  recognize(sample) {
    if (sample.header !== undefined) return { reason: 'MetaTrader 4 writes no header line' };
    if (sample.columns !== 7) return { reason: `there are ${sample.columns} columns instead of 7` };
    const fitting = sample.rows.filter(
      ([date, time]) => /^\d{4}\.\d{1,2}\.\d{1,2}$/.test(date) && /^\d{1,2}:\d{2}(:\d{2})?$/.test(time),
    );
    if (fitting.length < sample.rows.length / 2) {
      return { reason: 'the rows do not begin with a date 2019.12.03 and a time 8:00' };
    }
    return { confidence: 0.9, found: layoutFrom(sample, { stamp: [0, 1], prices: [2, 3, 4, 5], volume: 6 }) };
  },
};
