import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RawInput } from '../contract/api/index.ts';
import type { EngineEvent } from '../contract/events.ts';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { openTestWorkspace, type TestWorkspace } from '../testing/engines.ts';

const HOUR = 3_600_000;
const BARS = randomCandles(120);

let workspace: TestWorkspace;
let clock: number;
let changes: number;
beforeEach(() => {
  clock = BARS.time[119]! + 2 * HOUR;
  changes = 0;
  workspace = openTestWorkspace('host', () => clock);
  workspace.engine.subscribe((event: EngineEvent) => {
    if (event.type === 'workspace.changed' && event.what === 'series') changes++;
  });
});
afterEach(() => workspace.dispose());

type Sent = RawInput<'market.append'>['bars'][number];

function sent({ time, open, high, low, close, volume }: Candles, row: number): Sent {
  return {
    time: new Date(time[row]!).toISOString(),
    open: open[row]!,
    high: high[row]!,
    low: low[row]!,
    close: close[row]!,
    volume: volume[row]!,
  };
}
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => sent(BARS, from + i));
const append = (bars: readonly Sent[]) =>
  workspace.engine.call('market.append', { symbol: 'EURUSD', timeframe: 'H1', bars: [...bars] });
const at = (row: number) => new Date(BARS.time[row]!).toISOString();

it('bars that are sent are told apart, and sent once more they change nothing', async () => {
  const first = [...rows(0, 60), ...rows(61, 100)];
  expect(await append(first)).toMatchObject({ appended: 99, corrected: [], late: [], same: 0, bars: 99 });
  expect(await append(first)).toMatchObject({ appended: 0, corrected: [], late: [], same: 99, bars: 99 });
  expect(changes).toBe(1);
  const other = { ...sent(BARS, 98), close: sent(BARS, 98).low };
  const mixed = [sent(BARS, 101), other, sent(BARS, 60), sent(BARS, 100), sent(BARS, 99)];
  const answer = await append(mixed);
  expect(answer).toEqual({
    symbol: 'EURUSD',
    timeframe: 'H1',
    appended: 2,
    corrected: [at(98)],
    late: [at(60)],
    same: 1,
    unfinished: [],
    newest: at(101),
    bars: 102,
  });
  expect(await append(mixed)).toMatchObject({ appended: 0, corrected: [], late: [], same: 5 });
  const told = await workspace.engine.call('market.arrivals', { symbol: 'EURUSD' });
  expect(told.map(({ time, kind, source }) => [time, kind, source])).toEqual([
    [at(98), 'corrected', 'HTTP'],
    [at(60), 'late', 'HTTP'],
  ]);
  expect(await workspace.engine.call('market.arrivals', { timeframe: 'M5' })).toEqual([]);
});

it('a bar that has not closed is held back until it has', async () => {
  clock = BARS.time[50]! + HOUR - 1;
  expect(await append(rows(0, 51))).toMatchObject({ appended: 50, unfinished: [at(50)], newest: at(49) });
  expect(await append(rows(50, 51))).toMatchObject({ appended: 0, unfinished: [at(50)], bars: 50 });
  clock += 1;
  expect(await append(rows(50, 51))).toMatchObject({ appended: 1, unfinished: [], newest: at(50) });
});

it('nothing is stored of bars that can not be', async () => {
  await append(rows(0, 50));
  const half = { ...sent(BARS, 50), time: BARS.time[50]! + HOUR / 2 };
  await expect(append([half, sent(BARS, 51)])).rejects.toThrow(/overlaps that of/);
  const twice = [sent(BARS, 50), { ...sent(BARS, 50), volume: 12_345 }];
  await expect(append(twice)).rejects.toThrow(/two different bars/);
  const upside = { ...sent(BARS, 50), high: sent(BARS, 50).low! / 2 };
  await expect(append([upside])).rejects.toThrow(/high to be the highest/);
  const elsewhere = { ...sent(BARS, 50), open: 99, high: 99, low: 99, close: 99 };
  await expect(append([elsewhere])).rejects.toThrow(/another market/);
  expect(await append(rows(49, 50))).toMatchObject({ same: 1, bars: 50 });
});
