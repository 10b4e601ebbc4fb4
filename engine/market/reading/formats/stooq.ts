import { readTimeframe } from '../../../contract/timeframe.ts';
import { columnFor, priceColumns } from './column-names.ts';
import type { SeriesHints, TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';
import type { Cells } from './sample.ts';
import { isStamp } from './stamp-look.ts';

const HEADERS = [
  /^Date(,Time)?,Open,High,Low,Close(,Volume)?$/,
  /^Data(,Czas)?,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie(,Wolumen)?$/,
  /^<TICKER>,<PER>,<DATE>(,<TIME>)?,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>(,<OPENINT>)?$/,
];

/** Stooq.com: its English and its Polish page write different headers; the database download has a third. */
export const stooq: TextFormat = {
  kind: 'text',
  name: 'stooq',
  title: 'Stooq history',
  recognize(sample) {
    const { header, rows } = sample;
    if (header === undefined) return { reason: 'there is no header line' };
    const names = header.map((name) => name.normalize('NFD').replace(/\p{M}/gu, ''));
    if (!HEADERS.some((pattern) => pattern.test(names.join()))) {
      return {
        reason: 'the header is not Date,Open,High,Low,Close or Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie',
      };
    }
    const bulk = names[0] === '<TICKER>';
    const [first] = rows;
    const date = bulk ? 2 : 0;
    if (rows.filter((row) => isStamp(row[date], 'dmy')).length < rows.length / 2) {
      return { reason: 'the stamps are not dates' };
    }
    const hasClock = /^(<?TIME>?|Czas)$/i.test(names[date + 1] ?? '');
    return {
      // The English header is a common one; the database download is unmistakable.
      confidence: bulk ? 0.95 : 0.8,
      found: layoutFrom(sample, {
        stamp: hasClock ? [date, date + 1] : [date],
        prices: priceColumns(names) as [number, number, number, number],
        volume: columnFor('volume', names),
        marks: bulk ? { symbol: 0, timeframe: 1 } : undefined,
        hints: bulk && first !== undefined ? { ...bulkSeries(first), notes: [] } : { notes: [] },
      }),
    };
  },
};

/** `<TICKER>` and `<PER>`: minutes, or D. */
function bulkSeries([ticker, period]: Cells): Pick<SeriesHints, 'symbol' | 'timeframe'> {
  return { symbol: ticker, timeframe: readTimeframe(/^\d+$/.test(period) ? `${period}m` : period) };
}
