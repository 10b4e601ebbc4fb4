import { describe, expect, it } from 'vitest';
import { barFrom, type CandleTrade, firstBehind, placeTrades, stretches } from './candle-data.ts';

const HOUR = 3_600_000;
const TIME = [0, 1, 2, 5, 6, 7].map((hour) => hour * HOUR);
const at = (hour: number) => new Date(hour * HOUR).toISOString();
const trade = (number: number, opened: number, closed: number): CandleTrade => ({
  number,
  opened: at(opened),
  closed: at(closed),
  side: 'long',
  entryPrice: 1,
  exitPrice: 2,
  stop: null,
  takeProfit: null,
  netPercent: 1,
  holdout: false,
});

describe('the bar of a time', () => {
  it('is the first that opens then or later, and none behind the last', () => {
    expect([-1, 0, 1, 3, 5, 7, 8].map((hour) => barFrom(TIME, hour * HOUR))).toEqual([0, 0, 1, 3, 3, 5, 6]);
    expect(barFrom([], 0)).toBe(0);
  });
});

describe('trades on bars', () => {
  it('stand where they were entered and left, in the order of entry', () => {
    const placed = placeTrades([trade(2, 5, 7), trade(1, 1, 5)], TIME);
    expect(placed.map(({ number, entry, exit }) => [number, entry, exit])).toEqual([
      [1, 1, 3],
      [2, 3, 5],
    ]);
  });

  it('are left out where their first bar is not there, and end with the last bar where they end later', () => {
    const placed = placeTrades([trade(1, -2, 1), trade(2, 3, 6), trade(3, 6, 30)], TIME);
    expect(placed.map(({ number, entry, exit }) => [number, entry, exit])).toEqual([[3, 4, 5]]);
  });
});

describe('bars with the same label', () => {
  it('are one stretch each time', () => {
    expect(stretches([1, 1, 0, 2, 2, 2])).toEqual([
      { label: 1, from: 0, to: 2 },
      { label: 0, from: 2, to: 3 },
      { label: 2, from: 3, to: 6 },
    ]);
    expect(stretches([])).toEqual([]);
  });

  it('are found by a bar', () => {
    const all = stretches([1, 1, 0, 2, 2, 2]);
    expect([-3, 0, 1.5, 2, 2.5, 3, 5, 6].map((bar) => firstBehind(all, bar))).toEqual([
      0, 0, 0, 1, 1, 2, 2, 3,
    ]);
  });
});
