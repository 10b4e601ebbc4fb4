import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { writeCandleCsv } from '../market/testing/candle-csv.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { openTestWorkspace, type TestWorkspace } from '../testing/engines.ts';

let workspace: TestWorkspace;
let folder: string;
beforeEach(() => {
  workspace = openTestWorkspace();
  folder = join(workspace.folder, 'exports of mine');
  mkdirSync(join(folder, '2021'), { recursive: true });
});
afterEach(() => workspace.dispose());

function write(name: string, candles: Candles): string {
  const file = join(folder, name);
  writeCandleCsv(file, candles);
  return file;
}

/** As an export that does not say its zone: stamps on a clock that is `hours` before UTC. */
function writeLocal(name: string, candles: Candles, hours: number): string {
  const rows = Array.from({ length: candles.length }, (_, i) => {
    const stamp = new Date(candles.time[i]! + hours * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
    return [stamp, candles.open[i], candles.high[i], candles.low[i], candles.close[i], 1].join();
  });
  const file = join(folder, name);
  writeFileSync(file, `time,open,high,low,close,volume\n${rows.join('\n')}\n`);
  return file;
}

const importAll = (files: string[]) => workspace.engine.call('market.importFiles', { files });
const stored = async () =>
  (await workspace.engine.call('market.list', {})).map((s) => [s.symbol, s.timeframe, s.bars]);

describe('several files', () => {
  it('of one series are joined in the order of time, whatever their names; the others go on beside them', async () => {
    const bars = randomCandles(3000);
    write('EURUSD_H1_c.csv', sliceCandles(bars, 0, 1000));
    write('2021/EURUSD_H1_a.csv', sliceCandles(bars, 1900, 3000));
    write('EURUSD_H1_b.csv', sliceCandles(bars, 1000, 2000));
    write('GBPUSD_M15.csv', randomCandles(500, 'M15', 2));
    writeFileSync(join(folder, 'readme.md'), 'about these files');
    const { files, series, failed, leftOut } = await importAll([folder]);
    expect(files.map((f) => [basename(f.file), f.symbol, f.timeframe, f.added, f.same])).toEqual([
      ['EURUSD_H1_c.csv', 'EURUSD', 'H1', 1000, 0],
      ['EURUSD_H1_b.csv', 'EURUSD', 'H1', 1000, 0],
      ['EURUSD_H1_a.csv', 'EURUSD', 'H1', 1000, 100],
      ['GBPUSD_M15.csv', 'GBPUSD', 'M15', 500, 0],
    ]);
    expect({ failed, leftOut: leftOut.map((file) => basename(file)) }).toEqual({
      failed: 0,
      leftOut: ['readme.md'],
    });
    expect(series.map((s) => [s.symbol, s.bars])).toEqual([
      ['EURUSD', 3000],
      ['GBPUSD', 500],
    ]);
    expect(await stored()).toEqual([
      ['EURUSD', 'H1', 3000],
      ['GBPUSD', 'M15', 500],
    ]);
  });

  it('are refused one by one where name and content contradict each other, or say nothing', async () => {
    const bars = randomCandles(200);
    const good = write('EURUSD_H1.csv', bars);
    const otherTimeframe = write('GBPUSD_M15.csv', bars);
    const nameless = write('prices.csv', bars);
    const otherSymbol = join(folder, 'USDCHF_H1.csv');
    const row = (i: number) => [new Date(bars.time[i]!).toISOString(), 'EURUSD', 1.1, 1.2, 1, 1.15].join();
    writeFileSync(otherSymbol, `time,symbol,open,high,low,close\n${[0, 1, 2, 3].map(row).join('\n')}\n`);
    const damaged = join(folder, 'AUDUSD_H1.csv');
    writeFileSync(damaged, 'nothing of the kind');
    const gone = join(folder, 'NZDUSD_H1.csv');
    const { files, failed } = await importAll([gone, otherSymbol, damaged, nameless, otherTimeframe, good]);
    expect(failed).toBe(5);
    const told = new Map(files.map((f) => [f.file, f.refusal]));
    expect(told.get(good)).toBeNull();
    expect(told.get(otherTimeframe)).toContain('Its name says timeframe M15, its content H1.');
    expect(told.get(otherSymbol)).toContain('Its name says symbol USDCHF, its content EURUSD.');
    expect(told.get(nameless)).toContain('Neither its content nor its name says which symbol it holds.');
    expect(told.get(damaged)).toContain('is in no format Regimen reads');
    expect(told.get(gone)).toContain('There is no file');
    expect(await stored()).toEqual([['EURUSD', 'H1', 200]]);
  });

  it('of which one holds several series become all of them', async () => {
    const bars = randomCandles(50);
    const row = (symbol: string, i: number) =>
      [
        new Date(bars.time[i]!).toISOString(),
        symbol,
        bars.open[i],
        bars.high[i],
        bars.low[i],
        bars.close[i],
      ].join();
    const rows = Array.from({ length: 50 }, (_, i) => [row('EUR/USD', i), row('GBP/USD', i)]).flat();
    const file = join(folder, 'EURUSD.csv');
    writeFileSync(file, `time,symbol,open,high,low,close\n${rows.join('\n')}\n`);
    const { failed } = await importAll([file]);
    expect(failed).toBe(0);
    expect(await stored()).toEqual([
      ['EURUSD', 'H1', 50],
      ['GBPUSD', 'H1', 50],
    ]);
  });

  it('of which some are too short to tell their zone have that of the longest part', async () => {
    const bars = randomCandles(24 * 5 * 30, 'H1', 1, Date.UTC(2020, 4, 4));
    const cut = bars.length - 50;
    writeLocal('EURUSD_H1_1.csv', sliceCandles(bars, 0, cut), -5);
    const last = writeLocal('EURUSD_H1_2.csv', sliceCandles(bars, cut, bars.length), -5);
    const zones = (await workspace.engine.call('market.inspectFiles', { files: [folder] })).files.map(
      (f) => f.timezone,
    );
    expect(new Set(zones).size).toBe(1);
    const { files } = await importAll([folder]);
    expect(files.at(-1)!.file).toBe(last);
    expect(files.at(-1)!.notes.join()).toContain('It does not tell its time zone');
    const [series] = await workspace.engine.call('market.list', {});
    expect(series).toMatchObject({
      bars: bars.length,
      last: new Date(bars.time[bars.length - 1]!).toISOString(),
      quality: { gaps: { count: 0 } },
    });
  });

  it('replace what was stored once, not each other', async () => {
    const bars = randomCandles(600);
    await importAll([write('EURUSD_H1.csv', randomCandles(100, 'H1', 9))]);
    const files = [
      write('EURUSD_H1_1.csv', sliceCandles(bars, 0, 300)),
      write('EURUSD_H1_2.csv', sliceCandles(bars, 300, 600)),
    ];
    await workspace.engine.call('market.importFiles', { files, replace: true });
    expect(await stored()).toEqual([['EURUSD', 'H1', 600]]);
  });

  it('are none in a folder without market data', async () => {
    writeFileSync(join(folder, 'notes.md'), 'x');
    await expect(importAll([folder])).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('holds 1 file, none of them of market data'),
    });
  });
});
