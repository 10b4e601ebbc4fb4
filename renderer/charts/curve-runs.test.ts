import { expect, it } from 'vitest';
import { curveRuns, foldAt } from './curve-runs.ts';

const FOLDS = [
  { from: 0, to: 10, counted: true },
  { from: 10, to: 20, counted: true },
  { from: 20, to: 30, counted: false },
  { from: 30, to: 30, counted: true },
  { from: 30, to: 40, counted: true },
];

it('counted folds that follow each other are one line, which ends where one does not count', () => {
  expect(curveRuns(FOLDS)).toEqual([
    { from: 0, to: 20 },
    { from: 30, to: 40 },
  ]);
  expect(curveRuns([])).toEqual([]);
});

it('a position lies in the fold whose days have it', () => {
  expect(foldAt(FOLDS, 9)).toBe(FOLDS[0]);
  expect(foldAt(FOLDS, 10)).toBe(FOLDS[1]);
  expect(foldAt(FOLDS, 30)).toBe(FOLDS[4]);
  expect(foldAt(FOLDS, 40)).toBeUndefined();
});
