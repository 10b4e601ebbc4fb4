import { expect, test } from 'vitest';
import { randomCandles } from '../testing/random-candles.ts';
import { hourOfDay, spreadByHour } from './spread-by-hour.ts';

const at = (text: string) => Date.parse(`${text}Z`);

test("hours are those of the market's day, in summer and in winter", () => {
  expect(hourOfDay(at('2024-07-02T21:00'), 'new_york')).toBe(0);
  expect(hourOfDay(at('2024-07-02T20:59'), 'new_york')).toBe(23);
  expect(hourOfDay(at('2024-01-02T22:00'), 'new_york')).toBe(0);
  expect(hourOfDay(at('2024-01-02T12:30'), 'new_york')).toBe(14);
  expect(hourOfDay(at('2024-01-02T12:30'), 'utc')).toBe(12);
});

test('of each hour the median of the rows that have a spread, elsewhere that of all', () => {
  const candles = randomCandles(24 * 40, 'H1', 7);
  const { time, close, spread } = candles;
  const byHour = new Map<number, number[]>();
  const rows = { from: 24, to: 900 };
  for (let row = 0; row < candles.length; row++) {
    const hour = new Date(time[row]!).getUTCHours();
    // The hour from 5 to 6 never has one, others on two days of three.
    const share = row % 3 === 0 || hour === 5 ? Number.NaN : (1 + ((row * 7) % 11)) / 10_000;
    spread[row] = share * close[row]!;
    if (share > 0 && row >= rows.from && row < rows.to)
      byHour.set(hour, [...(byHour.get(hour) ?? []), share]);
  }
  const middle = (of: number[]) => {
    const sorted = [...of].sort((a, b) => a - b);
    return (sorted[Math.ceil(sorted.length / 2) - 1]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
  };
  const all = middle([...byHour.values()].flat());
  const found = spreadByHour(candles, rows, 'utc')!;
  expect(found.day).toBe('utc');
  expect(found.shares).toHaveLength(24);
  found.shares.forEach((share, hour) => {
    expect(share).toBeCloseTo(byHour.has(hour) ? middle(byHour.get(hour)!) : all, 11);
  });
  // What lies outside the rows plays no part.
  spread[0] = 5;
  spread[950] = 5;
  expect(spreadByHour(candles, rows, 'utc')).toEqual(found);
  spread.fill(Number.NaN);
  expect(spreadByHour(candles, rows, 'utc')).toBeUndefined();
});
