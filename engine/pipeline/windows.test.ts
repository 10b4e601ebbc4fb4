import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { sliceCandles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { returnLabels } from '../targets/return-label.ts';
import { evaluationEnd, rowsWithin, settledRows, trainingRows, windowsBefore } from './windows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = { holdoutDays: 30, selectionDays: 90 };
const hourly = randomCandles(6000, 'H1', 3);
const AS_OF = Date.UTC(2020, 10, 20, 22);

describe('windowsBefore', () => {
  it('counts calendar days back from any time, each window ending where the next begins', () => {
    expect(windowsBefore(AS_OF, DAYS, 60)).toEqual({
      training: { from: AS_OF - 180 * DAY, to: AS_OF - 120 * DAY },
      evaluation: {
        start: AS_OF - 120 * DAY,
        windows: [
          { name: 'selection', from: AS_OF - 120 * DAY, to: AS_OF - 30 * DAY },
          { name: 'holdout', from: AS_OF - 30 * DAY, to: AS_OF },
        ],
      },
    });
    expect(evaluationEnd(windowsBefore(AS_OF, DAYS, 60).evaluation)).toBe(AS_OF);
  });
});

describe('rowsWithin', () => {
  it('gives the bars that close after the beginning, up to the end', () => {
    const instant = fc.integer({ min: Date.UTC(2019, 11, 20), max: Date.UTC(2021, 1, 1) });
    fc.assert(
      fc.property(
        fc.constantFrom<Timeframe>('M30', 'H1', 'H4', 'D1'),
        fc.integer({ min: 0, max: 400 }),
        instant,
        instant,
        (timeframe, length, a, b) => {
          const candles = randomCandles(length, timeframe, 2);
          const range = { from: Math.min(a, b), to: Math.max(a, b) };
          const closes = Array.from(candles.time, (time) => time + timeframeMs(timeframe));
          const { from, to } = rowsWithin(candles, range);
          const inside = (close: number) => close > range.from && close <= range.to;
          expect(closes.map((close, row) => (inside(close) ? row : -1)).filter((row) => row >= 0)).toEqual(
            Array.from({ length: to - from }, (_, i) => from + i),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leaves no bar out between windows that follow each other, and has none twice', () => {
    for (const timeframe of ['M30', 'H1', 'H4', 'D1'] as const) {
      const candles = randomCandles(4000, timeframe, 2, Date.UTC(2014, 0, 6));
      // The week closes inside an H4 and a D1 bar.
      const asOf = Date.UTC(2014, 2, 21, 21);
      const { training, evaluation } = windowsBefore(asOf, { holdoutDays: 7, selectionDays: 20 }, 30);
      const rows = [training, ...evaluation.windows].map((window) => rowsWithin(candles, window));
      expect(rows[1]?.from).toBe(rows[0]?.to);
      expect(rows[2]?.from).toBe(rows[1]?.to);
      const end = rows[2]?.to ?? 0;
      expect(candles.time[end - 1]! + timeframeMs(timeframe)).toBeLessThanOrEqual(asOf);
      expect(candles.time[end]! + timeframeMs(timeframe)).toBeGreaterThan(asOf);
    }
  });
});

describe('trainingRows', () => {
  const { training, evaluation } = windowsBefore(AS_OF, DAYS, 60);
  const selection = rowsWithin(hourly, evaluation.windows[0] ?? training);

  it('ends with the last label that is settled before the selection window opens', () => {
    for (const horizon of [1, 12, 100]) {
      const { from, to } = trainingRows(hourly, training, horizon);
      expect(from).toBe(rowsWithin(hourly, training).from);
      // The label of the last row needs the open of row to + horizon, the last one before the window.
      expect(to - 1 + 1 + horizon).toBe(selection.from - 1);
      const cut = returnLabels(sliceCandles(hourly, 0, selection.from), horizon);
      expect(Number.isFinite(cut[to - 1])).toBe(true);
      expect(Number.isFinite(cut[to])).toBe(false);
    }
  });

  it('begins so many calendar days before the selection window, wherever weekends lie', () => {
    const { from } = trainingRows(hourly, training, 1);
    expect(hourly.time[from]! + HOUR).toBeGreaterThan(AS_OF - 180 * DAY);
    expect(hourly.time[from - 1]! + HOUR).toBeLessThanOrEqual(AS_OF - 180 * DAY);
  });

  it('is empty, never negative, for a horizon longer than the window', () => {
    const { from, to } = trainingRows(hourly, windowsBefore(AS_OF, DAYS, 5).training, 500);
    expect(to).toBe(from);
    expect(settledRows({ from: 7, to: 9 }, 5)).toEqual({ from: 7, to: 7 });
  });
});
