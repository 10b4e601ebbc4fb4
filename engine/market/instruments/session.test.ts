import { describe, expect, it } from 'vitest';
import { findTimeZone } from '../../contract/time-zone.ts';
import type { Timeframe } from '../../contract/timeframe.ts';
import { timeframeMs } from '../../contract/timeframe.ts';
import { pickCandles } from '../candles.ts';
import { qualityReport } from '../quality/quality.ts';
import { emptyCandles } from '../testing/random-candles.ts';
import { isTradingTime } from '../time/calendar.ts';

const newYork = findTimeZone('America/New_York');

/** Bars of a year at the times that pass. */
function market(timeframe: Timeframe, isOpen: (local: Date, ms: number) => boolean) {
  const step = timeframeMs(timeframe);
  const times: number[] = [];
  for (let ms = Date.UTC(2023, 6, 3); ms < Date.UTC(2024, 6, 1); ms += step) {
    if (isOpen(new Date(ms + newYork.offsetAt(ms)), ms)) times.push(ms);
  }
  const candles = emptyCandles(times.length, timeframe);
  candles.time.set(times);
  for (const column of [candles.open, candles.high, candles.low, candles.close]) column.fill(100);
  return candles;
}

const inWeek = (_: Date, ms: number) => isTradingTime(ms);

describe('when a market trades', () => {
  it('is the currency week, or always', () => {
    expect(qualityReport(market('H1', inWeek))).toMatchObject({ session: 'currency-week', coverage: 1 });
    expect(qualityReport(market('H1', () => true))).toMatchObject({ session: 'continuous', coverage: 1 });
    expect(qualityReport(market('H1', inWeek)).closed).toBeUndefined();
  });

  it('is the hours of an exchange, whose nightly break is no gap, summer and winter', () => {
    const report = qualityReport(
      market('M15', (local, ms) => inWeek(local, ms) && local.getUTCHours() !== 17),
    );
    expect(report).toMatchObject({ session: 'exchange-hours', closed: ['17:00 to 18:00'], coverage: 1 });
    expect(report.gaps.count).toBe(0);
    const shares = qualityReport(
      market('M30', (local, ms) => {
        const minutes = local.getUTCHours() * 60 + local.getUTCMinutes();
        return inWeek(local, ms) && minutes >= 570 && minutes < 960;
      }),
    );
    expect(shares).toMatchObject({ closed: ['16:00 to 09:30'], coverage: 1, gaps: { count: 0 } });
  });

  it('counts what is missing from these hours', () => {
    const whole = market('H1', (local, ms) => inWeek(local, ms) && local.getUTCHours() !== 17);
    const rows = Array.from({ length: whole.length }, (_, i) => i);
    // A whole afternoon, and one bar of another day.
    const some = rows.filter((row) => !(row >= 1000 && row < 1004) && row !== 2000);
    const report = qualityReport(pickCandles(whole, some));
    expect(report.gaps).toMatchObject({ count: 2, missingBars: 5 });
  });

  it('is not hours where bars are missing here and there, or of a few minutes', () => {
    const torn = market('H1', (local, ms) => inWeek(local, ms) && (ms / 3_600_000) % 3 !== 0);
    expect(qualityReport(torn).session).toBe('currency-week');
    const silent = market(
      'M5',
      (local, ms) => inWeek(local, ms) && !(local.getUTCHours() === 17 && local.getUTCMinutes() < 10),
    );
    expect(qualityReport(silent).session).toBe('currency-week');
  });
});
