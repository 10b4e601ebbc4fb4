import { columnFor, plainName, priceColumns } from './column-names.ts';
import type { PriceColumns, Recognition, TableLayout, TextFormat, TickColumns } from './format.ts';
import { layoutFrom } from './layout.ts';
import { markColumns } from './row-marks.ts';
import type { TextSample } from './sample.ts';
import { stampColumns } from './stamp-columns.ts';
import { isEpoch, isStamp } from './stamp-look.ts';

/** Rows of ticks have none. */
const NO_PRICES: PriceColumns = [0, 0, 0, 0];

type Meaning = Parameters<typeof layoutFrom>[1];

export function tickLayout(
  sample: TextSample,
  ticks: TickColumns,
  rest: Omit<Meaning, 'ticks' | 'prices'>,
): TableLayout {
  return layoutFrom(sample, { ...rest, ticks, prices: NO_PRICES });
}

/** MetaTrader 5, "Export ticks": tabs, `<DATE> <TIME> <BID> <ASK> <LAST> <VOLUME> <FLAGS>`; an empty cell has not changed. The server's clock. */
export const metatrader5Ticks: TextFormat = {
  kind: 'text',
  name: 'metatrader5-ticks',
  title: 'MetaTrader 5 ticks',
  recognize(sample) {
    const names = sample.header?.map((name) => name.replace(/^<(.*)>$/, '$1').toUpperCase()) ?? [];
    const at = (name: string) => names.indexOf(name);
    if (names.slice(0, 4).join() !== 'DATE,TIME,BID,ASK')
      return { reason: 'the columns are not <DATE>, <TIME>, <BID>, <ASK>' };
    return {
      confidence: 0.95,
      found: tickLayout(sample, { bid: at('BID'), ask: at('ASK') }, { stamp: [0, 1] }),
    };
  },
};

/** Dukascopy's ticks: `01.01.2024 22:00:03.221,1.10468,1.10427,0.9,1.2` under `Gmt time,Ask,Bid,AskVolume,BidVolume`. */
export const dukascopyTicks: TextFormat = {
  kind: 'text',
  name: 'dukascopy-ticks',
  title: 'Dukascopy ticks',
  recognize(sample) {
    const names = sample.header?.map(plainName) ?? [];
    const clock = names[0] ?? '';
    if (
      !['time', 'gmttime', 'localtime', 'timeeet', 'timeutc'].includes(clock) ||
      !names.includes('askvolume')
    ) {
      return { reason: 'the columns are not Gmt time, Ask, Bid, AskVolume, BidVolume' };
    }
    const fitting = sample.rows.filter(([stamp]) => /^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d\.\d{3}/.test(stamp));
    if (fitting.length < sample.rows.length / 2)
      return { reason: 'the stamps are not written 01.01.2017 22:00:00.000' };
    return {
      confidence: 0.95,
      found: tickLayout(
        sample,
        { bid: names.indexOf('bid'), ask: names.indexOf('ask') },
        {
          stamp: [0],
          dateOrder: 'dmy',
          hints: clock === 'localtime' ? { notes: [] } : { timezone: 'UTC', notes: [] },
        },
      ),
    };
  },
};

/** TrueFX: `EUR/USD,20240101 22:00:03.221,1.10427,1.10468`, no header; times are UTC. */
export const trueFx: TextFormat = {
  kind: 'text',
  name: 'truefx',
  title: 'TrueFX ticks',
  recognize(sample) {
    if (sample.header !== undefined) return { reason: 'TrueFX writes no header line' };
    const fitting = sample.rows.filter(
      ([symbol, stamp]) => /^[A-Z]{3}\/[A-Z]{3}$/.test(symbol) && /^\d{8} \d\d:\d\d:\d\d\.\d{3}$/.test(stamp),
    );
    if (sample.columns !== 4 || fitting.length < sample.rows.length / 2) {
      return { reason: 'the rows do not begin with EUR/USD,20240101 22:00:03.221' };
    }
    return {
      confidence: 0.95,
      found: tickLayout(
        sample,
        { bid: 2, ask: 3 },
        { stamp: [1], marks: { symbol: 0 }, hints: { timezone: 'UTC', notes: [] } },
      ),
    };
  },
};

