import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EngineError } from '../contract/errors.ts';
import type { FoldOptions } from '../contract/validation.ts';
import { foldRules } from './fold-rules.ts';
import { type Fold, type FoldData, planFolds } from './folds.ts';

const DAY = 86_400_000;
const OWN = { daysHistory: 90, selectionDays: 90 };
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

function plan(options: FoldOptions, data: FoldData) {
  return planFolds(foldRules(options, OWN), data);
}

/** Days from `zero`. */
function inDays(folds: readonly Fold[], zero: number) {
  const days = ({ from, to }: Fold['test']) => [(from - zero) / DAY, (to - zero) / DAY];
  return folds.map((fold) => [fold.kind, fold.model, ...days(fold.training), ...days(fold.test)]);
}

describe('quick', () => {
  const end = day('2025-06-01');

  test('three rolling folds over the last 360 days, and the first model twice more', () => {
    const { folds, missing } = plan({ scheme: 'quick' }, { earliest: day('2020-01-01'), end });
    expect(inDays(folds, end - 360 * DAY)).toEqual([
      ['rolling', 0, 0, 180, 180, 240],
      ['rolling', 1, 60, 240, 240, 300],
      ['rolling', 2, 120, 300, 300, 360],
      ['aging', 0, 0, 180, 240, 300],
      ['aging', 0, 0, 180, 300, 360],
    ]);
    expect(folds.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(missing).toBe(0);
  });

  test('keeps the newest rolling folds that fit, and says how many do not', () => {
    const whole = plan({ scheme: 'quick' }, { earliest: end - 360 * DAY, end });
    expect(whole.missing).toBe(0);
    const { folds, missing } = plan({ scheme: 'quick' }, { earliest: end - 359 * DAY, end });
    expect(missing).toBe(1);
    expect(inDays(folds, end - 300 * DAY)).toEqual([
      ['rolling', 0, 0, 180, 180, 240],
      ['rolling', 1, 60, 240, 240, 300],
      ['aging', 0, 0, 180, 240, 300],
    ]);
    const one = plan({ scheme: 'quick' }, { earliest: end - 240 * DAY, end });
    expect(inDays(one.folds, end - 240 * DAY)).toEqual([['rolling', 0, 0, 180, 180, 240]]);
  });

  test('a window that expands begins where the first one does', () => {
    const { folds } = plan({ scheme: 'quick', expandingWindow: true }, { earliest: day('2020-01-01'), end });
    expect(inDays(folds, end - 360 * DAY).map((row) => row.slice(2, 4))).toEqual([
      [0, 180],
      [0, 240],
      [0, 300],
      [0, 180],
      [0, 180],
    ]);
  });
});

describe('full', () => {
  test('consecutive test windows of 21 days on fixed borders, all trained from the beginning', () => {
    const data = { earliest: day('2013-03-05'), end: day('2025-05-28') };
    const { folds } = plan({ scheme: 'full' }, data);
    // 2013-07-03 is 120 days after the beginning; borders lie 21 days apart from 2001-01-01 on.
    expect(new Date(folds[0]!.test.from).toISOString()).toBe('2013-07-15T00:00:00.000Z');
    expect(new Date(folds.at(-1)!.test.to).toISOString()).toBe('2025-05-19T00:00:00.000Z');
    expect(folds).toHaveLength(206);
    for (const [i, { training, test }] of folds.entries()) {
      expect(training).toEqual({ from: data.earliest, to: test.from });
      expect(test.from).toBe(folds[0]!.test.from + i * 21 * DAY);
    }
  });

  test('more bars add folds and move none', () => {
    const earliest = day('2023-01-10');
    const { folds: before } = plan({ scheme: 'full' }, { earliest, end: day('2025-05-28') });
    const { folds: after } = plan({ scheme: 'full' }, { earliest, end: day('2025-08-01') });
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 3);
  });

  test('the newest folds, each with a window of fixed length', () => {
    const data = { earliest: day('2020-01-01'), end: day('2025-05-28') };
    const { folds, missing } = plan({ scheme: 'full', folds: 4, expandingWindow: false }, data);
    expect(missing).toBe(0);
    expect(folds.map(({ training }) => (training.to - training.from) / DAY)).toEqual([120, 120, 120, 120]);
    expect(folds.at(-1)!.test.to).toBe(day('2025-05-19'));
  });
});

