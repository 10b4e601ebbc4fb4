import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadOptions } from '../reading/read-series.ts';
import { importFile } from './import.ts';

/** What brokers, exchanges and terminals hand out in ways of their own: the same 48 hours, however they are written. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'brokers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 9);
const BARS = Array.from({ length: 48 }, (_, i) => {
  const at = new Date(START + i * HOUR);
  const [o, h, l, c] = [1.1, 1.1023, 1.0991, 1.1012].map((price) => (price + i / 1000).toFixed(4)) as [
    string,
    string,
    string,
    string,
  ];
  const [day, clock] = at.toISOString().slice(0, 19).split('T') as [string, string];
  return { ms: at.getTime(), s: at.getTime() / 1000, day, clock, o, h, l, c };
});
type Bar = (typeof BARS)[number];

const table = (header: string | undefined, row: (bar: Bar, i: number) => string) =>
  [...(header === undefined ? [] : [header]), ...BARS.map(row), ''].join('\n');
const plain = (day: string) => day.replaceAll('-', '');

function imported(name: string, text: string, options: ReadOptions = {}) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return importFile(file, { symbol: 'EURUSD', timeframe: 'H1', timezone: 'UTC', ...options });
}

describe.each([
  [
    'Sierra Chart',
    'EURUSD.txt',
    table(
      'Date, Time, Open, High, Low, Last, Volume, NumberOfTrades, BidVolume, AskVolume',
      ({ day, clock, o, h, l, c }) =>
        `${day.replaceAll('-0', '/').replaceAll('-', '/')}, ${clock}.000000, ${o}, ${h}, ${l}, ${c}, 120, 60, 50, 70`,
    ),
    120,
  ],
  [
    'Kraken, without a header',
    'EURUSD_60.csv',
    table(undefined, ({ s, o, h, l, c }) => `${s},${o},${h},${l},${c},12.5,88`),
    12.5,
  ],
  [
    'Interactive Brokers by way of Python, currencies having no volume',
    'ib.csv',
    table(
      ',date,open,high,low,close,volume,average,barCount',
      ({ day, clock, o, h, l, c }, i) => `${i},${day} ${clock}+00:00,${o},${h},${l},${c},-1.0,-1.0,-1`,
    ),
    0,
  ],
  [
    'Finam',
    'finam.txt',
    table(
      '<TICKER>;<PER>;<DATE>;<TIME>;<OPEN>;<HIGH>;<LOW>;<CLOSE>;<VOL>',
      ({ day, clock, o, h, l, c }) =>
        `EURUSD;60;${plain(day)};${clock.replaceAll(':', '')};${o};${h};${l};${c};100`,
    ),
    100,
  ],
  [
    'Forex Tester, whose clock has lost its zeros',
    'tester.txt',
    table(
      '<TICKER>,<DTYYYYMMDD>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>',
      ({ day, clock, o, h, l, c }) =>
        `EURUSD,${plain(day)},${Number(clock.replaceAll(':', ''))},${o},${h},${l},${c},4`,
    ),
    4,
  ],
  [
    'Bybit, newest first',
    'bybit.json',
    JSON.stringify({
      retCode: 0,
      result: {
        symbol: 'EURUSD',
        list: BARS.map(({ ms, o, h, l, c }) => [String(ms), o, h, l, c, '268', '295.1']).toReversed(),
      },
    }),
    268,
  ],
  [
    'Polygon',
    'polygon.json',
    JSON.stringify({
      ticker: 'C:EURUSD',
      resultsCount: 48,
      results: BARS.map(({ ms, o, h, l, c }) => ({ v: 7, vw: 1.1, o: +o, c: +c, h: +h, l: +l, t: ms, n: 3 })),
    }),
    7,
  ],
  [
    'Bitstamp',
    'bitstamp.json',
    JSON.stringify({
      data: {
        pair: 'EUR/USD',
        ohlc: BARS.map(({ s, o, h, l, c }) => ({
          high: h,
          timestamp: String(s),
          volume: '0.5',
          low: l,
          close: c,
          open: o,
        })),
      },
    }),
    0.5,
  ],
])('%s', (_, name, text, volume) => {
  it('is read', async () => {
    const { candles, badRows } = await imported(name, text);
    const bars = Array.from({ length: candles.length }, (_, i) =>
      [candles.time, candles.open, candles.high, candles.low, candles.close].map((column) => column[i]!),
    );
    expect(bars).toEqual(BARS.map(({ ms, o, h, l, c }) => [ms, +o, +h, +l, +c]));
    expect(new Set(candles.volume)).toEqual(new Set([volume]));
    expect(badRows).toBe(0);
  });
});

describe('what is in no order that bars have', () => {
  it('is refused with what it holds, and read once its columns are named', async () => {
    const rows = BARS.map(({ s, o, h, l, c }) => [s, +l, +h, +o, +c, 3.2]);
    const text = JSON.stringify(rows);
    await expect(imported('coinbase.json', text)).rejects.toThrow(
      /It is JSON\. Its first line is .* Say what its columns are/s,
    );
    const { candles } = await imported('coinbase.json', text, {
      columns: ['time', 'low', 'high', 'open', 'close', 'volume'],
    });
    expect([...candles.open]).toEqual(BARS.map(({ o }) => +o));
    expect([...candles.low]).toEqual(BARS.map(({ l }) => +l));
  });

  it('is no volume below that of none', async () => {
    const text = table(
      'time,open,high,low,close,volume',
      ({ day, clock, o, h, l, c }) => `${day} ${clock},${o},${h},${l},${c},-5`,
    );
    await expect(imported('negative.csv', text)).rejects.toThrow('volume -5 is not possible');
  });
});
