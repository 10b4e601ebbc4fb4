import { expect, test } from 'vitest';
import { MODEL_TYPES } from '../../models/catalog.ts';
import { createContext } from '../../pipeline/context.ts';
import { DecodedModels, NewestBars } from '../../pipeline/newest-bar.ts';
import type { RecordedBar } from '../../pipeline/recorded-bars.ts';
import { type Asked, BARS, cutAfter, full, TARGETS, trainedOn } from '../../pipeline/testing/asked-models.ts';
import { tradeOnPaper } from './paper.ts';

const HORIZON = 4;
const context = createContext(full);
const { candles } = context;
const models = new DecodedModels();

/** What is recorded where bars arrive so many at a time. */
function recorded({ name, model, strategy, alone }: Asked, step: number): RecordedBar[] {
  const all: RecordedBar[] = [];
  for (let row = candles.length - 1 - BARS + step; row < candles.length; row += step) {
    const recordAfter = all.at(-1)?.time ?? candles.time[candles.length - 1 - BARS]!;
    const job = { context: cutAfter(row, strategy), model, file: name, modelName: name, alone, recordAfter };
    all.push(...new NewestBars(models).of(job).recorded);
  }
  return all;
}

const ridge = MODEL_TYPES.find(({ name }) => name === 'ridge')!;

test.each(TARGETS.map((target, t) => [target, t] as const))(
  'on paper a version trades as the backtest does: %s',
  (target, t) => {
    const one = trainedOn(context, ridge, target, t);
    const bars = recorded(one, 100);
    expect(bars.map(({ time }) => time)).toEqual([...candles.time.subarray(candles.length - BARS)]);
    // One by one, in two pieces or at once: a bar is recorded as the same.
    expect(recorded({ ...one }, 250)).toEqual(bars);
    const paper = tradeOnPaper(bars, { target, horizon: HORIZON });
    const first = bars[0]!.time;
    const last = candles.time[candles.length - 2 - HORIZON]!;
    const backtest = one.trace.trades.filter(({ entry }) => candles.time[entry]! > first);
    // A backtest that begins earlier may be in a position where the paper begins.
    const shared = backtest.findIndex(({ entry }) =>
      paper.trades.some(({ entryTime }) => entryTime === candles.time[entry]),
    );
    expect(shared).toBeGreaterThanOrEqual(0);
    const from = candles.time[backtest[shared]!.entry]!;
    const wanted = backtest
      .slice(shared)
      .filter(({ exit }) => candles.time[exit]! < last)
      .map(({ entry, exit, direction, reason, inside, price, netReturn }) => ({
        direction,
        entryTime: candles.time[entry],
        exitTime: candles.time[inside ? exit - 1 : exit],
        exitPrice: price ?? candles.open[exit],
        reason,
        net: netReturn,
      }));
    const traded = paper.trades
      .filter(({ entryTime, exitTime }) => entryTime >= from && exitTime !== null && exitTime < last)
      .map(({ entryPrice: _price, cost: _cost, ...trade }) => trade);
    expect(wanted.length).toBeGreaterThan(5);
    expect(traded.slice(0, wanted.length)).toEqual(wanted);
    // What it had come to before is what it has come to since.
    for (const count of [1, 2, 77, 300]) {
      const before = tradeOnPaper(bars.slice(0, count), { target, horizon: HORIZON });
      const over = before.trades.filter(({ exitTime }) => exitTime !== null);
      expect(paper.trades.slice(0, over.length)).toEqual(over);
      expect([...paper.daySums.subarray(0, before.days.length)]).toEqual([...before.daySums]);
      expect(before.trades.length - over.length).toBeLessThanOrEqual(1);
    }
    const sum = paper.daySums.reduce((total, day) => total + day, 0);
    expect(Math.abs(sum - paper.net)).toBeLessThan(0.05);
  },
);

test('an agent goes from position to position as it chooses, and is held where it stays', () => {
  /** What it would do from short, flat and long. */
  const packed = (choices: readonly number[]) => choices.reduce((sum, choice) => 3 * sum + choice + 1, 0);
  const stay = [-1, 0, 1];
  const bars = [stay, [-1, 1, 1], stay, stay, [-1, 0, 0], stay, [-1, -1, 1], stay].map(
    (choices, i): RecordedBar => ({
      time: i * 3_600_000,
      open: 100 + i,
      high: 102 + i,
      low: 99 + i,
      close: 101 + i,
      day: 0,
      regime: 'calm_ranging',
      signal: choices[1]!,
      forecast: null,
      confidence: null,
      cost: 0.001,
      swapLong: 0,
      swapShort: 0,
      stake: 0.01,
      range: 1,
      choices: packed(choices),
    }),
  );
  const { trades, net } = tradeOnPaper(bars, { target: 'return', horizon: 4 });
  const long = Math.log(105 / 102) - 0.002;
  expect(trades).toEqual([
    {
      direction: 1,
      entryTime: bars[2]!.time,
      entryPrice: 102,
      exitTime: bars[5]!.time,
      exitPrice: 105,
      reason: 'decision',
      net: expect.closeTo(long, 12),
      cost: 0.002,
    },
    {
      direction: -1,
      entryTime: bars[7]!.time,
      entryPrice: 107,
      exitTime: null,
      exitPrice: null,
      reason: null,
      net: -0.001,
      cost: 0.001,
    },
  ]);
  expect(net).toBeCloseTo(long, 12);
});
