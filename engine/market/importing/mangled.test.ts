import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile, inspectFile } from './import.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mangled-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const HOUR = 3_600_000;
const START = Date.UTC(2021, 1, 28, 20);
const TIMES = Array.from({ length: 60 }, (_, i) => START + i * HOUR);
const BAR = '1.1,1.2,1.0,1.15,5';
const utc = (ms: number) => new Date(ms);
const two = (n: number) => String(n).padStart(2, '0');

function file(lines: readonly string[], name = 'bars.csv', encoding: BufferEncoding = 'utf8'): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(lines.join('\n'), encoding));
  return path;
}

const H1 = { symbol: 'EURUSD', timeframe: 'H1', timezone: 'UTC' } as const;

describe('stamps as programs leave them', () => {
  const day = (ms: number) => utc(ms).toISOString().slice(0, 10).replaceAll('-', '');
  const serial = (ms: number) => ms / 86_400_000 + 25_569;

  it.each([
    [
      'of a browser',
      'Date',
      (ms: number) => new Date(ms).toString().replace(/GMT.*/, 'GMT+0000 (Coordinated Universal Time)'),
    ],
    [
      'of a browser elsewhere',
      'Date',
      (ms: number) =>
        `${new Date(ms - 5 * HOUR).toString().replace(/ GMT.*/, '')} GMT-0500 (Eastern Standard Time)`,
    ],
    [
      'with times that lost their zeros',
      'Date,Time',
      (ms: number) => `${day(ms)},${utc(ms).getUTCHours() * 100}`,
    ],
    [
      'with seconds that lost their zeros',
      'Date,Time',
      (ms: number) => `${day(ms)},${utc(ms).getUTCHours() * 10_000}`,
    ],
    ['with hours alone', 'Date,Hour', (ms: number) => `${day(ms)},${utc(ms).getUTCHours()}`],
    ['in days to four decimals', 'Date', (ms: number) => serial(ms).toFixed(4)],
  ])('%s are read', async (_, header, written) => {
    process.env.TZ = 'UTC';
    const path = file([
      `${header},Open,High,Low,Close,Volume`,
      ...TIMES.map((ms) => `${written(ms)},${BAR}`),
    ]);
    const { candles } = await importFile(path, H1);
    expect([...candles.time].map((ms) => Math.round(ms / 60_000) * 60_000)).toEqual(TIMES);
  });

  it.each([
    ['days to two decimals', (ms: number) => serial(ms).toFixed(2), 'a spreadsheet has rounded the time to'],
    ['minutes and seconds', () => '00:00.0', 'minutes and seconds as a spreadsheet shows times'],
    [
      'rounded epochs',
      (ms: number) => ms.toExponential(5).replace('e', 'E'),
      'a spreadsheet has rounded the time',
    ],
  ])('%s are refused with the cause', async (_, written, cause) => {
    const path = file(['Date,Open,High,Low,Close,Volume', ...TIMES.map((ms) => `${written(ms)},${BAR}`)]);
    await expect(importFile(path, H1)).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining(cause),
    });
  });

  it.each([
    ['seconds', 1000],
    ['milliseconds', 1],
  ])('epoch %s of 1971 are no dates', async (_, divisor) => {
    const of1971 = TIMES.map((ms) => ms - Date.UTC(2021, 0, 1) + Date.UTC(1971, 0, 1));
    const path = file(['time,open,high,low,close,volume', ...of1971.map((ms) => `${ms / divisor},${BAR}`)]);
    expect([...(await importFile(path, H1)).candles.time]).toEqual(of1971);
  });

  it('rows that are counted are no seconds', async () => {
    const path = file(['time,open,high,low,close,volume', ...TIMES.map((_, i) => `${i},${BAR}`)]);
    await expect(importFile(path, H1)).rejects.toMatchObject({ code: 'data-invalid' });
  });
});

describe('tables as offices write them', () => {
  it('Windows-1252 is read', async () => {
    const rows = TIMES.map(
      (ms) => `${utc(ms).getUTCDate()}. März 2021 ${two(utc(ms).getUTCHours())}:00;1,1;1,2;1,0;1,15`,
    );
    const march = rows.filter((_, i) => utc(TIMES[i]!).getUTCMonth() === 2);
    const path = file(['Datum;Eröffnung;Höchst;Tief;Schluss', ...march], 'office.csv', 'latin1');
    const { candles } = await importFile(path, H1);
    expect(candles.length).toBe(march.length);
    expect(candles.close[0]).toBe(1.15);
  });

  it.each(['\u202f', '\u00a0', ' ', '.', "'"])('thousands by "%s" before a decimal comma', async (mark) => {
    const price = (value: string) => `34${mark}${value}`;
    const rows = TIMES.map(
      (ms) =>
        `${utc(ms).toISOString().slice(0, 16).replace('T', ' ')};${price('500,25')};${price('600,50')};${price('400,00')};${price('550,75')};0,67M`,
    );
    const path = file(['Date;Ouverture;Plus haut;Plus bas;Clôture;Volume', ...rows]);
    const { candles, notes } = await importFile(path, { ...H1, symbol: 'CAC40' });
    expect([candles.open[0], candles.close[0], candles.volume[0]]).toEqual([34_500.25, 34_550.75, 670_000]);
    expect(notes.join()).not.toContain('If it groups thousands');
  });
});

describe('a name that the content contradicts', () => {
  const hourly = ['time,open,high,low,close,volume', ...TIMES.map((ms) => `${utc(ms).toISOString()},${BAR}`)];

  it('is refused where the prices are of another market, unless the scale says that they are meant', async () => {
    const path = file(hourly, 'USDJPY_H1.csv');
    await expect(importFile(path, { ...H1, symbol: 'USDJPY' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('a file of another market'),
    });
    const kept = await importFile(path, { ...H1, symbol: 'USDJPY', priceScale: 1 });
    expect(kept.candles.close[0]).toBe(1.15);
  });

  it.each([
    ['EURUSD.m_H1.csv', 'EURUSD.m'],
    ['EURUSD_i.csv', 'EURUSD_i'],
    ['m.EURUSD_H1.csv', 'm.EURUSD'],
    ['EURUSDpro_H1.csv', 'EURUSDpro'],
  ])('%s: that it stands for EURUSD is said', async (name, written) => {
    const { notes, named } = await inspectFile(file(hourly, name));
    expect(named.note).toBe(
      `Its symbol is written ${written}, which stands for EURUSD. Name the symbol yourself to store it under another.`,
    );
    expect(notes).toContain(named.note);
  });

  it.each([
    'EURUSD_H1.csv',
    'EURUSD_daily.csv',
    'EURUSDh1.csv',
    'DAT_ASCII_EURUSD_M1_2017.csv',
    'EURUSD.csv',
    'EUR-USD_utc.csv',
  ])('nothing is said of %s', async (name) => {
    expect((await inspectFile(file(hourly, name))).named.note).toBeUndefined();
  });
});
