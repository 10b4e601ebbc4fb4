import { expect, test } from 'vitest';
import { forecastFigures } from './fold-figures.ts';

/** Eight bars, the last two without an outcome inside the window at a horizon of 1. */
const FORECAST = Float64Array.of(Number.NaN, 0.2, -0.1, 0.3, -0.4, 0.1, 0.5, 0.5);
const LABELS = Float64Array.of(9, 9, 9, 1, 0.5, -2, 3, -1, 0.25, -5, -5);
const AT = { forecast: FORECAST, firstRow: 3 };

test('forecasts are held against the labels of their own bars that end within the window', () => {
  const { classes, spearman } = forecastFigures(AT, { labels: LABELS, horizon: 1 });
  // Rows 4..8: forecasts 0.2 -0.1 0.3 -0.4 0.1 of labels 0.5 -2 3 -1 0.25.
  expect(classes.count).toBe(5);
  expect(classes.confusion).toEqual({
    truePositives: 3,
    falsePositives: 0,
    trueNegatives: 2,
    falseNegatives: 0,
  });
  // Ranks 4 2 5 1 3 and 4 1 5 2 3: 1 - 6 (1 + 1) / (5 * 24).
  expect(spearman).toBeCloseTo(0.9, 12);
  expect(classes.base.accuracy).toBeCloseTo(0.6, 12);
});

test('only bars of its scope count', () => {
  const scope = new Uint8Array(LABELS.length);
  scope.fill(1, 5, 8);
  const { classes, spearman } = forecastFigures(AT, { labels: LABELS, horizon: 1, scope });
  // Rows 5..7: forecasts -0.1 0.3 -0.4 of labels -2 3 -1.
  expect(classes.count).toBe(3);
  expect(spearman).toBeCloseTo(0.5, 12);
});

test('a window shorter than the horizon has no figures', () => {
  const { classes, spearman, spearmanError } = forecastFigures(AT, { labels: LABELS, horizon: 8 });
  expect([classes.count, classes.accuracy, classes.rocAuc, spearman, spearmanError]).toEqual([
    0,
    null,
    null,
    null,
    null,
  ]);
});
