import { columnFor, columnsFor, plainName, priceColumns } from './column-names.ts';
import type { PriceColumns, Recognition, TableLayout, TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';
import { markColumns } from './row-marks.ts';
import { type Cells, FEWEST_COLUMNS, type TextSample } from './sample.ts';
import { isBareDate, isStamp, isTimeOfDay } from './stamp-cell.ts';

/** Any table with a stamp and four prices: by the names in its header, or without one by what its columns look like. */
export const genericCsv: TextFormat = {
  kind: 'text',
  name: 'generic-csv',
  title: 'CSV',
  recognize(sample) {
    return sample.header === undefined ? byColumns(sample) : byHeader(sample, sample.header);
  },
};

function byHeader(sample: TextSample, header: readonly string[]): Recognition<TableLayout> {
  const bid = priceColumns(header, 'bid');
  const ask = priceColumns(header, 'ask');
  const prices = priceColumns(header) ?? bid;
  if (prices === undefined) return { reason: 'open, high, low or close is missing in the header' };
  const stamp = stampColumns(sample, header);
  if (stamp === undefined) return { reason: 'no column is named like a time or a date' };
  const twoSided = prices === bid && ask !== undefined;
  const utc = /\b(utc|gmt)\b/i.test((header[stamp[0]] ?? '').replaceAll('_', ' '));
  return {
    confidence: 0.5,
    found: layoutFrom(sample, {
      stamp,
      prices,
      ask: twoSided ? ask : undefined,
      volume: columnFor('volume', header),
      spread: twoSided ? undefined : columnFor('spread', header),
      spreadUnit: twoSided ? 'price' : 'guess',
      marks: markColumns(header),
      hints: { timezone: utc ? 'UTC' : undefined, stamp: isClosingTime(header[stamp[0]]), notes: [] },
    }),
  };
}

function isClosingTime(name = ''): 'close' | undefined {
  return /^(close|end)time$/.test(plainName(name)) ? 'close' : undefined;
}

/** The stamp's column, or those of date and time of day, judged by name and by content. */
function stampColumns(sample: TextSample, header: readonly string[]): TableLayout['stamp'] | undefined {
  const { rows, dateOrder } = sample;
  const most = (column: number, test: (cell: string) => boolean) =>
    rows.filter((row) => test(row[column] ?? '')).length >= rows.length / 2;
  const candidates = columnsFor('stamp', header).filter((column) =>
    most(column, (c) => isStamp(c, dateOrder)),
  );
  const full = candidates.find((column) => rows.length > 0 && !most(column, (c) => isBareDate(c, dateOrder)));
  if (full !== undefined) return [full];
  // Where no row holds a stamp the name decides: the rows are then reported one by one.
  const date = candidates[0] ?? columnFor('stamp', header);
  if (date === undefined) return undefined;
  const clock = columnsFor('clock', header).find((column) => column !== date && most(column, isTimeOfDay));
  return clock === undefined ? [date] : [date, clock];
}

function byColumns(sample: TextSample): Recognition<TableLayout> {
  const { rows, dateOrder } = sample;
  const most = (test: (row: Cells) => boolean) => rows.filter(test).length > rows.length / 2;
  if (!most((row) => isStamp(row[0], dateOrder))) {
    return { reason: 'there is no header, and the rows do not begin with a time stamp' };
  }
  const split = most((row) => isBareDate(row[0], dateOrder) && isTimeOfDay(row[1]) && !row[1].includes('.'));
  const first = split ? 2 : 1;
  const prices: PriceColumns = [first, first + 1, first + 2, first + 3];
  if (sample.columns < FEWEST_COLUMNS + first - 1) return { reason: 'there are too few columns' };
  const number = (cell = '') => Number((sample.decimalComma ? cell.replace(',', '.') : cell) || Number.NaN);
  const ordered = (row: Cells) => {
    const open = number(row[first]);
    const high = number(row[first + 1]);
    const low = number(row[first + 2]);
    const close = number(row[first + 3]);
    return high >= Math.max(open, close) && low <= Math.min(open, close) && low > 0;
  };
  if (!most(ordered))
    return { reason: 'there is no header, and the columns do not read as open, high, low, close' };
  return {
    confidence: 0.3,
    found: layoutFrom(sample, {
      stamp: split ? [0, 1] : [0],
      prices,
      volume: sample.columns > first + 4 ? first + 4 : undefined,
      hints: {
        notes: ['There is no header: the columns are taken as open, high, low, close.'],
      },
    }),
  };
}
