import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadOptions } from '../reading/read-series.ts';
import { type ImportOptions, importFile } from './import.ts';

/** What stands around the rows of tables, and how their cells are written: each right value is written by hand. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'table-shapes-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const START = Date.UTC(2024, 0, 2);
const HOUR = 3_600_000;
const stampOf = (i: number) => new Date(START + i * HOUR).toISOString().slice(0, 16).replace('T', ' ');
const pricesOf = (i: number, separator = ',') =>
  [1.1 + i / 1000, 1.102 + i / 1000, 1.099 + i / 1000, 1.101 + i / 1000]
    .map((p) => p.toFixed(4))
    .join(separator);
const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i));
const usual = (i: number) => `${stampOf(i)},${pricesOf(i)},${100 + i}`;
const HEADER = 'time,open,high,low,close,volume';

function read(
  lines: readonly string[],
  options: ReadOptions & Pick<ImportOptions, 'spreadUnit'> & { symbol?: string; daily?: boolean } = {},
) {
  const path = join(folder, 'data');
  writeFileSync(path, `${lines.join('\n')}\n`);
  const { symbol = 'EURUSD', daily = false, ...others } = options;
  return importFile(path, { symbol, timeframe: daily ? 'D1' : 'H1', timezone: 'UTC', ...others });
}

async function expectUsual(lines: readonly string[], count: number, options: ReadOptions = {}) {
  const result = await read(lines, options);
  expect([...result.candles.time]).toEqual(rows(count, String).map((_, i) => START + i * HOUR));
  expect([...result.candles.close]).toEqual(
    rows(count, String).map((_, i) => Number((1.101 + i / 1000).toFixed(4))),
  );
  expect(result.badRows).toBe(0);
  return result;
}

describe('lines around the rows', () => {
  it('passes over titles above the header, however wide, and a separator hint', async () => {
    await expectUsual(
      [
        'sep=,',
        'Report,EURUSD,H1,Exported by,Somebody,',
        '',
        'From,2024-01-02,to,2024-01-04,,',
        HEADER,
        ...rows(24, usual),
      ],
      24,
    );
  });

  it('passes over comments before and between the rows, and takes a header behind the mark of one', async () => {
    const { notes } = await expectUsual(
      [
        '# source: somewhere, with, some, commas, in, it',
        `# ${HEADER}`,
        ...rows(9, usual),
        '# gap, in, the, feed, ,',
        ...rows(15, (i) => usual(i + 9)),
      ],
      24,
    );
    expect(notes).toContain('1 comment line was passed over.');
  });

  it('passes over a line of units below the header', async () => {
    await expectUsual([HEADER, 'UTC,USD,USD,USD,USD,lots', ...rows(24, usual)], 24);
  });

  it('passes over headers in the middle, where exports were put together', async () => {
    const { notes, duplicates } = await expectUsual(
      [
        HEADER,
        ...rows(12, usual),
        HEADER,
        ...rows(8, (i) => usual(i + 11)),
        HEADER,
        ...rows(5, (i) => usual(i + 19)),
      ],
      24,
    );
    expect(duplicates).toBe(1);
    expect(notes.join(' ')).toContain('2 lines in the middle repeat the header');
  });

  it('passes over a footer and says so, and over rows of delimiters alone', async () => {
    const { notes } = await expectUsual(
      [HEADER, ...rows(24, usual), ',,,,,', 'Total,24,,,,', 'Data without warranty. (c) Somebody'],
      24,
    );
    expect(notes.join(' ')).toContain(
      '2 lines below the rows, from line 27 on, were passed over: "Total,24,,,,"',
    );
  });

  it('leaves out rows that have a stamp and no price, and says how many', async () => {
    const lines = rows(26, (i) =>
      i === 24 ? `${stampOf(i)},null,null,null,null,null` : i === 25 ? `${stampOf(i)},,,,,` : usual(i),
    );
    const { notes } = await expectUsual([HEADER, ...lines], 24);
    expect(notes).toContain('2 rows without any price were left out.');
  });

  it('never takes a row that was cut off, or a garbled one between rows, for a footer', async () => {
    const cut = await read([HEADER, ...rows(150, usual), '2024-01-08 06:00,1.2']);
    expect(cut.badLines).toMatchObject([{ line: 152, reason: '2 columns instead of 6' }]);
    const garbled = await read([HEADER, ...rows(150, usual), 'some words', usual(150)]);
    expect(garbled.badLines).toMatchObject([{ line: 152, text: 'some words' }]);
  });

  it('refuses a file of which no row can be read, and names the first', async () => {
    await expect(read([HEADER, ...rows(5, (i) => `Foo ${i},${pricesOf(i)},1`)])).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('line 2, the time stamp can not be read'),
    });
  });
});

describe('stamps', () => {
  it.each([
    [
      'a clock of 12 hours',
      (i: number) =>
        new Date(START + i * HOUR).toLocaleString('en-US', { timeZone: 'UTC' }).replace(', ', ' '),
    ],
    [
      'a.m. and p.m.',
      (i: number) => `${stampOf(i).slice(0, 10)} ${((i + 11) % 12) + 1}:00 ${i % 24 < 12 ? 'a.m.' : 'p.m.'}`,
    ],
    ['months in German', (i: number) => `${2 + Math.floor(i / 24)}. Januar 2024 ${i % 24}:00`],
    [
      'months of three letters',
      (i: number) => `0${2 + Math.floor(i / 24)}-Jan-24 ${String(i % 24).padStart(2, '0')}:00`,
    ],
    [
      'zone names',
      (i: number) =>
        `${new Date(START + i * HOUR - 5 * HOUR).toISOString().slice(0, 16).replace('T', ' ')} EST`,
    ],
    [
      'a zone in brackets',
      (i: number) => `${new Date(START + (i + 1) * HOUR).toISOString().slice(0, 19)}+01:00[Europe/Berlin]`,
    ],
    ['days of a spreadsheet', (i: number) => String(45_293 + i / 24)],
    ['numbers like 20240102000000', (i: number) => stampOf(i).replace(/\D/g, '').concat('00')],
    ['nanoseconds', (i: number) => `${START + i * HOUR}000000`],
    [
      'seconds in some rows, milliseconds in others',
      (i: number) => String((START + i * HOUR) / (i < 20 ? 1000 : 1)),
    ],
  ])('reads %s', async (_, stamp) => {
    await expectUsual([HEADER, ...rows(48, (i) => `"${stamp(i)}",${pricesOf(i)},${i}`)], 48);
  });

  it('reads 24:00 as the end of a day, in one cell and in two', async () => {
    const ends = (i: number) =>
      (i + 1) % 24 === 0
        ? [`2024-01-0${2 + Math.floor(i / 24)}`, '24:00']
        : [stampOf(i + 1).slice(0, 10), stampOf(i + 1).slice(11)];
    await expectUsual([HEADER, ...rows(48, (i) => `${ends(i).join(' ')},${pricesOf(i)},1`)], 48, {
      stamp: 'close',
    });
    const apart = [
      'date,time,open,high,low,close,volume',
      ...rows(48, (i) => `${ends(i).join()},${pricesOf(i)},1`),
    ];
    await expectUsual(apart, 48, { stamp: 'close' });
  });

  it.each([
    ['#####', /line 2, a spreadsheet showed ##### instead of the time/],
    ['1.70925E+12', /a spreadsheet has rounded the time to 1.70925E\+12/],
  ])('refuses %s with its cause', async (stamp, message) => {
    await expect(read([HEADER, ...rows(24, (i) => `${stamp},${pricesOf(i)},1`)])).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringMatching(message),
    });
  });

  it('refuses dates of which a spreadsheet has changed some', async () => {
    const mixed = rows(31, (i) => `${i < 12 ? `${i + 1}/1/24` : `${i + 1}/1/2024`},${pricesOf(i)},1`);
    await expect(read([HEADER, ...mixed], { daily: true })).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('"1/1/24" in line 2, "13/1/2024" in line 14'),
    });
  });

  it('takes the one that says itself what it is of UTC, where there are two', async () => {
    const lines = rows(48, (i) => `${stampOf(i + 3)},${(START + i * HOUR) / 1000},${pricesOf(i)},1`);
    await expectUsual(['date,unix,open,high,low,close,volume', ...lines], 48);
  });

  it('tells opening from closing times', async () => {
    const both = (first: number, second: number) =>
      rows(48, (i) => `${stampOf(i + first)},${stampOf(i + second)},${pricesOf(i)},1`);
    await expectUsual(['open_time,close_time,open,high,low,close,volume', ...both(0, 1)], 48);
    await expectUsual(['close_time,open_time,open,high,low,close,volume', ...both(1, 0)], 48);
    const swapped = await expectUsual(['open_time,close_time,open,high,low,close,volume', ...both(1, 0)], 48);
    expect(swapped.notes.join(' ')).toContain('the second is the earlier one');
    expect((await expectUsual(both(0, 1), 48)).notes.join(' ')).toContain('the first, the earlier one');
    expect((await expectUsual(both(1, 0), 48)).notes.join(' ')).toContain('the second, the earlier one');
    await expectUsual(
      ['end,open,high,low,close,volume', ...rows(48, (i) => `${stampOf(i + 1)},${pricesOf(i)},1`)],
      48,
    );
  });
});

describe('columns', () => {
  it('knows the names in German, with decimal commas', async () => {
    const german = (i: number) =>
      `0${2 + Math.floor(i / 24)}.01.2024;${i % 24}:00;${pricesOf(i, ';').replaceAll('.', ',')};1.234`;
    const { candles } = await expectUsual(
      ['Datum;Zeit;Eröffnung;Hoch;Tief;Schluss;Volumen', ...rows(48, german)],
      48,
    );
    expect(candles.volume[0]).toBe(1234);
    expect(candles.high[0]).toBe(1.102);
  });

  it('knows the names in French and Spanish', async () => {
    await expectUsual(
      [
        'Date;Heure;Ouverture;Haut;Bas;Clôture;Volume',
        ...rows(48, (i) => `${stampOf(i).replace(' ', ';')};${pricesOf(i, ';')};1`),
      ],
      48,
    );
    await expectUsual(
      [
        'Fecha;Hora;Apertura;Máximo;Mínimo;Cierre;Volumen',
        ...rows(48, (i) => `${stampOf(i).replace(' ', ';')};${pricesOf(i, ';')};1`),
      ],
      48,
    );
  });

  it('takes the volume in what is traded, where there is another in what it is paid with', async () => {
    const lines = rows(24, (i) => `${stampOf(i)},BTC/USDT,${pricesOf(i)},${5000 + i},${i}`);
    const { candles, notes } = await read(
      ['date,symbol,open,high,low,close,Volume USDT,Volume BTC', ...lines],
      { symbol: 'BTCUSDT' },
    );
    expect([...candles.volume.slice(0, 3)]).toEqual([0, 1, 2]);
    expect(notes.join(' ')).toContain('There is volume in BTC and in USDT: that in BTC is taken.');
  });

  it('takes the symbol that stands before the stamp, where there is no header', async () => {
    const lines = rows(
      24,
      (i) => `EURUSD,${stampOf(i)},${pricesOf(i)},1\nGBPUSD,${stampOf(i)},1.3,1.4,1.2,1.3,1`,
    );
    await expectUsual(lines, 24);
  });

  it.each([
    [
      'points before decimals',
      '38,123.5,38,200.5,38,000.5,38,150.5'
        .split(/(?<=\.5),/)
        .map((p) => `"${p}"`)
        .join(),
      undefined,
      38_150.5,
    ],
    ['no decimals, quoted', '"38,123","38,200","38,000","38,150"', 'point', 38_150],
    ['commas before decimals', '"38.123,5","38.200,5","38.000,5","38.150,5"', undefined, 38_150.5],
  ] as const)('reads an index in thousands: %s', async (_, prices, decimal, close) => {
    const { candles } = await read([HEADER, ...rows(24, (i) => `${stampOf(i)},${prices},1`)], {
      symbol: 'US30',
      decimal,
    });
    expect(candles.close[5]).toBe(close);
  });
});

describe('what the user says', () => {
  it('overrules everything that a table looks like, all at once', async () => {
    const lines = rows(48, (i) =>
      `${i}|x|${stampOf(i + 1).replace(/(\d+)-(\d+)-(\d+)/, '$2/$3/$1')}|1,1|1,2|1,0|1,1${i % 10}|7|12`.replaceAll(
        '.',
        ',',
      ),
    );
    const { candles, timezone, spreadUnit } = await read(lines, {
      columns: ['skip', 'skip', 'time', 'open', 'high', 'low', 'close', 'volume', 'spread'],
      separator: 'pipe',
      decimal: 'comma',
      dateOrder: 'mdy',
      stamp: 'close',
      timezone: 'Europe/Berlin',
      spreadUnit: 'points',
    });
    expect(candles.time[0]).toBe(START - HOUR);
    expect([candles.open[3], candles.close[3], candles.volume[3]]).toEqual([1.1, 1.13, 7]);
    expect(candles.spread[3]).toBe(0.12);
    expect(timezone).toEqual({ name: 'Europe/Berlin', source: 'given' });
    expect(spreadUnit).toBe('points');
  });

  it.each([
    ['a header', ['Time (EET),Open,High,Low,Close,Volume ', ...rows(24, usual)]],
    ['a layout', rows(24, (i) => `${stampOf(i).replace(/[-:]/g, '')}00;${pricesOf(i, ';')};0`)],
    [
      'JSON',
      [
        JSON.stringify({
          meta: { interval: '1h', exchange_timezone: 'Asia/Tokyo' },
          values: rows(24, String).map((i) => ({
            datetime: stampOf(Number(i)),
            open: 1,
            high: 2,
            low: 1,
            close: 1.5,
          })),
        }),
      ],
    ],
  ])('overrules the zone that %s claims', async (_, lines) => {
    const { candles, timezone, notes } = await read(lines as string[], { timezone: 'Europe/Berlin' });
    expect(timezone.name).toBe('Europe/Berlin');
    expect(candles.time[0]).toBe(START - HOUR);
    expect(notes.join(' ')).toContain('stamps were read as Europe/Berlin, as asked');
  });
});

describe('zeros at the end of prices', () => {
  const priced = (i: number, written: (price: number) => string) => {
    const prices = [1.1, 1.15, 1.05, 1.1].map((price, k) => price + ((i * 7919 + k * 10_007) % 1000) / 1e5);
    return `${stampOf(i)},${prices.map(written).join()},1`;
  };
  const note = /have prices without the zeros at their end/;

  it('that a spreadsheet dropped are said, and change no price', async () => {
    const kept = await read([HEADER, ...rows(200, (i) => priced(i, (price) => price.toFixed(5)))]);
    expect(kept.notes.filter((text) => note.test(text))).toEqual([]);
    const lost = await read([
      HEADER,
      ...rows(200, (i) => priced(i, (price) => String(Number(price.toFixed(5))))),
    ]);
    expect(lost.notes.filter((text) => note.test(text))).toHaveLength(1);
    expect(lost.candles.close).toEqual(kept.candles.close);
  });

  it('are not looked for in binary prices', async () => {
    const { notes } = await read([
      HEADER,
      ...rows(200, (i) => priced(i, (price) => String(Math.fround(price)))),
    ]);
    expect(notes.filter((text) => note.test(text))).toEqual([]);
  });
});
