import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Timeframe } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import { importFile, inspectFile } from '../importing/import.ts';
import { findDailyLeaks } from './daily-leak.ts';
import { qualityReport } from './quality.ts';

const folder = process.env.MARKET_DATA ?? join(import.meta.dirname, '../../../../shared/market-data');
const original = join(folder, 'original');
const present = existsSync(folder);

/** Greatest difference between two price columns. */
function greatestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

function expectSameBars(a: Candles, b: Candles) {
  expect(a.time).toEqual(b.time);
  for (const name of ['open', 'high', 'low', 'close'] as const) {
    expect(greatestDifference(a[name], b[name])).toBe(0);
  }
}

describe.skipIf(!present)(`real candles${present ? '' : ` (skipped: there is no folder ${folder})`}`, () => {
  it.each([
    ['EURUSD_H1.csv', 74_439, '2007-01-01T21:00:00.000Z', '2018-12-31T21:00:00.000Z'],
    ['GBPUSD_H1.csv', 57_600, '2012-11-16T03:00:00.000Z', '2022-03-04T21:00:00.000Z'],
    ['AUDUSD_H1.csv', 57_600, '2012-11-16T08:00:00.000Z', '2022-03-04T21:00:00.000Z'],
    ['USDCAD_H1.csv', 57_600, '2012-11-16T16:00:00.000Z', '2022-03-04T21:00:00.000Z'],
    ['USDJPY_H1.csv', 57_600, '2012-11-16T10:00:00.000Z', '2022-03-04T21:00:00.000Z'],
  ])('%s: all bars, in UTC, hardly a defect', async (name, bars, first, last) => {
    const symbol = name.slice(0, 6);
    const result = await importFile(join(folder, name), { symbol, timeframe: 'H1' });
    expect(result).toMatchObject({ rows: bars, badRows: 0, duplicates: 0, priceScale: 1 });
    // That one is of quotes alone.
    const silent = [expect.stringContaining('no volume')];
    expect(result.notes).toEqual(symbol === 'EURUSD' ? silent : []);
    const report = qualityReport(result.candles);
    expect(report).toMatchObject({
      bars,
      first,
      last,
      bodyOutsideRange: { count: 0 },
      offGrid: { count: 0 },
    });
    expect(report.coverage).toBeGreaterThan(0.98);
    expect(report.weekendBars.count).toBeLessThanOrEqual(1);
    expect(report.dailyLeak.count).toBeLessThanOrEqual(1);
  });

  it('the scaled export in server time is the unscaled one in UTC, bar for bar', async () => {
    const options = { symbol: 'USDJPY', timeframe: 'H1' } as const;
    const scaled = await importFile(join(original, 'ejtrader_USDJPYh1.csv'), { ...options, timezone: 'EET' });
    expect(scaled.priceScale).toBe(1000);
    expectSameBars(scaled.candles, (await importFile(join(folder, 'USDJPY_H1.csv'), options)).candles);
  });

  it('the server time of an export that does not name it is told from its weekends: New York and seven hours', async () => {
    const { timezone, notes } = await inspectFile(join(original, 'ejtrader_USDJPYh1.csv'));
    expect(timezone).toEqual({ name: 'NY+7', source: 'inferred' });
    expect(notes[0]).toContain('its 493 weekends are those of NY+7');
  });

  it('LEAN bid and ask make the mid prices and spreads of the UTC file, bar for bar', async () => {
    const options = { symbol: 'EURUSD', timeframe: 'H1' } as const;
    const zip = await importFile(join(original, 'lean_oanda_hour_eurusd.zip'), options);
    expect(zip).toMatchObject({ format: 'lean-zip', timezone: { name: 'UTC', source: 'format' } });
    const csv = await importFile(join(folder, 'EURUSD_H1.csv'), options);
    expectSameBars(zip.candles, csv.candles);
    expect(greatestDifference(zip.candles.spread, csv.candles.spread)).toBe(0);
  });

  it.each([
    ['lean_oanda_daily_gbpusd.zip', 'lean-zip', 'GBPUSD', 'D1', 3738, 'UTC'],
    ['dukascopy_FOREX_EURUSD_1H_ASK_2017.csv', 'dukascopy', 'EURUSD', 'H1', 6225, 'UTC'],
    ['jforex_', 'jforex', 'EURUSD', 'M5', 36_984, 'Europe/Helsinki'],
    ['yahoo_EURUSD=X.csv', 'yahoo', 'EURUSD', 'D1', 1304, 'UTC'],
  ])('%s is read as %s', async (start, format, symbol, timeframe, bars, zone) => {
    const path = join(original, readdirSync(original).find((name) => name.startsWith(start)) as string);
    expect(await inspectFile(path)).toMatchObject({
      format,
      symbol,
      timeframe,
      bars,
      badRows: 0,
      timezone: { name: zone },
    });
    const { candles } = await importFile(path, { symbol, timeframe: timeframe as Timeframe });
    const report = qualityReport(candles);
    expect(report.weekendBars.count + report.offGrid.count + report.dailyLeak.count).toBe(0);
    expect(report.bodyOutsideRange.count).toBe(format === 'yahoo' ? 29 : 0);
  });

  describe.each(['EURUSD', 'GBPUSD', 'USDJPY'])('daily candles in bars of 00:00, %s', (symbol) => {
    let clean: Candles;
    beforeAll(async () => {
      const file = join(folder, `${symbol}_H1.csv`);
      ({ candles: clean } = await importFile(file, { symbol, timeframe: 'H1' }));
    });

    it('are none in clean bars', () => {
      expect(leaksOf(clean)).toEqual([]);
    });

    // The clock of the server decides which bar it is.
    it.each([
      ['UTC', 0, 2015, 2018],
      ['two hours ahead', 2, 2015, 2018],
      ['three hours ahead', 3, 2015, 2018],
      ['three hours ahead, of one year', 3, 2016, 2016],
    ])('are nearly all found where midnight is that of %s', (_, hours, from, to) => {
      const { leaked, planted } = withDailyCandles(clean, hours, from, to);
      expect(planted.length).toBeGreaterThan(200);
      const found = new Set(leaksOf(leaked));
      const missed = planted.filter((i) => !found.has(i));
      expect(missed.length).toBeLessThanOrEqual(planted.length * 0.005);
      expect(found.size - (planted.length - missed.length)).toBeLessThanOrEqual(planted.length * 0.02);
    });
  });
});

/** Rows that hold their whole day. */
function leaksOf(candles: Candles): number[] {
  const ranges = candles.high.map((high, i) => high - candles.low[i]!).sort();
  return findDailyLeaks(candles, ranges[ranges.length >> 1]!);
}

/** As a known export has them: the bar that opens the server's day has the day's high and low. `hours`: of its clock ahead of UTC. */
function withDailyCandles(candles: Candles, hours: number, from: number, to: number) {
  const leaked = { ...candles, high: candles.high.slice(), low: candles.low.slice() };
  const local = (i: number) => candles.time[i]! + hours * 3_600_000;
  const dayOf = (i: number) => Math.floor(local(i) / 86_400_000);
  const planted: number[] = [];
  for (let start = 0, end = 0; start < candles.length; start = end) {
    while (end < candles.length && dayOf(end) === dayOf(start)) end++;
    const year = new Date(candles.time[start]!).getUTCFullYear();
    if (local(start) % 86_400_000 !== 0 || end - start < 12 || year < from || year > to) continue;
    leaked.high[start] = Math.max(...candles.high.subarray(start, end));
    leaked.low[start] = Math.min(...candles.low.subarray(start, end));
    planted.push(start);
  }
  return { leaked, planted };
}