/** HistData.com, "Generic ASCII" ticks: `20120201 000003660,1.306600,1.306770,0`, no header. */
export const histdataTicks: TextFormat = {
  kind: 'text',
  name: 'histdata-ticks',
  title: 'HistData ticks',
  recognize(sample) {
    if (sample.header !== undefined) return { reason: 'HistData writes no header line' };
    const fitting = sample.rows.filter(([stamp]) => /^\d{8} \d{9}$/.test(stamp));
    if (sample.columns !== 4 || fitting.length < sample.rows.length / 2) {
      return { reason: 'the rows do not begin with 20120201 000003660' };
    }
    return {
      confidence: 0.95,
      found: tickLayout(
        sample,
        { bid: 1, ask: 2 },
        {
          stamp: [0],
          hints: {
            timezone: 'America/New_York',
            notes: [
              'HistData stamps are read as New York time with daylight saving. If the report shows weekend bars in summer, the file is in EST ' +
                'all year: set its time zone to -05:00.',
            ],
          },
        },
      ),
    };
  },
};

/** Ticks of any table: of bid and ask, or of price and amount; by the names in its header, or without one by what its columns look like. */
export const ticks: TextFormat = {
  kind: 'text',
  name: 'ticks',
  title: 'Ticks',
  recognize(sample) {
    return sample.header === undefined ? byColumns(sample) : byHeader(sample, sample.header);
  },
};

function byHeader(sample: TextSample, header: readonly string[]): Recognition<TableLayout> {
  if (priceColumns(header) !== undefined || priceColumns(header, 'bid') !== undefined) {
    return { reason: 'its rows are bars' };
  }
  const [bid, ask] = [columnFor('bid', header), columnFor('ask', header)];
  const price = columnFor('price', header);
  const columns =
    bid !== undefined && ask !== undefined
      ? { bid, ask }
      : price === undefined
        ? undefined
        : { price, amount: columnFor('amount', header) };
  if (columns === undefined) return { reason: 'there are no columns of bid and ask, nor of a price' };
  // A table with a few of a bar's prices is a damaged one of bars.
  if (['open', 'high', 'low'].some((role) => columnFor(role as 'open', header) !== undefined)) {
    return { reason: 'open, high, low or close is missing in the header' };
  }
  const stamps = stampColumns(sample, header);
  if (stamps === undefined) return { reason: 'no column is named like a time or a date' };
  const utc = /\b(utc|gmt)\b/i.test((header[stamps.stamp[0]] ?? '').replaceAll('_', ' '));
  return {
    confidence: 0.5,
    found: tickLayout(sample, columns, {
      stamp: stamps.stamp,
      marks: { ...markColumns(header), timeframe: undefined, complete: undefined },
      hints: { timezone: utc ? 'UTC' : undefined, notes: stamps.note === undefined ? [] : [stamps.note] },
    }),
  };
}

function byColumns(sample: TextSample): Recognition<TableLayout> {
  const { rows, columns, dateOrder } = sample;
  const most = (test: (row: readonly string[]) => boolean) => rows.filter(test).length > rows.length * 0.9;
  const number = (cell = '') => Number((sample.decimalComma ? cell.replace(',', '.') : cell) || Number.NaN);
  // Binance: trade, price, amount, quote amount, time, two flags; joined trades have the time behind the first and last of them.
  for (const [time, width] of [
    [4, 7],
    [5, 8],
    [5, 7],
  ] as const) {
    if (
      columns === width &&
      most(
        (row) =>
          isEpoch(row[time] ?? '') && /^(true|false)$/i.test(row[width - 1] ?? '') && number(row[1]) > 0,
      )
    ) {
      return { confidence: 0.6, found: tickLayout(sample, { price: 1, amount: 2 }, { stamp: [time] }) };
    }
  }
  if (columns > 4 || !most((row) => isStamp(row[0] ?? '', dateOrder))) {
    return { reason: 'there is no header, and the rows do not read as ticks' };
  }
  if (!most((row) => number(row[1]) > 0))
    return { reason: 'there is no header, and the second column holds no price' };
  const isQuote = most((row) => Math.abs(number(row[2]) / number(row[1]) - 1) < 0.02);
  return {
    confidence: 0.3,
    found: tickLayout(sample, isQuote ? { bid: 1, ask: 2 } : { price: 1, amount: 2 }, {
      stamp: [0],
      hints: {
        notes: [
          `There is no header: the columns are taken as time, ${isQuote ? 'bid, ask' : 'price, amount'}.`,
        ],
      },
    }),
  };
}
