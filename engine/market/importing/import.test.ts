import { mkdirSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile, inspectFile } from './import.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const HOUR = 3_600_000;
const START = Date.UTC(2020, 0, 6);
const H1 = { symbol: 'EURUSD', timeframe: 'H1' } as const;

/** Hourly rows `2020-01-06 00:00,…` with every price multiplied. */
function hourly(rows: number, price = 1.1, zone = ''): string {
  const lines = ['time,open,high,low,close,volume'];
  for (let i = 0; i < rows; i++) {
    const stamp = new Date(START + i * HOUR).toISOString().slice(0, 16).replace('T', ' ');
    lines.push(`${stamp}${zone},${price},${price * 1.001},${price * 0.999},${price},5`);
  }
  return `${lines.join('\n')}\n`;
}

describe('importFile', () => {
  it('says that UTC is a default, and takes the zone it is given', async () => {
    const path = file('a.csv', hourly(50));
    const byDefault = await importFile(path, H1);
    expect(byDefault.timezone).toEqual({ name: 'UTC', source: 'default' });
    expect(byDefault.notes).toContainEqual(expect.stringContaining('Set the time zone'));
    const given = await importFile(path, { ...H1, timezone: 'UTC+2' });
    expect(given.timezone).toEqual({ name: '+02:00', source: 'given' });
    expect(given.candles.time[0]).toBe(START - 2 * HOUR);
  });

  it('keeps to offsets in the stamps, whatever zone is given', async () => {
    const result = await importFile(file('a.csv', hourly(50, 1.1, '+01:00')), {
      ...H1,
      timezone: 'Asia/Tokyo',
    });
    expect(result.timezone).toEqual({ name: '+01:00', source: 'stamp' });
    expect(result.candles.time[0]).toBe(START - HOUR);
    expect(result.notes).toContainEqual(expect.stringContaining('Asia/Tokyo was not needed'));
  });

  it('lets a given zone overrule the format, and says so', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => `20200106 0${i}0000;1.1;1.2;1;1.1;0`).join('\n');
    const result = await importFile(file('a.csv', rows), { ...H1, timezone: '-05:00' });
    expect(result.candles.time[0]).toBe(START + 5 * HOUR);
    expect(result.notes).toContainEqual(expect.stringContaining('as asked'));
  });

  it('divides scaled prices exactly and tells the user', async () => {
    const path = file(
      'a.csv',
      hourly(50, 1).replaceAll(',1,1.001,0.999,1,', ',81121.0,81203.00000000001,81107,81200.9999999999,'),
    );
    const result = await importFile(path, { symbol: 'usdjpy', timeframe: 'H1' });
    expect(result.priceScale).toBe(1000);
    const { open, high, low, close, symbol } = result.candles;
    expect([symbol, open[0], high[0], low[0], close[0]]).toEqual(['USDJPY', 81.121, 81.203, 81.107, 81.201]);
    expect(result.notes).toContainEqual(expect.stringContaining('divided by 1000'));
    const kept = await importFile(path, { symbol: 'USDJPY', timeframe: 'H1', priceScale: 1 });
    expect(kept.candles.open[0]).toBe(81121);
    expect(kept.priceScale).toBe(1);
  });

  it('reads whole-number spreads as points and leaves out a column of zeros', async () => {
    const rows = (spread: string) =>
      `time,open,high,low,close,spread\n${Array.from({ length: 9 }, (_, i) => `2020-01-06 0${i}:00,1.10001,1.2,1.1,1.10005,${spread}`).join('\n')}`;
    expect((await importFile(file('a.csv', rows('12')), H1)).candles.spread[0]).toBe(0.00012);
    expect((await importFile(file('a.csv', rows('0.00012')), H1)).candles.spread[0]).toBe(0.00012);
    expect((await importFile(file('a.csv', rows('0')), H1)).candles.spread[0]).toBeNaN();
  });

  it('reads an indicator that is empty at first, and rows that end with a delimiter', async () => {
    const rows = (last: (i: number) => string) =>
      Array.from({ length: 600 }, (_, i) => `${START / 1000 + i * 3600},1.1,1.2,1,1.1,${last(i)}`).join('\n');
    const late = `time,open,high,low,close,MA\n${rows((i) => (i < 500 ? '' : '1.1'))}`;
    expect(await importFile(file('a.csv', late), H1)).toMatchObject({ rows: 600, badRows: 0 });
    const open = `time,open,high,low,close,volume\n${rows(() => '5,')}`;
    expect(await importFile(file('a.csv', open), H1)).toMatchObject({ rows: 600, badRows: 0 });
    const wide = `time,open,high,low,close,volume\n${rows(() => '5,6')}`;
    await expect(importFile(file('a.csv', wide), H1)).rejects.toThrow('7 columns instead of 6');
  });

  it('reports progress up to the whole file', async () => {
    const shares: number[] = [];
    await importFile(file('a.csv', hourly(30_000)), { ...H1, onProgress: (share) => shares.push(share) });
    expect(shares.length).toBeGreaterThan(1);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('refuses a timeframe that contradicts the data, and says what it found', async () => {
    await expect(importFile(file('a.csv', hourly(50)), { ...H1, timeframe: 'M15' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('1 hour apart. If that is how the stamps are meant'),
    });
  });

  it.each(['', '../EURUSD', 'EUR/USD', '..', '.hidden', 'A'.repeat(33), 'EUR USD', '-.-'])(
    'refuses symbol "%s"',
    async (symbol) => {
      await expect(importFile(file('a.csv', hourly(50)), { ...H1, symbol })).rejects.toMatchObject({
        code: 'invalid-input',
      });
    },
  );

  it.each([0, -1, Number.NaN])('refuses price scale %d', async (priceScale) => {
    await expect(importFile(file('a.csv', hourly(50)), { ...H1, priceScale })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('warns when bars at the weekend hint at a wrong zone', async () => {
    const rows = hourly(24 * 12)
      .split('\n')
      .filter(
        (line) =>
          !/^2020-01-(11|12|18|19)|^2020-01-(10|17) (0[0-9]|1\d|2[0-3])/.test(line) ||
          line < '2020-01-10 23:59',
      );
    expect((await importFile(file('a.csv', rows.join('\n')), H1)).notes).toContainEqual(
      expect.stringContaining('outside the trading week'),
    );
  });
});

describe('files that are no market data', () => {
  it.each([
    ['missing', () => join(folder, 'nowhere.csv'), 'file-unreadable', 'There is no file'],
    [
      'a folder',
      () => {
        mkdirSync(join(folder, 'dir'), { recursive: true });
        return join(folder, 'dir');
      },
      'file-unreadable',
      'not a file',
    ],
    ['empty', () => file('a', ''), 'data-invalid', 'is empty'],
    [
      'binary',
      () =>
        file(
          'a',
          Uint8Array.from({ length: 999 }, (_, i) => (i * 7919) % 251),
        ),
      'format-unknown',
      'no text',
    ],
    [
      'too large',
      () => {
        const path = file('huge', 'x');
        truncateSync(path, 2 * 1024 ** 3 + 1);
        return path;
      },
      'file-unreadable',
      'may have 2 GB',
    ],
    ['prose', () => file('a', 'Dear diary,\ntoday nothing happened.\n'), 'format-unknown', 'Dear diary'],
    [
      'a table of something else',
      () => file('a', 'name,a,b,c,d,e\nx,1,2,3,4,5\n'),
      'format-unknown',
      'name,a,b',
    ],
    [
      'a truncated zip',
      () => file('a', zipSync({ 'a.csv': new Uint8Array(999) }).slice(0, 60)),
      'data-invalid',
      'truncated zip',
    ],
    ['an empty zip', () => file('a', zipSync({})), 'data-invalid', 'holds no file'],
    [
      'a zip of two tables',
      () => file('a', zipSync({ 'a.csv': new Uint8Array(1), 'b.csv': new Uint8Array(1) })),
      'data-invalid',
      '2 tables (a.csv, b.csv)',
    ],
  ])('%s: a clear error that names the file', async (_, path, code, message) => {
    const target = path();
    await expect(inspectFile(target)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
      details: { file: target },
    });
  });

  it('unpacks a gzip file, be it of several members', async () => {
    const text = new TextEncoder().encode(hourly(20_000));
    const whole = gzipSync(text);
    expect((await importFile(file('a.csv.gz', whole), H1)).candles.length).toBe(20_000);
    const cut = 400_000;
    const members = Buffer.concat([gzipSync(text.slice(0, cut)), gzipSync(text.slice(cut))]);
    expect((await importFile(file('a.gz', members), H1)).candles.length).toBe(20_000);
    await expect(importFile(file('b.gz', whole.slice(0, whole.length - 900)), H1)).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('damaged or truncated gzip'),
    });
    await expect(importFile(file('c.gz', gzipSync(new Uint8Array(0))), H1)).rejects.toMatchObject({
      message: expect.stringContaining('is empty'),
    });
  });

  it('takes the one table out of a zip that holds other files too', async () => {
    const packed = zipSync({
      'readme.txt': new Uint8Array(3),
      'a.csv': new TextEncoder().encode(hourly(50)),
    });
    expect((await importFile(file('a.zip', packed), H1)).candles.length).toBe(50);
  });
});

describe('rows that can not be used', () => {
  it.each([
    ['words', 'garbage\n'],
    ['words in columns', 'foo,1,2,1,1,0\n'],
    ['prices below zero', '2020-01-06 00:00,-1,2,-1,1,0\n'],
  ])('only %s: the error names the first line and each problem', async (_, row) => {
    const path = file('a.csv', `time,open,high,low,close,volume\n${row.repeat(100)}`);
    await expect(importFile(path, H1)).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('None of its rows can be used'),
      details: { file: path, line: 2, problems: Array(20).fill(expect.anything()) },
    });
  });
});

