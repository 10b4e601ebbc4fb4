import { describe, expect, it } from 'vitest';
import { FOLD_OBJECTIVES, type FoldObjective } from '../contract/search.ts';
import { rankCorrelation } from '../statistics/ranks.ts';
import { foldLoss, valueOfLoss } from './objective.ts';

const FORECASTS = Float64Array.of(0.3, -0.1, 0.2, -0.4, 0.1, 0.5, -0.2, -0.3);
const CAME = Float64Array.of(0.1, -0.2, -0.1, 0.3, 0.2, 0.4, -0.5, -0.1);

describe('foldLoss', () => {
  it.each([
    ['spearman', rankCorrelation(FORECASTS, CAME)],
    ['rmse', Math.sqrt((0.04 + 0.01 + 0.09 + 0.49 + 0.01 + 0.01 + 0.09 + 0.04) / 8)],
    // Above 0 came 0, 3, 4, 5; forecast 0, 2, 4, 5.
    ['accuracy', 6 / 8],
    ['f1', 6 / 8],
    // Of 16 pairs 12 in order: -0.4 is below all four others, 0.1 below 0.2.
    ['roc_auc', 11 / 16],
  ] as const)('%s', (objective, value) => {
    const { loss } = foldLoss(objective, FORECASTS, CAME);
    expect(valueOfLoss(objective, loss)).toBeCloseTo(value, 12);
  });

  it('log_loss, accuracy and f1 of probabilities, class 1 above the cut', () => {
    const q = Float64Array.of(0.9, 0.4, 0.2, 0.6);
    const classes = Float64Array.of(1, 1, 0, 0);
    const value = (objective: FoldObjective, cut: number) =>
      valueOfLoss(objective, foldLoss(objective, q, classes, cut).loss);
    const terms = [0.9, 0.4, 0.8, 0.4].map((p) => -Math.log(p));
    expect(value('log_loss', 0.5)).toBeCloseTo(terms.reduce((sum, term) => sum + term, 0) / 4, 12);
    expect(value('accuracy', 0.5)).toBe(0.5);
    expect(value('accuracy', 0.3)).toBe(0.75);
    expect(value('f1', 0.3)).toBeCloseTo(0.8, 12);
  });

  it.each(FOLD_OBJECTIVES.filter((objective) => objective !== 'log_loss'))(
    '%s is lower for what is right than for its opposite, and also in parts',
    (objective) => {
      const right = foldLoss(objective, CAME, CAME);
      const wrong = foldLoss(
        objective,
        CAME.map((y) => -y),
        CAME,
      );
      expect(right.loss).toBeLessThan(wrong.loss);
      expect(right.parts).toHaveLength(4);
      const ends = foldLoss(objective, CAME.subarray(6), CAME.subarray(6));
      expect(right.parts[3]).toBe(ends.loss);
    },
  );

  it('says no skill where there is nothing to tell apart', () => {
    const constant = new Float64Array(8).fill(0.1);
    expect(foldLoss('spearman', constant, CAME).loss).toBeCloseTo(0, 12);
    expect(foldLoss('roc_auc', FORECASTS, constant).loss).toBe(-0.5);
  });
});
