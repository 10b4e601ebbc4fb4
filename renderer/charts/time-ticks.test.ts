import { describe, expect, it } from 'vitest';
import { timeTicks } from './time-ticks.ts';

const HOUR = 3_600_000;
const hourly = (start: string, count: number) =>
  Array.from({ length: count }, (_, i) => Date.parse(start) + i * HOUR);

describe('timeTicks', () => {
  it('stands at the first bar of each day when there is room for days only', () => {
    expect(timeTicks(hourly('2026-03-02T22:00:00Z', 50), 3)).toEqual([
      { index: 2, label: '3 Mar' },
      { index: 26, label: '4 Mar' },
    ]);
  });

  it('uses hours for a day, months for a year, years for decades', () => {
    expect(timeTicks(hourly('2026-03-02T10:00:00Z', 4), 6).map((t) => t.label)).toEqual([
      '2 Mar 11:00',
      '2 Mar 12:00',
      '2 Mar 13:00',
    ]);
    const days = Array.from({ length: 150 }, (_, i) => Date.parse('2026-01-10T00:00:00Z') + i * 24 * HOUR);
    expect(timeTicks(days, 6).map((t) => t.label)).toEqual([
      'Feb 2026',
      'Mar 2026',
      'Apr 2026',
      'May 2026',
      'Jun 2026',
    ]);
    const years = Array.from({ length: 20 * 12 }, (_, i) => Date.UTC(2000, i, 15));
    expect(timeTicks(years, 20).map((t) => t.label)).toEqual(
      Array.from({ length: 19 }, (_, i) => String(2001 + i)),
    );
  });

  it('begins weeks on Monday', () => {
    const bars = hourly('2026-03-04T00:00:00Z', 24 * 14);
    for (const { index } of timeTicks(bars, 2)) expect(new Date(bars[index]!).getUTCDay()).toBe(1);
    expect(timeTicks(bars, 2)).toHaveLength(2);
  });

  it('leaves out what would overlap where a weekend takes no room', () => {
    // Friday 18:00 to 20:00, then Sunday 21:00 on: the quarters of both days begin three bars apart.
    const bars = [...hourly('2026-03-06T00:00:00Z', 21), ...hourly('2026-03-08T21:00:00Z', 20)];
    const ticks = timeTicks(bars, 8);
    expect(ticks.map(({ label }) => label)).toContain('6 Mar 18:00');
    const steps = ticks.slice(1).map(({ index }, i) => index - ticks[i]!.index);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0.85 * (bars.length / 8));
  });

  it('never gives more than asked for, and none without bars', () => {
    for (const bars of [0, 1, 10, 1000, 20_000]) {
      expect(timeTicks(hourly('2020-01-01T00:00:00Z', bars), 7).length).toBeLessThanOrEqual(7);
    }
    expect(timeTicks([], 5)).toEqual([]);
  });
});