test('own: the selection window lies between training and test', () => {
  const { folds } = plan({ scheme: 'own' }, { earliest: day('2024-01-01'), end: day('2025-05-28') });
  for (const { training, test } of folds) {
    expect(test.from - training.to).toBe(90 * DAY);
    expect(training.to - training.from).toBe(90 * DAY);
    expect((test.from - day('2001-01-01')) % (60 * DAY)).toBe(0);
  }
  expect(folds[0]!.training.from).toBeGreaterThanOrEqual(day('2024-01-01'));
  expect(folds[0]!.training.from).toBeLessThan(day('2024-01-01') + 60 * DAY);
});

const options = fc.record(
  {
    scheme: fc.constantFrom('quick', 'full', 'own'),
    testPeriodDays: fc.integer({ min: 1, max: 90 }),
    folds: fc.integer({ min: 1, max: 40 }),
  },
  { requiredKeys: ['scheme'] },
);
const market = fc
  .record({ start: fc.integer({ min: 0, max: 6000 }), days: fc.integer({ min: 0, max: 2000 }) })
  .map(({ start, days }) => ({ earliest: start * DAY, end: (start + days) * DAY + DAY / 3 }));

test('no window of any fold lies outside the data, and none is trained on what it is tested on', () => {
  fc.assert(
    fc.property(options, market, (asked, data) => {
      const rules = foldRules(asked as FoldOptions, OWN);
      let folds: readonly Fold[];
      try {
        folds = planFolds(rules, data).folds;
      } catch (error) {
        expect((error as EngineError).code).toBe('conflict');
        expect(data.end - data.earliest).toBeLessThan(
          (rules.trainDays + rules.selectionDays + 2 * rules.testPeriodDays) * DAY,
        );
        return;
      }
      for (const { training, test } of folds) {
        expect(training.from).toBeGreaterThanOrEqual(data.earliest);
        expect(training.to).toBeLessThanOrEqual(test.from - rules.selectionDays * DAY);
        expect(test.to).toBeLessThanOrEqual(data.end);
      }
      const rolling = folds.filter(({ kind }) => kind === 'rolling');
      for (let i = 1; i < rolling.length; i++) expect(rolling[i]!.test.from).toBe(rolling[i - 1]!.test.to);
    }),
  );
});

test('fewer bars than the indicators take: says so, and no date that there is not', () => {
  for (const scheme of ['quick', 'full'] as const) {
    expect(() => plan({ scheme }, { earliest: Number.POSITIVE_INFINITY, end: day('2025-05-28') })).toThrow(
      /behind those that warm the indicators up; there are not even enough for that/,
    );
  }
});

test('too little data: says what is needed, what is there, and lengths that do fit', () => {
  const data = { earliest: day('2025-01-06'), end: day('2025-05-28') };
  for (const scheme of ['quick', 'full'] as const) {
    const asked = { scheme, testPeriodDays: 200, minTrainDays: 100 };
    let message = '';
    try {
      plan(asked, data);
    } catch (error) {
      message = (error as EngineError).message;
    }
    expect(message).toContain(
      `One fold of "${scheme}" needs 300 days (100 days of training, 200 of test); there are 142, from 2025-01-06`,
    );
    const [, train, period] = /min_train_days (\d+) with test_period_days (\d+) would fit/.exec(message)!;
    const { folds } = plan({ scheme, minTrainDays: Number(train), testPeriodDays: Number(period) }, data);
    expect(folds.length).toBeGreaterThan(0);
  }
  expect(() => plan({ scheme: 'quick' }, { earliest: data.end, end: data.end })).toThrow(
    'there are 0, from 2025-05-28, where the indicators are warm, to 2025-05-28, where the holdout begins. Import candles from before 2025-05-28.',
  );
});

test('options that can not be are refused together', () => {
  const refusal = (asked: FoldOptions) => {
    try {
      foldRules(asked, OWN);
    } catch (error) {
      return (error as EngineError).details.problems!.map(({ path, message }) => `${path}: ${message}`);
    }
    return [];
  };
  expect(refusal({ scheme: 'quick', testPeriodDays: 0, minTrainDays: 1.5, folds: Number.NaN })).toEqual([
    'test_period_days: Expected a whole number from 1 to 36500, found 0.',
    'min_train_days: Expected a whole number from 1 to 36500, found 1.5.',
    'folds: Expected a whole number from 1 to 10000, found NaN.',
  ]);
  expect(refusal({ scheme: 'own', minTrainDays: 100, expandingWindow: true })).toEqual([
    'min_train_days: "own" trains each fold as the configuration says: 90 days (days_history), a window that moves along. Leave it out, or choose "full".',
    'use_expanding_window: "own" trains each fold as the configuration says: 90 days (days_history), a window that moves along. A window of a fixed length can\'t expand: leave it out, or choose "full".',
  ]);
  expect(refusal({ scheme: 'own', expandingWindow: false })).toEqual([]);
});
