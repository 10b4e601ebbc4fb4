import { expect, it } from 'vitest';
import { criterionTitle } from '../../../engine/contract/criteria.ts';
import {
  askedText,
  barsToSettle,
  distanceText,
  efficiencyOf,
  figureText,
  metricText,
  yearlyOf,
} from './figures.ts';

it('figures of folds are written in their unit, with their error where they have one', () => {
  expect(metricText('accuracy', 0.5243)).toBe('0.52');
  expect(metricText('spearman', -0.0412)).toBe('−0.041');
  expect(metricText('max_drawdown', 0.043)).toBe('4.3 %');
  expect(metricText('trades', 1234)).toBe('1,234');
  expect(metricText('trades', 48.25, { isMean: true })).toBe('48.3');
  expect(figureText('spearman', { value: 0.0412, error: 0.0213, base: null })).toBe('0.041 ± 0.021');
  expect(figureText('sharpe', { value: 1.23, error: 2.46, base: null })).toBe('1.2 ± 2.5');
  expect(figureText('recall', null)).toBe('–');
  expect(figureText('trades', null)).toBe('0');
});

it('criteria say what they ask, and how far it is', () => {
  expect(criterionTitle({ metric: 'roc_auc', errors: 2 })).toBe('ROC AUC less 2 errors');
  expect(criterionTitle({ metric: 'sharpe', errors: 1 })).toBe('Sharpe less its error');
  expect(criterionTitle({ metric: 'balanced_accuracy', errors: 0 })).toBe('Balanced accuracy');
  expect(askedText({ metric: 'max_drawdown', bound: 'most', threshold: 0.2 })).toBe('at most 20.0 %');
  expect(askedText({ metric: 'accuracy', bound: 'least', threshold: 0.6 })).toBe('at least 0.60');
  expect(askedText({ metric: 'sharpe', bound: 'above', threshold: 0 })).toBe('above 0.00');
  expect(distanceText({ metric: 'sharpe', distance: -0.51 })).toBe('−0.51');
  expect(distanceText({ metric: 'trades', distance: 1170 })).toBe('+1,170');
  expect(distanceText({ metric: 'f1', distance: null })).toBe('–');
});

it('bars that would settle it grow with the square of what t lacks', () => {
  expect(barsToSettle(0.8225, 1000)).toBe(3000);
  expect(barsToSettle(1.7, 1000)).toBeNull();
  expect(barsToSettle(0, 1000)).toBeNull();
  expect(barsToSettle(null, 1000)).toBeNull();
});

it('efficiency is what came out of sample of a profit a year', () => {
  // 1 % over 100 of 1,000 bars a year.
  expect(yearlyOf(Math.expm1(0.01), 100, 1000)).toBeCloseTo(10, 9);
  expect(yearlyOf(null, 100, 1000)).toBeNull();
  expect(yearlyOf(0.1, 0, 1000)).toBeNull();
  expect(yearlyOf(0.1, undefined, 1000)).toBeNull();
  expect(efficiencyOf(-2, 40)).toBe(-0.05);
  expect(efficiencyOf(2, -1)).toBeNull();
  expect(efficiencyOf(2, null)).toBeNull();
});
