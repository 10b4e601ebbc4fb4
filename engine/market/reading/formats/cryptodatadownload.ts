import { plainName, priceColumns } from './column-names.ts';
import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';
import { markColumns } from './row-marks.ts';
import { volumeColumn } from './volume-column.ts';

/**
 * CryptoDataDownload: an address in the first line, then `unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT`, newest first; the
 * seconds of some rows are milliseconds in others.
 */
export const cryptoDataDownload: TextFormat = {
  kind: 'text',
  name: 'cryptodatadownload',
  title: 'CryptoDataDownload',
  recognize(sample) {
    const { header } = sample;
    if (header === undefined) return { reason: 'there is no header line' };
    const names = header.map(plainName);
    const [unix, symbol] = [
      names.findIndex((name) => /^unix(timestamp)?$/.test(name)),
      names.indexOf('symbol'),
    ];
    if (unix < 0 || symbol < 0 || !names.includes('date'))
      return { reason: 'there are no columns unix, date and symbol' };
    const prices = priceColumns(header);
    if (prices === undefined) return { reason: 'open, high, low or close is missing in the header' };
    const fitting = sample.rows.filter((row) => /^\d{10}(\d{3})?(\.0+)?$/.test(row[unix] ?? ''));
    if (fitting.length < sample.rows.length / 2)
      return { reason: 'the column unix does not hold seconds or milliseconds' };
    const volume = volumeColumn(sample, header, symbol);
    return {
      confidence: 0.9,
      found: layoutFrom(sample, {
        stamp: [unix],
        prices,
        volume: volume.column,
        marks: markColumns(header),
        hints: { timezone: 'UTC', notes: volume.note === undefined ? [] : [volume.note] },
      }),
    };
  },
};
