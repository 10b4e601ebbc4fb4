import { expect, it } from 'vitest';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { SaidBefore, type SeenBars } from './said-before.ts';

const all = randomCandles(50, 'H1', 1);
const first = (bars: number): Candles => ({
  ...all,
  length: bars,
  time: all.time.slice(0, bars),
  open: all.open.slice(0, bars),
  high: all.high.slice(0, bars),
  low: all.low.slice(0, bars),
  close: all.close.slice(0, bars),
  volume: all.volume.slice(0, bars),
  spread: all.spread.slice(0, bars),
});
const seen = (bars: number, higher: readonly Candles[] = []): SeenBars => ({ candles: first(bars), higher });
const says = (...values: number[]) => [Float64Array.from(values), Float64Array.from(values)];

it('knows what was said as long as the bars go on', () => {
  const said = new SaidBefore();
  const direct = says(1, 2);
  said.keep('a', seen(30), [{ direct, recursive: says(3, 4) }]);
  // Of a buffer that is used again nothing is seen.
  direct[0]!.fill(9);
  expect(said.of('a', seen(31))).toEqual([{ direct: says(1, 2), recursive: says(3, 4) }]);
  expect(said.of('a', seen(30))).toBeDefined();
  expect(said.of('b', seen(31))).toBeUndefined();
  // There are fewer than before: some were taken back.
  expect(said.of('a', seen(29))).toBeUndefined();
});

it.each(['time', 'open', 'high', 'low', 'close', 'volume', 'spread'] as const)(
  'knows nothing any more once a bar has another %s',
  (column) => {
    const said = new SaidBefore();
    said.keep('a', seen(30, [first(10)]), [{ direct: says(1) }]);
    const other = seen(31, [first(10)]);
    other.candles[column][29] = 7;
    expect(said.of('a', other)).toBeUndefined();
    const higher = seen(31, [first(10)]);
    higher.higher[0]![column][9] = 7;
    expect(said.of('a', higher)).toBeUndefined();
    expect(said.of('a', seen(31))).toBeUndefined();
    expect(said.of('a', seen(31, [first(11)]))).toBeDefined();
  },
);

it('keeps a recursive forecast that was not asked for again, and drops it with the bars that it was of', () => {
  const said = new SaidBefore();
  said.keep('a', seen(30), [{ direct: says(1), recursive: says(3) }]);
  said.keep('a', seen(31), [{ direct: says(1, 2) }]);
  expect(said.of('a', seen(32))).toEqual([{ direct: says(1, 2), recursive: says(3) }]);
  const other = seen(33);
  other.candles.close[3] = 7;
  said.keep('a', other, [{ direct: says(5) }]);
  expect(said.of('a', other)).toEqual([{ direct: says(5), recursive: undefined }]);
});

it('keeps no more numbers than it may: the oldest go', () => {
  const said = new SaidBefore(8);
  const bars = seen(30);
  said.keep('a', bars, [{ direct: says(1, 2) }]);
  said.keep('b', bars, [{ direct: says(1, 2) }]);
  // Said again, it is the newest.
  said.keep('a', bars, [{ direct: says(1, 2) }]);
  said.keep('c', bars, [{ direct: says(1, 2) }]);
  expect(['a', 'b', 'c'].map((name) => said.of(name, bars) !== undefined)).toEqual([true, false, true]);
});
