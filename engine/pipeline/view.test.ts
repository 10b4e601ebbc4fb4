import { describe, expect, it } from 'vitest';
import { timeframeMs } from '../contract/timeframe.ts';
import { ENCODERS } from '../contract/words.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { warmupBars } from '../features/warmup.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { resample } from '../market/series/resample.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { weekClose } from '../market/time/trading-week.ts';
import { createContext } from './context.ts';
import { cellView, loadContext, namedCandles, type ViewRequest } from './view.ts';
import { windowsBefore } from './windows.ts';

const DAY = 86_400_000;
const DAYS = { holdoutDays: 30, selectionDays: 90 };
/** Five years. */
const hourly = randomCandles(31_000, 'H1', 8);
const fourHourly = resample(hourly, 'H4', 'new_york');
const daily = resample(hourly, 'D1', 'new_york');

function request(asOf: number, changes: Partial<ViewRequest> = {}): ViewRequest {
  return {
    candles: hourly,
    higher: [fourHourly],
    encoder: 'normalized',
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    evaluation: windowsBefore(asOf, DAYS, 60).evaluation,
    days: 60,
    ...changes,
  };
}

const startOf = (asOf: number, changes: Partial<ViewRequest> = {}) =>
  new Date(cellView(request(asOf, changes)).from).toISOString();

describe('the beginning of a view', () => {
  it('is the latest 1 January from which indicators of all timeframes are warm a tier before the evaluation', () => {
    const warmup = warmupBars('normalized', defaultIndicatorTimeframes('H1'), 'H1');
    for (let asOf = Date.UTC(2022, 0, 7); asOf < Date.UTC(2024, 0, 1); asOf += 7 * DAY) {
      const needed = asOf - 120 * DAY - 256 * DAY;
      const isWarm = (from: number) =>
        [hourly, fourHourly].every(({ time, timeframe }) => {
          const opens = Array.from(time).filter((t) => t >= from);
          const closed = opens.filter((t) => t + timeframeMs(timeframe) <= needed).length;
          // The own bar that is to be trained on comes after those that warm up; a higher one is among the closed.
          return closed >= (warmup.get(timeframe) ?? 0) + (timeframe === 'H1' ? 0 : 1);
        });
      const start = cellView(request(asOf)).from;
      const year = new Date(start).getUTCFullYear();
      expect(start).toBe(Date.UTC(year, 0, 1));
      expect(isWarm(start), new Date(asOf).toISOString()).toBe(true);
      expect(isWarm(Date.UTC(year + 1, 0, 1)), new Date(asOf).toISOString()).toBe(false);
    }
  });

  it('is the same for all days of a tier, and for all as-of dates of a year', () => {
    const asOf = Date.UTC(2024, 5, 7, 21);
    const byDays = [5, 256, 257, 1024].map((days) => startOf(asOf, { days }));
    expect(byDays).toEqual(['2023', '2023', '2021', '2021'].map((year) => `${year}-01-01T00:00:00.000Z`));
    const starts = new Set<string>();
    for (let week = 0; week < 52; week++) starts.add(startOf(asOf + (week - 30) * 7 * DAY));
    expect(starts.size).toBe(2);
  });

  it('goes back for a slow timeframe', () => {
    const asOf = Date.UTC(2024, 8, 6, 21);
    expect(startOf(asOf)).toBe('2023-01-01T00:00:00.000Z');
    const indicatorTimeframes = { rsi: ['H1', 'D1'] } as const;
    expect(startOf(asOf, { higher: [daily], indicatorTimeframes })).toBe('2022-01-01T00:00:00.000Z');
  });

  it('is the year in which the data begins for short data, and for a training window that begins with the data', () => {
    const short = sliceCandles(hourly, 26_000, 31_000);
    const begins = new Date(short.time[0] ?? 0).getUTCFullYear();
    const asOf = Date.UTC(2024, 8, 6, 21);
    expect(startOf(asOf, { candles: short, higher: [] })).toBe(`${begins}-01-01T00:00:00.000Z`);
    expect(startOf(asOf, { days: Number.POSITIVE_INFINITY })).toBe('2020-01-01T00:00:00.000Z');
    // A long daily series does not make up for it, nor does it lose its own warm-up.
    const longDaily = randomCandles(4000, 'D1', 1, Date.UTC(2010, 0, 4));
    const indicatorTimeframes = { rsi: ['H1', 'D1'] } as const;
    expect(startOf(asOf, { candles: short, higher: [longDaily], indicatorTimeframes })).toBe(
      '2022-01-01T00:00:00.000Z',
    );
  });
});

describe.each(ENCODERS)('features by %s', (encoder) => {
  const indicatorTimeframes = {
    ...defaultIndicatorTimeframes('H1'),
    sma: ['H1', 'D1'],
    obv: ['H1', 'H4'],
  } as const;

  /** The features of every bar in view, with a series that ends so long after the as-of date. */
  function featuresAsOf(asOf: number, later: number) {
    const known = (candles: Candles) =>
      sliceCandles(candles, 0, Array.from(candles.time).findLastIndex((time) => time < asOf + later) + 1);
    const candles = known(hourly);
    const higher = [resample(candles, 'H4', 'new_york'), resample(candles, 'D1', 'new_york')];
    const wanted = request(asOf, { candles, higher, encoder, indicatorTimeframes });
    const loaded = loadContext(namedCandles(candles), higher.map(namedCandles), cellView(wanted), {
      dataDigest: '',
      evaluation: wanted.evaluation,
      encoder,
      indicatorTimeframes,
      settings: {
        members: 3,
        seed: 1,
        strategies: {
          predictionMethods: ['direct'],
          ensembleMethods: ['mean'],
          confidenceThresholds: [0.5],
          lookbackWindows: [50],
        },
        regimes: [],
        costs: { spreadPips: 1, slippagePips: 0, commissionPerSide: 0, swapLongPips: 0, swapShortPips: 0 },
      },
    });
    const context = createContext(loaded);
    const { matrix } = context.features;
    return { start: loaded.candles.time[0], rows: matrix.rows, names: matrix.names, columns: matrix.columns };
  }

  it('are the same bits for every as-of date of a year, and for any length of the series', () => {
    const closes = Array.from({ length: 104 }, (_, week) =>
      weekClose(Date.UTC(2023, 0, 9) + week * 7 * DAY, 'currency-week'),
    );
    const higher = [fourHourly, daily];
    const starts = closes.map((asOf) => startOf(asOf, { higher, encoder, indicatorTimeframes }));
    const year = closes.filter((_, week) => starts[week] === '2022-01-01T00:00:00.000Z');
    expect(year.length).toBeGreaterThanOrEqual(51);

    const whole = featuresAsOf(year.at(-1) ?? 0, 0);
    for (const [i, asOf] of [0, 3, 10, 25, 40].map((week) => year[week] ?? 0).entries()) {
      const part = featuresAsOf(asOf, (i % 3) * 40 * DAY);
      expect(part.start).toBe(whole.start);
      expect(part.names).toEqual(whole.names);
      expect(part.rows).toBeLessThan(whole.rows);
      for (const [j, column] of part.columns.entries()) {
        const differing = column.findIndex((value, row) => !Object.is(value, whole.columns[j]?.[row]));
        expect(differing, `${new Date(asOf).toISOString()} ${part.names[j]}`).toBe(-1);
      }
    }
    // From the next 1 January on a running total begins anew.
    const next = featuresAsOf((year.at(-1) ?? 0) + 7 * DAY, 0);
    expect(next.start).toBeGreaterThan(whole.start ?? 0);
  });
});