describe('inspectFile', () => {
  it('guesses symbol, timeframe and price scale, and lists what is odd', async () => {
    const path = file('DAT_GBPJPY_x.csv', `${hourly(150, 185_000)}2020-13-01 garbled\n`);
    expect(await inspectFile(path)).toMatchObject({
      format: 'generic-csv',
      symbol: 'GBPJPY',
      timeframe: 'H1',
      priceScale: 1000,
      columns: ['time', 'open', 'high', 'low', 'close', 'volume'],
      bars: 150,
      first: new Date(START).toISOString(),
      last: new Date(START + 149 * HOUR).toISOString(),
      problems: [{ line: 152, text: '2020-13-01 garbled' }],
    });
    expect((await inspectFile(path)).firstLines[0]).toBe('time,open,high,low,close,volume');
  });
});

describe('spreads of a file', () => {
  const rows = (spread: (i: number) => string, price: (i: number) => string = () => '1.10005') =>
    `time,open,high,low,close,volume,spread\n${Array.from({ length: 48 }, (_, i) => {
      const stamp = new Date(START + i * HOUR).toISOString();
      return `${stamp},${price(i)},1.10010,1.10000,1.10005,5,${spread(i)}`;
    }).join('\n')}\n`;

  it('count points of the digits that nearly all prices have', async () => {
    const noisy = rows(
      () => '12',
      (i) => (i % 24 === 7 ? '1.1000500000000001' : '1.10005'),
    );
    const { candles, spreadUnit } = await importFile(file('noise.csv', noisy), H1);
    expect(spreadUnit).toBe('points');
    expect([...candles.spread].every((value) => value === 0.00012)).toBe(true);
    expect([...candles.open].every((value) => value === 1.10005)).toBe(true);
  });

  it('are pips where they would be larger than the price', async () => {
    const path = file(
      'pips.csv',
      rows((i) => (i % 2 === 0 ? '1.2' : '0.9')),
    );
    expect((await importFile(path, H1)).candles.spread.subarray(0, 2)).toEqual(
      Float64Array.of(0.00012, 0.00009),
    );
    expect(await inspectFile(path, { symbol: 'EURUSD' })).toMatchObject({ spreadUnit: 'pips' });
  });

  it('are left out where they are negative, and counted', async () => {
    const { candles, notes } = await importFile(
      file(
        'crossed.csv',
        rows((i) => (i < 3 ? '-4' : '12')),
      ),
      H1,
    );
    expect([...candles.spread.subarray(0, 4)]).toEqual([Number.NaN, Number.NaN, Number.NaN, 0.00012]);
    expect(notes).toContainEqual(expect.stringContaining('3 of its rows have an ask below the bid'));
  });
});

