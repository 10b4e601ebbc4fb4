import { expect, it } from 'vitest';
import { type Candles, candlesWithin, sliceCandles } from '../candles.ts';
import { randomCandles } from '../testing/random-candles.ts';
import { resample } from './resample.ts';
import { viewDigest } from './view-digest.ts';
import { findView, storeView, viewsIn } from './views.ts';

const HOUR = 3_600_000;
const candles = randomCandles(3000);
const FROM = Date.UTC(2020, 1, 1);
const END = Date.UTC(2020, 4, 1, 21, 30);
const view = storeView(candles, FROM, END);

function corrected(row: number): Candles {
  const close = candles.close.slice();
  close[row]! += 0.001;
  return { ...candles, close };
}

it('holds the bars that open at its beginning or later and have closed by its end', () => {
  const cut = candlesWithin(candles, { from: FROM, to: END });
  const times = Array.from(candles.time).filter((time) => time >= FROM && time + HOUR <= END);
  expect(Array.from(cut.time)).toEqual(times);
  // A weekend's Saturday has no bars: the first is that of Sunday evening.
  expect(view).toEqual({
    digest: viewDigest(cut),
    first: '2020-02-02T22:00:00.000Z',
    bars: times.length,
    source: 'H1',
  });
});

it('is found in a series that has the same bars, whatever it has besides', () => {
  const cut = candlesWithin(candles, { from: FROM, to: END });
  const first = candles.time.indexOf(cut.time[0]!);
  for (const [from, to] of [
    [0, 3000],
    [first, first + cut.length],
    [first - 1, first + cut.length + 1],
  ] as const) {
    expect(findView(sliceCandles(candles, from, to), view, END)?.close).toEqual(cut.close);
  }
  expect(findView(corrected(first - 1), view, END)).toBeDefined();
  expect(findView(corrected(first + cut.length), view, END)).toBeDefined();
});

it('is not found in one that has other bars, fewer or more', () => {
  const { length } = candlesWithin(candles, { from: FROM, to: END });
  const first = candles.time.findIndex((time) => time >= FROM);
  for (const row of [first, first + 500, first + length - 1]) {
    expect(findView(corrected(row), view, END)).toBeUndefined();
  }
  expect(findView(sliceCandles(candles, first + 1, 3000), view, END)).toBeUndefined();
  expect(findView(sliceCandles(candles, 0, first + length - 1), view, END)).toBeUndefined();
  expect(findView(sliceCandles(candles, 0, 0), view, END)).toBeUndefined();
});

it('is found among others, also resampled', () => {
  const base = { timeframe: 'H1', dayStart: 'utc' } as const;
  const four = storeView(resample(candles, 'H4', 'utc'), FROM, END, base);
  const ofNewYork = { ...base, dayStart: 'new_york' } as const;
  const days = storeView(resample(candles, 'D1', 'new_york'), FROM, END, ofNewYork);
  const views = [
    { ...view, timeframe: 'H1', end: END },
    { ...four, timeframe: 'H4', end: END },
    { ...view, timeframe: 'H1', end: END - HOUR },
  ] as const;
  expect(viewsIn(candles, views.slice(0, 2))).toEqual(new Set([view.digest, four.digest]));
  const daily = { ...days, timeframe: 'D1', end: END } as const;
  expect(viewsIn(candles, [daily])).toEqual(new Set([days.digest]));
  expect(viewsIn(candles, [{ ...daily, dayStart: 'utc' }])).toEqual(new Set());
  // The last hour of an H4 bar.
  const last = candles.time.findIndex((time) => time > FROM && (time + HOUR) % (4 * HOUR) === 0);
  expect(viewsIn(corrected(last + 400), views)).toEqual(new Set());
  // An hour of an H4 bar that ends after the view.
  const open = candles.time.indexOf(END - 1.5 * HOUR);
  expect(viewsIn(corrected(open), views)).toEqual(new Set([four.digest]));
});
