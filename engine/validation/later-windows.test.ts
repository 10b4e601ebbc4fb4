import { describe, expect, test } from 'vitest';
import { oneSplitJson } from '../interchange/testing/one-split.ts';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import type { FoldResult } from '../pipeline/job.ts';
import { hourlyContext } from '../pipeline/testing/hourly-context.ts';
import { rowsWithin } from '../pipeline/windows.ts';
import { isCounted } from './counted.ts';
import { followImport } from './follow-import.ts';
import { type LaterWindowsInput, laterWindows } from './later-windows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CANDLES = randomCandles(4000, 'H1', 11);
const HORIZON = 6;
const LEAD_IN = 50;
const END = CANDLES.time.at(-1)! - 5 * DAY;
const dayOf = (row: number) => new Date(CANDLES.time[row]!).toISOString().slice(0, 10);
const INPUT: LaterWindowsInput = {
  candles: CANDLES,
  end: END,
  scored: [],
  trainedUntil: dayOf(1500),
  horizon: HORIZON,
  leadInBars: LEAD_IN,
  testDays: 10,
};
/** First bar of the day after. */
const LEARNED = CANDLES.time.findIndex((time) => time >= Date.parse(INPUT.trainedUntil) + DAY);

describe('windows after what a model learned from', () => {
  test('begin once labels and lead-in are past, and end where the holdout begins', () => {
    const { tests, evaluation, movedDays } = laterWindows(INPUT);
    expect(rowsWithin(CANDLES, { from: evaluation.start, to: END }).from).toBe(LEARNED + HORIZON + 1);
    const first = rowsWithin(CANDLES, tests[0]!).from;
    expect(first).toBeGreaterThanOrEqual(LEARNED + HORIZON + 1 + LEAD_IN);
    expect(tests.at(-1)!.to).toBe(END);
    expect(movedDays).toBe(0);
    const free = END - CANDLES.time[LEARNED + HORIZON + 1 + LEAD_IN]!;
    expect(tests).toHaveLength(Math.floor(free / (10 * DAY)));
    expect(tests.slice(1).map(({ from }) => from)).toEqual(tests.slice(0, -1).map(({ to }) => to));
  });

  test('lie before and after what models were chosen on, and in none of it', () => {
    const scored = [
      { from: CANDLES.time[2600]!, to: CANDLES.time[2700]! },
      { from: CANDLES.time[2650]!, to: CANDLES.time[2800]! },
      { from: END - 20 * DAY, to: END },
    ];
    const { tests, movedDays } = laterWindows({ ...INPUT, scored });
    for (const range of tests) {
      const { to } = rowsWithin(CANDLES, range);
      expect(isCounted({ test: range, settledAt: CANDLES.time[to + HORIZON]! + HOUR }, scored)).toBe(true);
    }
    expect(tests.some(({ to }) => to <= scored[0]!.from)).toBe(true);
    expect(tests.some(({ from }) => from >= scored[1]!.to)).toBe(true);
    expect(movedDays).toBeGreaterThanOrEqual(20);
  });

  test('are refused where not one fits, with what is left and what to do', () => {
    expect(() => laterWindows({ ...INPUT, trainedUntil: dayOf(3990) })).toThrow(
      /judged on later bars only, in windows of 10 days: after 7 bars .* and 50 .*no bar of EURUSD H1 is left\. Train it on bars that end earlier/,
    );
    expect(() => laterWindows({ ...INPUT, trainedUntil: dayOf(3700) })).toThrow(
      /\d days of EURUSD H1 are left/,
    );
    const scored = [{ from: CANDLES.time[1400]!, to: END }];
    expect(() => laterWindows({ ...INPUT, scored })).toThrow(/Models were chosen on parts of them/);
  });
});

describe('a model from elsewhere, which looks at the bar itself alone,', () => {
  // Of two sizes: what counts as a large forecast depends on those before it.
  const JSON_TEXT = oneSplitJson('close_position', 0.5, { below: 0.003, above: -0.001 });
  /** The first test begins right after the lead-in. */
  const FIRST = LEARNED + HORIZON + 1 + LEAD_IN;
  const CLOSE_END = CANDLES.time[FIRST]! + 100 * DAY;

  /** What it did, but for stakes, which an average true range of all earlier bars is part of. */
  function followed(candles: Candles) {
    const { evaluation } = laterWindows({ ...INPUT, candles, end: CLOSE_END });
    const strategies = {
      predictionMethods: ['direct'],
      ensembleMethods: ['mean'],
      confidenceThresholds: [0.5],
      lookbackWindows: [LEAD_IN],
    } as const;
    const context = hourlyContext({ candles, evaluation, days: 40, strategies });
    const { windows } = followImport({ context, json: JSON_TEXT, horizon: HORIZON, scope: null });
    return windows.map(({ netReturn, trades, forecasts, costs }: FoldResult) => ({
      netReturn,
      forecasts,
      costs,
      trades: trades.map(({ stake: _, ...trade }) => trade),
    }));
  }

  function changed(which: (row: number) => boolean): Candles {
    const other = randomCandles(CANDLES.length, 'H1', 12);
    const column = (name: 'open' | 'high' | 'low' | 'close') =>
      CANDLES[name].map((value, row) => (which(row) ? other[name][row]! : value));
    return {
      ...CANDLES,
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
    };
  }

  const results = followed(CANDLES);

  test('trades in each window', () => {
    expect(results.length).toBeGreaterThan(5);
    for (const { trades } of results) expect(trades.length).toBeGreaterThan(3);
  });

  test('is judged by no bar that it can have learned from, nor by one that its labels reach into', () => {
    expect(followed(changed((row) => row <= LEARNED + HORIZON))).toEqual(results);
    // And there is something to change.
    expect(followed(changed((row) => row <= FIRST + 24))).not.toEqual(results);
  });

  test('is judged by no bar of the holdout', () => {
    expect(followed(changed((row) => CANDLES.time[row]! >= CLOSE_END))).toEqual(results);
    expect(followed(changed((row) => CANDLES.time[row]! >= CLOSE_END - DAY))).not.toEqual(results);
  });
});
