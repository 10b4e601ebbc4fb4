import { describe, expect, test } from 'vitest';
import type { FoldOptions } from '../contract/validation.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { rowsWithin } from '../pipeline/windows.ts';
import type { ScoredWindow } from '../store/scored-windows.ts';
import { isCounted } from './counted.ts';
import { planValidation } from './plan.ts';
import type { ModelSubject } from './spec.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CANDLES = randomCandles(8000, 'H1', 5);
const MARKET = {
  candles: CANDLES,
  earliest: CANDLES.time[600]!,
  end: CANDLES.time[CANDLES.length - 1]! - 30 * DAY,
};
const SUBJECT: ModelSubject = {
  configuration: {
    modelType: 'ridge',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 60,
    horizon: 6,
    target: 'return',
    encoder: 'normalized',
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    hyperparameters: {},
  },
  strategy: {
    predictionMethod: 'direct',
    ensembleMethod: 'mean',
    confidenceThreshold: 0,
    lookbackWindow: 100,
  },
  regime: null,
  runId: null,
  champion: null,
};
const QUICK: FoldOptions = { scheme: 'quick', testPeriodDays: 20, minTrainDays: 60 };
const FULL: FoldOptions = { scheme: 'full', testPeriodDays: 21, minTrainDays: 60 };

function plan(options: FoldOptions, scored: readonly ScoredWindow[] = [], horizon = 6) {
  const configuration = { ...SUBJECT.configuration, horizon };
  const own = { daysHistory: 60, selectionDays: 30 };
  const subject = { ...SUBJECT, configuration };
  return planValidation({ subject, options, market: MARKET, scored, own, members: 3 });
}

/** Bars that a fold's test and the 1 + h after it share with a window. */
function shared(fold: { readonly test: ScoredWindow }, window: ScoredWindow, horizon: number): number {
  const test = rowsWithin(CANDLES, fold.test);
  const chosen = rowsWithin(CANDLES, window);
  return Math.min(test.to + 1 + horizon, chosen.to) - Math.max(test.from, chosen.from);
}

describe('a fold counts', () => {
  const { folds } = plan(FULL);
  const [, second, third] = folds as [(typeof folds)[0], (typeof folds)[0], (typeof folds)[0]];

  test('unless its test, or what settles after it, overlaps a window that models were chosen on', () => {
    for (const hours of [-40, -8, -7, -6, -1, 0, 1, 30]) {
      const from = second.test.to - hours * HOUR;
      const window = { from, to: from + 10 * DAY };
      expect(isCounted(second, [window]), `${hours}`).toBe(shared(second, window, 6) <= 0);
    }
    expect(isCounted(third, [{ from: third.test.from - 30 * DAY, to: third.test.from }])).toBe(true);
    expect(isCounted(third, [{ from: third.test.from - 30 * DAY, to: third.test.from + HOUR }])).toBe(false);
    expect(isCounted(third, [])).toBe(true);
  });
});

describe('quick', () => {
  test('moves back as a block, before everything that its tests would overlap', () => {
    const { folds: before, movedDays } = plan(QUICK);
    expect(movedDays).toBe(0);
    const newer = { from: MARKET.end - 15 * DAY, to: MARKET.end };
    const older = { from: MARKET.end - 70 * DAY, to: MARKET.end - 60 * DAY };
    for (const scored of [[newer], [older, newer]]) {
      const moved = plan(QUICK, scored);
      expect(moved.folds.every((fold) => isCounted(fold, scored))).toBe(true);
      const shifts = new Set(moved.folds.map(({ test }, i) => before[i]!.test.from - test.from));
      expect(shifts.size).toBe(1);
      expect(moved.movedDays).toBe(Math.round([...shifts][0]! / DAY));
      // One bar later, and the last test would not be settled.
      const last = moved.folds[2]!;
      expect(shared(last, scored[0]!, 6)).toBe(0);
    }
  });

  test('stays where it is where the data is too short to move: its folds are hollow', () => {
    const all = [{ from: CANDLES.time[700]!, to: MARKET.end }];
    const stuck = plan(QUICK, all);
    expect(stuck).toEqual(plan(QUICK));
    expect(stuck.folds.some((fold) => isCounted(fold, all))).toBe(false);
  });
});

test('full stays where its borders are', () => {
  const scored = [{ from: MARKET.end - 60 * DAY, to: MARKET.end }];
  expect(plan(FULL, scored)).toEqual(plan(FULL));
});

test('bars are those that windows have, and what is too short is refused', () => {
  const { folds } = plan(FULL);
  for (const fold of folds) {
    const rows = rowsWithin(CANDLES, fold.test);
    expect(fold.testBars).toBe(rows.to - rows.from);
    expect(fold.settledAt).toBe(CANDLES.time[rows.to + 6]! + HOUR);
  }
  expect(() => plan({ ...FULL, testPeriodDays: 1 }, [], 100)).toThrow(
    'forecasts 100 bars ahead need at least 102',
  );
  expect(() => plan({ ...FULL, minTrainDays: 1, expandingWindow: false })).toThrow(
    'too few for 3 sub-models',
  );
});
