import { describe, expect, it } from 'vitest';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import { CANDLE_COLUMNS, type Candles } from '../candles.ts';
import { randomCandles } from '../testing/random-candles.ts';
import { tradingDay } from '../time/calendar.ts';
import { qualityReport } from './quality.ts';

const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

function without(candles: Candles, dropped: (index: number) => boolean): Candles {
  const kept = Array.from({ length: candles.length }, (_, i) => i).filter((i) => !dropped(i));
  const columns = Object.fromEntries(
    CANDLE_COLUMNS.map((name) => [name, Float64Array.from(kept, (i) => candles[name][i]!)]),
  ) as unknown as Pick<Candles, (typeof CANDLE_COLUMNS)[number]>;
  return { ...candles, ...columns, length: kept.length };
}

/** The daily candle leaks into the first bar of every `every`-th day of the kind given. */
function leak(candles: Candles, dayOf: (ms: number) => number, every: number): number[] {
  const leaked: number[] = [];
  let start = 0;
  for (let end = 1; end <= candles.length; end++) {
    const day = dayOf(candles.time[start]!);
    if (end < candles.length && dayOf(candles.time[end]!) === day) continue;
    if (day % every === 0 && candles.time[end - 1]! - candles.time[start]! >= 12 * HOUR) {
      candles.high[start] = Math.max(...candles.high.subarray(start, end));
      candles.low[start] = Math.min(...candles.low.subarray(start, end));
      leaked.push(start);
    }
    start = end;
  }
  return leaked;
}

describe('qualityReport', () => {
  it.each(['M15', 'H1', 'H4', 'D1'] as Timeframe[])(
    'finds nothing wrong with whole weeks of %s',
    (timeframe) => {
      const report = qualityReport(randomCandles(3000, timeframe));
      const none = { count: 0, examples: [] };
      expect(report).toMatchObject({
        bars: 3000,
        first: '2020-01-06T00:00:00.000Z',
        coverage: 1,
        session: 'currency-week',
        gaps: { ...none, missingBars: 0, largest: [] },
        duplicates: 0,
        bodyOutsideRange: none,
        flatBars: none,
        offGrid: none,
        weekendBars: none,
        jumps: none,
        dailyLeak: none,
      });
    },
  );

  it('counts gaps and the bars missing in them, not weekends', () => {
    const whole = randomCandles(500);
    const report = qualityReport(without(whole, (i) => (i >= 10 && i < 13) || i === 200));
    expect(report.gaps).toMatchObject({
      count: 2,
      missingBars: 4,
      examples: [iso(whole.time[9]!), iso(whole.time[199]!)],
    });
    expect(report.coverage).toBe(496 / 500);
  });

  it('counts a gap across a weekend without the weekend', () => {
    const whole = randomCandles(500);
    const friday = whole.time.findIndex((t, i) => i > 0 && t - whole.time[i - 1]! > HOUR);
    const report = qualityReport(without(whole, (i) => i === friday || i === friday - 1));
    expect(report.gaps).toMatchObject({ count: 1, missingBars: 2 });
  });

  it('finds odd bars, each where it is', () => {
    const candles = randomCandles(1000);
    candles.open[5] = candles.high[5]! + 0.0001;
    for (const column of ['open', 'high', 'low', 'close'] as const) candles[column][7] = 1.1;
    candles.high[300]! += 0.1;
    candles.time[400]! += 60_000;
    const report = qualityReport(candles, 3);
    expect(report.duplicates).toBe(3);
    expect(report.bodyOutsideRange).toEqual({ count: 1, examples: [iso(candles.time[5]!)] });
    expect(report.flatBars).toEqual({ count: 1, examples: [iso(candles.time[7]!)] });
    expect(report.jumps.examples).toContain(iso(candles.time[300]!));
    expect(report.offGrid).toEqual({ count: 1, examples: [iso(candles.time[400]!)] });
  });

  it('counts bars at the weekend, but not in a market that never closes', () => {
    const candles = randomCandles(1000);
    candles.time[999] = Date.UTC(2030, 0, 5, 12);
    expect(qualityReport(candles).weekendBars).toEqual({ count: 1, examples: ['2030-01-05T12:00:00.000Z'] });
    candles.time.forEach((_, i) => {
      candles.time[i] = Date.UTC(2020, 0, 1) + i * HOUR;
    });
    expect(qualityReport(candles)).toMatchObject({
      session: 'continuous',
      weekendBars: { count: 0 },
      gaps: { count: 0 },
    });
  });

  it('takes the raster of H4 and D1 from the bars, as servers in other zones have it', () => {
    const candles = randomCandles(500, 'H4');
    candles.time.forEach((t, i) => {
      candles.time[i] = t + 2 * HOUR;
    });
    expect(qualityReport(candles).offGrid.count).toBe(0);
  });

  it('copes with no bars', () => {
    expect(qualityReport(randomCandles(0))).toMatchObject({ bars: 0, first: null, last: null, coverage: 0 });
  });
});

