import { expect, test } from 'vitest';
import { forecastFigures, tradeFigures } from './fold-figures.ts';

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

test('LONG and SHORT are judged apart, in units of their bars, and the weaker one stands for both', () => {
  const long = Float64Array.of(0.2, -0.2, 0.6, -0.1, 0.4, 9);
  const short = Float64Array.of(-0.2, 0.2, -0.6, 0.2, 0.1, 9);
  const unit = Float64Array.of(9, 1, 2, 1, 1, 0, 1);
  const outcomes = Float64Array.of(9, 1, -1, 2, -1, 9, 9);
  const labels = outcomes.map((y) => +(y > 1));
  const side = { labels, outcomes };
  const input = { sides: [side, side], unit, cuts: [0, 0], horizon: 1 };
  const at = { sides: { long, short }, firstRow: 1 };
  const found = tradeFigures(at, { ...input, areClasses: false });
  // Rows 1..4 (row 5 has no unit): long 0.2 -0.1 0.6 -0.1, short -0.2 0.1 -0.6 0.2, results 1 -0.5 2 -1.
  expect(found.sides!.long.spearman).toBeCloseTo(0.9486832980505138, 12);
  expect(found.sides!.short.spearman).toBeCloseTo(-1, 12);
  expect(found.spearman).toBe(found.sides!.short.spearman);
  expect(found.sides!.long.classes.confusion).toMatchObject({ truePositives: 2, trueNegatives: 2 });
  const classes = tradeFigures(at, { ...input, areClasses: true, cuts: [0.3, 0] });
  expect(classes.sides!.long.classes.confusion).toMatchObject({ truePositives: 1, trueNegatives: 3 });
  expect([classes.sides!.long.classes.rocAuc, classes.classes.rocAuc]).toEqual([1, 0]);
  const scope = Uint8Array.of(0, 1, 1, 1, 0, 0, 0);
  expect(tradeFigures(at, { ...input, areClasses: false, scope }).classes.count).toBe(3);
});
