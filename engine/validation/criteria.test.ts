import { describe, expect, test } from 'vitest';
import type { MetricName } from '../backtest/metrics.ts';
import { METRIC_INDEX, METRICS } from '../backtest/metrics.ts';
import { CRITERIA_PRESETS, type CriterionResult, FOLD_METRICS } from '../contract/criteria.ts';
import { criteriaOf, type JudgedValidation, judge } from './criteria.ts';
import { averageFigures, type FoldFigures, figuresOfFold } from './fold-average.ts';
import { forecastFigures } from './fold-figures.ts';
import { namedFigures } from './stitched.ts';

type Given = Partial<
  Record<(typeof FOLD_METRICS)[number], readonly [value: number, error?: number | undefined, base?: number]>
>;

function figures(given: Given): FoldFigures {
  return Object.fromEntries(
    FOLD_METRICS.map((metric) => {
      const of = given[metric];
      return [metric, of === undefined ? null : { value: of[0], error: of[1] ?? null, base: of[2] ?? null }];
    }),
  ) as FoldFigures;
}

function row(given: Partial<Record<MetricName, number>>): Float64Array {
  const values = new Float64Array(METRICS.length).fill(Number.NaN);
  for (const [name, value] of Object.entries(given)) values[METRIC_INDEX[name as MetricName]] = value;
  return values;
}

function validation(
  given: Given,
  traded: Partial<Record<MetricName, number>> = {},
  failedFolds = 0,
): JudgedValidation {
  const stitched = { figures: namedFigures(row(traded)) };
  return { average: averageFigures([figures(given)]), stitched, failedFolds };
}

function missed(results: readonly CriterionResult[]): string[] {
  return results.filter(({ met }) => !met).map(({ metric, errors }) => `${metric} ${errors}`);
}

const GOOD: Given = {
  accuracy: [0.62, undefined, 0.55],
  balanced_accuracy: [0.61, 0.02, 0.5],
  precision: [0.6],
  recall: [0.55],
  f1: [0.57],
  roc_auc: [0.65, 0.03, 0.5],
};

describe('the presets', () => {
  test('quick: what the forecasts must reach, and that they beat a constant by two errors', () => {
    const quick = criteriaOf('quick');
    expect(missed(judge(quick, validation(GOOD)))).toEqual([]);
    const just: Given = { ...GOOD, recall: [0.35], accuracy: [0.6], roc_auc: [0.61, 0.03], f1: [0.45] };
    expect(missed(judge(quick, validation(just)))).toEqual([]);
    expect(missed(judge(quick, validation({ ...GOOD, recall: [0.349] })))).toEqual(['recall 0']);
    expect(missed(judge(quick, validation({ ...GOOD, roc_auc: [0.62, 0.06] })))).toEqual(['roc_auc 2']);
  });

  test('a constant passes none of those for classes', () => {
    // Always saying class 1, of which three quarters came.
    const constant: Given = {
      accuracy: [0.75],
      balanced_accuracy: [0.5, 0.02],
      precision: [0.75],
      recall: [1],
      f1: [0.857],
      roc_auc: [0.5, 0.02],
    };
    for (const preset of ['quick', 'promotion', 'two_errors'] as const) {
      const results = judge(criteriaOf(preset), validation(constant, { sharpe: 2, sharpeError: 0.5 }));
      expect(missed(results)).toEqual(expect.arrayContaining(['balanced_accuracy 2', 'roc_auc 2']));
    }
  });

  test('promotion and two_errors', () => {
    const promotion = criteriaOf('promotion');
    expect(missed(judge(promotion, validation(GOOD)))).toEqual([]);
    expect(missed(judge(promotion, validation({ ...GOOD, precision: [0.54], f1: [0.5] })))).toEqual([
      'precision 0',
      'f1 0',
    ]);
    const two = criteriaOf('two_errors');
    expect(missed(judge(two, validation(GOOD, { sharpe: 1.2, sharpeError: 1.1 })))).toEqual([]);
    expect(missed(judge(two, validation(GOOD, { sharpe: 1.2, sharpeError: 1.2 })))).toEqual(['sharpe 1']);
  });

  test('ranks: for models whose forecasts are returns', () => {
    const ranks = criteriaOf('ranks');
    const traded = { sharpe: 1.5, sharpeError: 1, maxDrawdown: 0.2, trades: 30 };
    expect(missed(judge(ranks, validation({ spearman: [0.05, 0.024] }, traded)))).toEqual([]);
    expect(missed(judge(ranks, validation({ spearman: [0.05, 0.025] }, traded)))).toEqual(['spearman 2']);
    expect(missed(judge(ranks, validation({ spearman: [0.029, 0.01] }, traded)))).toEqual(['spearman 0']);
    const poor = { sharpe: 1.5, sharpeError: 1.5, maxDrawdown: 0.201, trades: 29 };
    expect(missed(judge(ranks, validation({ spearman: [0.05, 0.02] }, poor)))).toEqual([
      'sharpe 1',
      'max_drawdown 0',
      'trades 0',
    ]);
  });

  test.each(CRITERIA_PRESETS)(
    '%s: nothing is met by figures that are not there, or by a fold that failed',
    (preset) => {
      const results = judge(criteriaOf(preset), validation({}, {}, 1));
      expect(results.filter(({ met }) => met)).toEqual([]);
      expect(results.at(-1)).toMatchObject({ metric: 'failed_folds', value: 1, distance: -1 });
    },
  );
});

