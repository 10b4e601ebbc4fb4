import { expect, it } from 'vitest';
import { candlesAt, type Level, levelFor, toBar, toPoint, valuesAt } from './levels.ts';

const BARS = 75_000;

it('holds every bar where they are few, and a part of them from near', () => {
  expect(levelFor(3000, { from: 2760, to: 3002 })).toEqual({ step: 1, first: 0, points: 3000 });
  const near = levelFor(BARS, { from: 40_000, to: 40_240 });
  expect(near).toEqual({ step: 1, first: 38_120, points: 4000 });
  // At the newest ones nothing is kept free for what is not there.
  expect(levelFor(BARS, { from: BARS - 240, to: BARS + 2 })).toEqual({
    step: 1,
    first: BARS - 4000,
    points: 4000,
  });
});

it('gives several bars as one where more are in sight than a screen has room for', () => {
  const all = levelFor(BARS, { from: -1, to: BARS + 1 });
  expect(all.step).toBe(64);
  expect(all.points).toBe(Math.ceil(BARS / 64));
  expect(all.first + all.points * all.step).toBe(BARS);
  expect(all.first).toBeLessThanOrEqual(0);
});

it('stays as it is as long as there is room on both sides, and moves on before there is none', () => {
  const level = levelFor(BARS, { from: 40_000, to: 40_240 });
  expect(levelFor(BARS, { from: 41_000, to: 41_240 }, level)).toBe(level);
  const moved = levelFor(BARS, { from: 38_200, to: 38_440 }, level);
  expect(moved).not.toBe(level);
  expect(moved.first).toBeLessThan(38_000);
  // Zoomed out and in again by a little, the level is the same.
  const out = levelFor(BARS, { from: 30_000, to: 32_000 }, level);
  expect(out.step).toBe(2);
  expect(levelFor(BARS, { from: 30_250, to: 31_700 }, out).step).toBe(2);
  expect(levelFor(BARS, { from: 30_750, to: 31_200 }, out).step).toBe(1);
});

it('finds each bar again in its point', () => {
  const level: Level = { step: 4, first: -3, points: 2 };
  for (const bar of [0, 1, 4]) expect(toBar(level, toPoint(level, bar))).toBeCloseTo(bar, 12);
  expect([0, 1, 4].map((bar) => Math.round(toPoint(level, bar)))).toEqual([0, 1, 1]);
});

it('has first open, last close and the extremes; of lines the newest value', () => {
  const level: Level = { step: 4, first: -3, points: 2 };
  const bars = {
    time: [10, 20, 30, 40, 50],
    open: [1, 2, 3, 4, 5],
    high: [3, 9, 4, 5, 6],
    low: [0.5, 2, 1, 3, 4],
    close: [2, 3, 4, 5, 5.5],
  };
  expect(candlesAt(level, bars)).toEqual([
    { time: 10, open: 1, high: 3, low: 0.5, close: 2 },
    { time: 20, open: 2, high: 9, low: 1, close: 5.5 },
  ]);
  expect(valuesAt(level, [null, 1, 2, null, null])).toEqual([null, 2]);
});
