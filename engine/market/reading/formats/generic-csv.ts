import { marketKind } from '../../instruments/kind.ts';
import { marketOfName } from '../../instruments/symbol-names.ts';
import { columnFor, priceColumns } from './column-names.ts';
import type { PriceColumns, Recognition, TableLayout, TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';
import { markColumns } from './row-marks.ts';
import { type Cells, FEWEST_COLUMNS, type TextSample } from './sample.ts';
import { opensLater, stampColumns } from './stamp-columns.ts';
import { isBareDate, isEpoch, isStamp, isTimeOfDay } from './stamp-look.ts';
import { volumeColumn } from './volume-column.ts';

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
  // Mid prices that stand beside both sides are made of them.
  const twoSided = bid !== undefined && ask !== undefined;
  const prices = twoSided ? bid : (priceColumns(header) ?? bid ?? ask);
  if (prices === undefined) return { reason: withoutPrices(header) };
  const stamps = stampColumns(sample, header);
  if (stamps === undefined) return { reason: 'no column is named like a time or a date' };
  const { stamp, isClosing, note } = stamps;
  const name = header[stamp[0]] ?? '';
  const utc = /\b(utc|gmt)\b/i.test(name.replaceAll('_', ' '));
  const marks = markColumns(header);
  const volume = volumeColumn(sample, header, marks.symbol);
  return {
    confidence: 0.5,
    found: layoutFrom(sample, {
      stamp,
      prices,
      ask: twoSided ? ask : undefined,
      volume: volume.column,
      spread: twoSided ? undefined : columnFor('spread', header),
      spreadUnit: twoSided ? 'price' : 'guess',
      marks,
      hints: {
        timezone: utc ? 'UTC' : undefined,
        stamp: isClosing ? 'close' : undefined,
        notes: [note, volume.note, prices === ask ? ONLY_ASK : undefined].filter(
          (text) => text !== undefined,
        ),
      },
    }),
  };
}

/** Tables of closes, one column each, are common; no bar can be made of them. */
function withoutPrices(header: readonly string[]): string {
  const markets = header.filter((name) => marketKind(marketOfName(name)) !== 'other');
  return markets.length < 2
    ? 'open, high, low or close is missing in the header'
    : `there is a single price of each of ${markets.slice(0, 5).join(', ')}: a bar has open, high, low and close`;
}

const ONLY_ASK = 'The file has prices of the ask side alone: they are taken as they are.';

/** What the first columns of a table without a header hold, and where its prices begin. */
interface LeadingColumns {
  readonly symbol?: number;
  readonly stamp: TableLayout['stamp'];
  readonly first: number;
  readonly note?: string;
}

function byColumns(sample: TextSample): Recognition<TableLayout> {
  const { rows } = sample;
  const most = (test: (row: Cells) => boolean) => rows.filter(test).length > rows.length / 2;
  const leading = leadingColumns(sample, most);
  if (leading === undefined) {
    return { reason: 'there is no header, and the rows do not begin with a time stamp' };
  }
  const { stamp, first, symbol, note } = leading;
  const prices: PriceColumns = [first, first + 1, first + 2, first + 3];
  if (sample.columns < FEWEST_COLUMNS + first - 1) return { reason: 'there are too few columns' };
  const number = (cell = '') =>
    Number((sample.decimalComma ? cell.replace(',', '.') : cell.replaceAll(',', '')) || Number.NaN);
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
      stamp,
      prices,
      volume: volumeBehind(sample, first),
      marks: symbol === undefined ? undefined : { symbol },
      hints: {
        notes: [
          'There is no header: the columns are taken as open, high, low, close.',
          ...(note === undefined ? [] : [note]),
        ],
      },
    }),
  };
}

/** The column behind the prices; or the one after it where that holds one more price, such as a mean of them. */
function volumeBehind({ rows, columns }: TextSample, first: number): number | undefined {
  const number = (cell = '') => Number(cell || Number.NaN);
  const isPrice = (row: Cells) =>
    number(row[first + 4]) >= number(row[first + 2]) && number(row[first + 4]) <= number(row[first + 1]);
  const volume = rows.filter(isPrice).length > rows.length * 0.9 ? first + 5 : first + 4;
  return columns > volume ? volume : undefined;
}

function leadingColumns(
  sample: TextSample,
  most: (test: (row: Cells) => boolean) => boolean,
): LeadingColumns | undefined {
  const { dateOrder } = sample;
  const stamped = (column: number) => most((row) => isStamp(row[column] ?? '', dateOrder));
  const named = most((row) => /^[A-Z][\w./=-]{2,20}$/i.test(row[0]) && !isStamp(row[0], dateOrder));
  const at = named && stamped(1) ? 1 : 0;
  if (!stamped(at)) return undefined;
  const symbol = at === 1 ? { symbol: 0 } : {};
  const isDate = most((row) => isBareDate(row[at] ?? '', dateOrder));
  const clock = (cell = '') => isTimeOfDay(cell) && !/^\d+[.,]\d/.test(cell);
  if (isDate && most((row) => clock(row[at + 1]))) return { ...symbol, stamp: [at, at + 1], first: at + 2 };
  const isSecond = most(
    ({ [at + 1]: cell = '' }) => isStamp(cell, dateOrder) && (cell.includes(':') || isEpoch(cell)),
  );
  if (!isSecond) return { ...symbol, stamp: [at], first: at + 1 };
  const isLater = opensLater(sample, at, at + 1);
  return {
    ...symbol,
    stamp: [isLater ? at + 1 : at],
    first: at + 2,
    note: `The rows have two stamps: the ${isLater ? 'second' : 'first'}, the earlier one, is taken as the opening time.`,
  };
}