test('each result says how far off it is, and what a constant gets', () => {
  const [recall, accuracy] = judge(criteriaOf('quick'), validation({ ...GOOD, recall: [0.25] }));
  expect(recall).toMatchObject({ metric: 'recall', threshold: 0.35, value: 0.25, met: false });
  expect(recall!.distance).toBeCloseTo(-0.1, 12);
  expect(accuracy).toMatchObject({ metric: 'accuracy', baseRate: 0.55, met: true });
});

test("a symbol's own targets take the place of thresholds, and more are asked for as well", () => {
  const criteria = criteriaOf('quick', { accuracy: [0.68, 0.7], recall: 0.4, max_drawdown: 0.1 });
  expect(criteria.filter(({ errors }) => errors === 0)).toEqual([
    { metric: 'recall', errors: 0, bound: 'least', threshold: 0.4 },
    { metric: 'accuracy', errors: 0, bound: 'least', threshold: 0.68 },
    { metric: 'roc_auc', errors: 0, bound: 'least', threshold: 0.61 },
    { metric: 'f1', errors: 0, bound: 'least', threshold: 0.45 },
    { metric: 'max_drawdown', errors: 0, bound: 'most', threshold: 0.1 },
    { metric: 'failed_folds', errors: 0, bound: 'most', threshold: 0 },
  ]);
  // What keeps a constant out is not up to targets.
  expect(criteriaOf('quick', { roc_auc: 0.4 })).toContainEqual({
    metric: 'roc_auc',
    errors: 2,
    bound: 'above',
    threshold: 0.5,
  });
});

describe('averages', () => {
  test('are over the folds that have the figure, errors as of independent folds', () => {
    const average = averageFigures([
      figures({ roc_auc: [0.6, 0.03, 0.5], trades: [10], recall: [0.5, undefined, 1] }),
      figures({ roc_auc: [0.5, 0.04, 0.5], trades: [20] }),
      figures({ trades: [0] }),
    ]);
    expect(average.roc_auc).toMatchObject({ base: 0.5, folds: 2 });
    expect(average.roc_auc!.value).toBeCloseTo(0.55, 12);
    expect(average.roc_auc!.error).toBeCloseTo(0.025, 12);
    expect(average.trades).toEqual({ value: 10, error: null, base: null, folds: 3 });
    expect(average.recall).toEqual({ value: 0.5, error: null, base: 1, folds: 1 });
    expect(average.sharpe).toBeNull();
  });

  test('a fold has the figures of its forecasts and of its trading', () => {
    const forecast = Float64Array.of(0.2, -0.1, 0.3, -0.4, 0.1, 0.5, 0.5);
    const labels = Float64Array.of(0.5, -2, 3, -1, 0.25, 9, 9);
    const forecasts = forecastFigures({ forecast, firstRow: 0 }, { labels, horizon: 1 });
    const fold = figuresOfFold(forecasts, row({ sharpe: 1.5, sharpeError: 2, trades: 3, winRate: 0.4 }));
    expect(fold.accuracy).toEqual({ value: 1, error: null, base: 0.6 });
    expect(fold.roc_auc).toMatchObject({ value: 1, base: 0.5 });
    expect(fold.roc_auc!.error).toBe(forecasts.classes.errors.rocAuc);
    expect(fold.spearman!.error).toBe(forecasts.spearmanError);
    expect(fold.sharpe).toEqual({ value: 1.5, error: 2, base: null });
    expect(fold.max_drawdown).toBeNull();
  });
});
