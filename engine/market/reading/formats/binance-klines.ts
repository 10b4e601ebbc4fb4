import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

/**
 * Binance public data, klines: 12 columns, the first and the seventh the opening and closing time in epoch milliseconds,
 * since 2025 microseconds; futures files have a header, spot files have none.
 */
export const binanceKlines: TextFormat = {
  kind: 'text',
  name: 'binance-klines',
  title: 'Binance klines',
  recognize(sample) {
    if (sample.columns !== 12) return { reason: `there are ${sample.columns} columns instead of 12` };
    if (sample.header !== undefined && !/^open[ _]?time$/i.test(sample.header[0])) {
      return { reason: 'the first column is not open_time' };
    }
    const epoch = /^\d{13}(\d{3})?$/;
    const fitting = sample.rows.filter((row) => epoch.test(row[0]) && epoch.test(row[6] ?? ''));
    if (fitting.length < sample.rows.length / 2) {
      return { reason: 'columns 1 and 7 are not epoch milliseconds or microseconds' };
    }
    return {
      confidence: 0.95,
      found: layoutFrom(sample, {
        stamp: [0],
        prices: [1, 2, 3, 4],
        volume: 5,
        hints: { timezone: 'UTC', notes: [] },
      }),
    };
  },
};