describe('a file whose rows say what they are of', () => {
  const table = (rows: readonly string[]) =>
    `symbol,interval,time,open,high,low,close,volume,complete\n${rows.join('\n')}\n`;
  const row = (symbol: string, interval: string, i: number, price: number, complete = 'true') =>
    `${symbol},${interval},${new Date(START + i * HOUR).toISOString()},${price},${price},${price},${price},5,${complete}`;
  const of = (symbol: string, price: number, interval = '1h') =>
    Array.from({ length: 30 }, (_, i) => row(symbol, interval, i, price));

  it('gives the series that is asked for, and says what it left out', async () => {
    const path = file('two.csv', table([...of('EUR/USD', 1.1), ...of('GBP/USD', 1.3)]));
    const { candles, notes } = await importFile(path, { ...H1, symbol: 'GBPUSD' });
    expect([...new Set(candles.close)]).toEqual([1.3]);
    expect(candles.length).toBe(30);
    expect(notes).toContain('The file holds EUR/USD, GBP/USD: only the rows of GBP/USD were taken.');
    await expect(importFile(path, { ...H1, symbol: 'AUDUSD' })).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('None of them is AUDUSD'),
    });
    expect(await inspectFile(path)).toMatchObject({ symbol: 'EURUSD', bars: 30 });
  });

  it('takes the bars of one length', async () => {
    const quarters = Array.from({ length: 30 }, (_, i) => row('EURUSD', '15m', i / 4, 1.2));
    const path = file('lengths.csv', table([...of('EURUSD', 1.1), ...quarters]));
    expect([...new Set((await importFile(path, H1)).candles.close)]).toEqual([1.1]);
    expect([...new Set((await importFile(path, { ...H1, timeframe: 'M15' })).candles.close)]).toEqual([1.2]);
  });

  it('leaves out the newest bar of a file that was written before it closed', async () => {
    const path = file('live.csv', hourly(100));
    const last = START + 99 * HOUR;
    const lengthWritten = async (ms: number) => {
      utimesSync(path, new Date(ms), new Date(ms));
      const { candles, notes } = await importFile(path, {
        symbol: 'EURUSD',
        timeframe: 'H1',
        timezone: 'UTC',
      });
      expect(notes.some((note) => note.startsWith('The newest bar'))).toBe(candles.length === 99);
      return candles.length;
    };
    expect(await lengthWritten(last)).toBe(99);
    expect(await lengthWritten(last + HOUR - 1000)).toBe(99);
    expect(await lengthWritten(last + HOUR)).toBe(100);
    expect(await lengthWritten(last - 1000)).toBe(100);
  });

  it('a week is closed with Friday, that of a market that never closes on Sunday', async () => {
    const weeks = Array.from({ length: 30 }, (_, i) => {
      const day = new Date(Date.UTC(2020, 0, 6 + 7 * i)).toISOString().slice(0, 10);
      return `${day},100,101,99,100,5`;
    });
    const path = file('weeks.csv', ['date,open,high,low,close,volume', ...weeks].join('\n'));
    const saturday = new Date(Date.UTC(2020, 0, 6 + 7 * 29 + 5, 8));
    utimesSync(path, saturday, saturday);
    const W1 = { timeframe: 'W1', timezone: 'UTC' } as const;
    expect((await importFile(path, { ...W1, symbol: 'US30' })).candles.length).toBe(30);
    expect((await importFile(path, { ...W1, symbol: 'BTCUSDT' })).candles.length).toBe(29);
  });

  it('refuses bars of months with the reason', async () => {
    const months = Array.from({ length: 48 }, (_, i) => {
      const day = new Date(Date.UTC(2018, i, 1)).toISOString().slice(0, 10);
      return `${day},1.1,1.2,1.0,1.1,5`;
    });
    const path = file('EURUSD_MN1.csv', ['date,open,high,low,close,volume', ...months].join('\n'));
    const { timeframe, oddSpacing, notes } = await inspectFile(path);
    expect(timeframe).toBeUndefined();
    expect(oddSpacing).toContain('months (MN1)');
    expect(notes).toContain(oddSpacing);
    await expect(importFile(path, { symbol: 'EURUSD', timeframe: 'W1' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('months (MN1)'),
    });
  });

  it('leaves out what is not closed', async () => {
    const path = file('open.csv', table([...of('EURUSD', 1.1), row('EURUSD', '1h', 30, 1.5, 'false')]));
    const { candles, notes, badRows } = await importFile(path, H1);
    expect([candles.length, badRows]).toEqual([30, 0]);
    expect(notes).toContain('1 bar that was not closed yet was left out.');
  });
});
