import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { randomCandles } from '../market/fixtures.ts';
import { returnLabels } from '../targets/return-label.ts';
import { evaluationWindows, historyTier, trainingRows, trainingStart, viewStart } from './windows.ts';

const DAY = 86_400_000;
const DAYS = { holdoutDays: 30, selectionDays: 90 };
const hourly = randomCandles(6000, 'H1', 3);

const endOf = ({ time, length, timeframe }: Candles) => time[length - 1]! + timeframeMs(timeframe);

describe('evaluationWindows', () => {
  it('counts calendar days back from the close of the last bar', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Timeframe>('M30', 'H1', 'H4', 'D1'),
        fc.integer({ min: 400, max: 3000 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 90 }),
        (timeframe, length, holdoutDays, selectionDays) => {
          const candles = randomCandles(length, timeframe, 2);
          const { selection, holdout } = evaluationWindows(candles, { holdoutDays, selectionDays });
          const rowsSince = (days: number) =>
            candles.time.findIndex((time) => time >= endOf(candles) - days * DAY);
          expect(holdout).toEqual({ from: rowsSince(holdoutDays), to: length });
          expect(selection).toEqual({
            from: Math.max(0, rowsSince(holdoutDays + selectionDays)),
            to: holdout.from,
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are empty where the data does not reach', () => {
    const few = sliceCandles(hourly, 0, 48);
    expect(evaluationWindows(few, DAYS)).toEqual({
      selection: { from: 0, to: 0 },
      holdout: { from: 0, to: 48 },
    });
    const none = sliceCandles(hourly, 0, 0);
    expect(evaluationWindows(none, DAYS)).toEqual({
      selection: { from: 0, to: 0 },
      holdout: { from: 0, to: 0 },
    });
  });
});

describe('trainingRows', () => {
  it('ends with the last label that is settled before the selection window opens', () => {
    const { selection } = evaluationWindows(hourly, DAYS);
    for (const horizon of [1, 12, 100]) {
      const { from, to } = trainingRows(hourly, DAYS, 60, horizon);
      expect(from).toBe(trainingStart(hourly, DAYS, 60));
      // The label of the last row needs the open of row to + horizon, the last one before the window.
      expect(to - 1 + 1 + horizon).toBe(selection.from - 1);
      const cut = returnLabels(sliceCandles(hourly, 0, selection.from), horizon);
      expect(Number.isFinite(cut[to - 1])).toBe(true);
      expect(Number.isFinite(cut[to])).toBe(false);
    }
  });

  it('begins so many calendar days before the selection window, wherever weekends lie', () => {
    const start = hourly.time[trainingStart(hourly, DAYS, 60)];
    const wanted = endOf(hourly) - 180 * DAY;
    expect(start).toBeGreaterThanOrEqual(wanted);
    expect(hourly.time[trainingStart(hourly, DAYS, 60) - 1]).toBeLessThan(wanted);
  });

  it('is empty, never negative, for a horizon longer than the window', () => {
    const { from, to } = trainingRows(hourly, DAYS, 5, 500);
    expect(to).toBe(from);
  });
});

describe('viewStart', () => {
  it('is the same for all days of a tier, and leaves the warm-up in front of the longest', () => {
    expect([5, 256, 257, 1024, 3650, 4097].map(historyTier)).toEqual([256, 256, 1024, 1024, 4096, 4097]);
    const short = { holdoutDays: 5, selectionDays: 10 };
    const start = viewStart(hourly, short, 40, 300);
    expect(start).toBe(trainingStart(hourly, short, 40) - 300);
    expect(viewStart(hourly, DAYS, 4096, 300)).toBe(0);
  });
});
