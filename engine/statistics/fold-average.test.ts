import { expect, it } from 'vitest';
import { averageOverFolds } from './fold-average.ts';

it('averages the folds that have the figure, with the error of independent folds', () => {
  expect(averageOverFolds([{ value: 0.5, error: 0.03 }, null, { value: 0.6, error: 0.04 }])).toEqual({
    value: 0.55,
    error: expect.closeTo(0.025, 15),
    folds: 2,
  });
  expect(averageOverFolds([null])).toBeNull();
});
