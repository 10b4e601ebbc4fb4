import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Timeframe } from '../../../contract/timeframe.ts';
import { importFile, inspectFile } from '../../importing/import.ts';
import { fixtureBars } from './fixtures/cases.ts';
import { TICK_CASES, type TickCase, tickLine, ticksOf } from './fixtures/ticks.ts';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ticks-'));
  path = join(folder, 'data');
});
afterAll(() => rmSync(folder, { recursive: true }));

function importLines(lines: readonly string[], timeframe: Timeframe = 'H1', symbol = 'EURUSD') {
  writeFileSync(path, `${lines.join('\n')}\n`);
  return importFile(path, { symbol, timeframe });
}

const BARS = fixtureBars();
const TICKS = ticksOf(BARS);

describe.each(TICK_CASES)('$title', (c: TickCase) => {
  const lines = TICKS.map((tick) => tickLine(c, tick));

  function expectBars({ candles }: Awaited<ReturnType<typeof importFile>>) {
    expect([...candles.time]).toEqual(BARS.map((b) => b.time));
    for (const column of ['open', 'high', 'low', 'close'] as const) {
      expect([...candles[column]]).toEqual(BARS.map((b) => b[column]));
    }
    expect([...candles.volume]).toEqual(BARS.map(() => (c.isTrade ? 1 : 4)));
    expect([...candles.spread]).toEqual(BARS.map((b) => (c.isTrade ? Number.NaN : b.points / 100_000)));
  }

  it('makes the bars of its ticks, through daylight saving, and says what they are made of', async () => {
    const result = await importLines([...c.header, ...lines]);
    expect(result).toMatchObject({ format: c.format, timezone: c.timezone, rows: TICKS.length, badRows: 0 });
    expectBars(result);
    expect(result.notes.join(' ')).toContain(
      `Bars were made of ${TICKS.length.toLocaleString('en-US')} ticks`,
    );
  });

  it('makes the same of a file that runs backwards', async () => {
    expectBars(await importLines([...c.header, ...lines.toReversed()]));
  });

  it('leaves out bars at the ends that are not whole', async () => {
    const { candles, notes } = await importLines([...c.header, ...lines.slice(1, -1)]);
    expect(candles.time[0]).toBe(BARS[1]!.time);
    expect(candles.length).toBe(BARS.length - 2);
    expect(notes.join(' ')).toContain('the ticks do not reach to both ends of these bars');
  });

  it('reports a garbled row and refuses more than 1 % of them', async () => {
    const at = c.header.length + 40;
    const result = await importLines([...c.header, ...lines].with(at, '?'));
    expect(result.badLines).toMatchObject([{ line: at + 1, text: '?' }]);
    const spoiled = [...c.header, ...lines].map((line, i) => (i > 20 && i % 50 === 0 ? '?' : line));
    await expect(importLines(spoiled)).rejects.toMatchObject({ code: 'data-invalid' });
  });
});

describe('ticks', () => {
  const header = '<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>';
  const row = (clock: string, bid: string, ask: string) => `2024.01.02\t${clock}\t${bid}\t${ask}\t\t\t6`;

  it('carries on the side that has not changed, and never makes a spread of a crossed quote', async () => {
    const { candles, notes } = await importLines(
      [
        header,
        row('10:00:00.000', '1.10000', '1.10010'),
        row('10:00:20.000', '1.10004', ''),
        row('10:00:40.000', '', '1.10024'),
        row('10:00:59.900', '1.10010', '1.10008'),
        row('10:01:00.000', '1.10001', '1.10011'),
        row('10:01:59.900', '1.10003', '1.10013'),
      ],
      'M1',
    );
    expect([...candles.open]).toEqual([1.1, 1.10001]);
    expect([...candles.high]).toEqual([1.1001, 1.10003]);
    expect([...candles.close]).toEqual([1.1001, 1.10003]);
    // 0.00010, 0.00006 and 0.00020: their mean.
    expect(candles.spread[0]).toBeCloseTo(0.00012, 10);
    expect(candles.spread[1]).toBe(0.0001);
    expect(notes.join(' ')).toContain('1 of its rows have an ask below the bid');
  });

  it('takes the order of the file where ticks have one stamp', async () => {
    const { candles } = await importLines(
      [
        header,
        row('10:00:00.000', '1.1000', '1.1001'),
        row('10:00:00.000', '1.1003', '1.1004'),
        row('10:00:59.900', '1.1002', '1.1003'),
        row('10:00:59.900', '1.1005', '1.1006'),
      ],
      'M1',
    );
    expect([candles.open[0], candles.close[0]]).toEqual([1.1, 1.1005]);
  });

  it('asks which bars are wanted, and makes none above H1', async () => {
    writeFileSync(path, [header, ...TICKS.map((tick) => tickLine(TICK_CASES[0]!, tick))].join('\n'));
    const { timeframe, notes } = await inspectFile(path);
    expect(timeframe).toBeUndefined();
    expect(notes[0]).toContain('holds ticks, not bars');
    await expect(importFile(path, { symbol: 'EURUSD', timeframe: 'D1' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('bars of M1 to H1 are made'),
    });
    const m30 = await importFile(path, { symbol: 'EURUSD', timeframe: 'M30' });
    expect(m30.candles.length).toBe(BARS.length * 2);
  });

  it('takes the symbol that is asked for out of a file of several', async () => {
    const c = TICK_CASES[2]!;
    const other = (line: string) => line.replace('EUR/USD', 'GBP/USD').replace(/1\.1/g, '1.3');
    const { candles } = await importLines(
      TICKS.flatMap((tick) => [tickLine(c, tick), other(tickLine(c, tick))]),
    );
    expect([...candles.close]).toEqual(BARS.map((b) => b.close));
  });
});