it('names the ten largest gaps, the largest first', () => {
  const whole = randomCandles(3000);
  // Twelve gaps of 1 to 12 bars, each inside a week.
  const starts = Array.from({ length: 12 }, (_, k) => 60 + k * 240);
  const candles = without(whole, (i) => starts.some((start, k) => i >= start && i <= start + k));
  const { count, missingBars, largest } = qualityReport(candles).gaps;
  expect({ count, missingBars }).toEqual({ count: 12, missingBars: 78 });
  expect(largest!.map(({ bars }) => bars)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  const first = starts.at(-1)!;
  expect(largest![0]).toEqual({
    from: iso(whole.time[first - 1]!),
    to: iso(whole.time[first + 12]!),
    bars: 12,
  });
});

describe('daily leak', () => {
  const utcDay = (ms: number) => Math.floor(ms / (24 * HOUR));

  it.each([
    ['M15', 'UTC', utcDay],
    ['H1', 'UTC', utcDay],
    ['H1', 'exchange', tradingDay],
    ['H4', 'UTC', utcDay],
  ] as const)('finds the daily candle in the first %s bar of a %s day', (timeframe, _, dayOf) => {
    const candles = randomCandles(Math.floor((60 * 24 * HOUR) / timeframeMs(timeframe)), timeframe);
    const leaked = leak(candles, dayOf, 1);
    const { dailyLeak } = qualityReport(candles);
    expect(dailyLeak.count).toBeGreaterThanOrEqual(leaked.length * 0.95);
  });

  it('finds a single leaked day among clean ones', () => {
    const candles = randomCandles(3000);
    const first = leak(candles, utcDay, 40)[0]!;
    expect(qualityReport(candles).dailyLeak.examples).toContain(iso(candles.time[first]!));
  });

  it('finds leaks whose prices differ from the intraday ones, when many days have them', () => {
    const candles = randomCandles(3000);
    const leaked = leak(candles, utcDay, 4);
    for (const i of leaked) {
      candles.high[i]! += 0.00002;
      candles.low[i]! -= 0.00002;
    }
    expect(qualityReport(candles).dailyLeak.count).toBeGreaterThanOrEqual(leaked.length);
  });

  it.each([0, 7, 23])(
    'finds few of them, of other prices and without volume, in hour %i of a year',
    (hour) => {
      const candles = { ...randomCandles(6000), volume: new Float64Array(6000) };
      const leaked: number[] = [];
      for (let i = 24; i < 5900; i++) {
        const isHour = new Date(candles.time[i]!).getUTCHours() === hour;
        const day = utcDay(candles.time[i]!);
        if (!isHour || day % 50 !== 3) continue;
        const from = candles.time.findIndex((ms) => utcDay(ms) === day);
        const bars = candles.time.filter((ms) => utcDay(ms) === day).length;
        if (bars < 20) continue;
        candles.high[i] = Math.max(...candles.high.subarray(from, from + bars)) + 0.003;
        candles.low[i] = Math.min(...candles.low.subarray(from, from + bars)) - 0.003;
        leaked.push(i);
      }
      expect(leaked.length).toBeGreaterThanOrEqual(4);
      expect(leaked.length).toBeLessThan(10);
      const found = qualityReport(candles).dailyLeak;
      expect(found.count).toBe(leaked.length);
      expect(qualityReport(candles).withoutVolume).toBe(true);
      expect(qualityReport(randomCandles(50))).not.toHaveProperty('withoutVolume');
      expect(found.examples).toEqual(leaked.slice(0, 5).map((i) => iso(candles.time[i]!)));
    },
  );

  it('takes flat days for what they are', () => {
    const candles = randomCandles(3000);
    for (const column of ['open', 'high', 'low', 'close'] as const) candles[column].fill(1.1, 240, 288);
    expect(qualityReport(candles).dailyLeak.count).toBe(0);
  });
});
