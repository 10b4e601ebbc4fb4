import { describe, expect, test } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { createPrng } from '../random/prng.ts';
import {
  type ClassReading,
  classDistribution,
  leftOutClassFigures,
  MIN_CLASS_ROWS,
  requireBothClasses,
} from './class-metrics.ts';
import { ridge } from './linear/index.ts';
import { memberSplits } from './members.ts';
import type { TrainingSet } from './model.ts';
import { matrixOf, noiseFeatures } from './testing/data.ts';
import { type LeftOutPredictions, leftOutPredictions } from './training-metrics.ts';

const HALF: ClassReading = { horizon: 1, cut: 'half', calibration: 'none' };

/** So many rows of each probability and class: [q, class, rows]. */
function part(trainMean: number, cells: readonly (readonly [number, number, number])[]): LeftOutPredictions {
  const rows = cells.flatMap(([q, label, count]) => Array.from({ length: count }, () => [q, label] as const));
  return {
    predictions: Float64Array.from(rows, ([q]) => q),
    labels: Float64Array.from(rows, ([, label]) => label),
    trainMean,
  };
}

describe('leftOutClassFigures', () => {
  const first = part(0.4, [
    [0.8, 1, 30],
    [0.8, 0, 10],
    [0.45, 1, 5],
    [0.2, 0, 15],
    [0.9, Number.NaN, 7],
  ]);
  const second = part(0.5, [
    [0.3, 1, 5],
    [0.3, 0, 35],
  ]);

  test('by hand: two members, one class above a half', () => {
    const figures = leftOutClassFigures([first, second], HALF);
    expect(figures).toMatchObject({
      count: 100,
      distribution: { positives: 40, negatives: 60, unlabeled: 7 },
      baseRate: 0.6,
      confusion: { truePositives: 30, falsePositives: 10, falseNegatives: 10, trueNegatives: 50 },
      accuracy: 0.8,
      balancedAccuracy: expect.closeTo((30 / 40 + 50 / 60) / 2, 14),
      precision: 0.75,
      recall: 0.75,
      f1: 0.75,
      base: { accuracy: 0.6, balancedAccuracy: 0.5, rocAuc: 0.5 },
    });
    const brier = (30 * 0.04 + 10 * 0.64 + 5 * 0.55 ** 2 + 15 * 0.04 + 5 * 0.49 + 35 * 0.09) / 100;
    expect(figures.brier).toBeCloseTo(brier, 14);
    const nats = 30 * Math.log(0.8) + 10 * Math.log(0.2) + 5 * Math.log(0.45) + 15 * Math.log(0.8);
    expect(figures.logLoss).toBeCloseTo(-(nats + 5 * Math.log(0.3) + 35 * Math.log(0.7)) / 100, 14);
    expect(figures.calibrationCurve.reduce((sum, bin) => sum + bin.count, 0)).toBe(100);
  });

  test('a class is said above the base rate of the member that says it', () => {
    const { confusion } = leftOutClassFigures([first, second], { ...HALF, cut: 'base_rate' });
    expect(confusion).toEqual({
      truePositives: 35,
      falsePositives: 10,
      falseNegatives: 5,
      trueNegatives: 50,
    });
    const balanced = leftOutClassFigures([first, second], {
      ...HALF,
      cut: 'base_rate',
      classWeight: 'balanced',
    });
    expect(balanced.confusion.truePositives).toBe(30);
  });

  test('refuses a class of fewer than 30 rows, and says how many there are', () => {
    const poor = part(0.4, [
      [0.8, 1, MIN_CLASS_ROWS - 1],
      [0.2, 0, 300],
    ]);
    expect(() => leftOutClassFigures([poor], HALF)).toThrow(
      /hold 29 of class 1 and 300 of class 0, and a classifier needs at least 30 of each/,
    );
  });

  test('a log loss of calibrated probabilities comes from rows that the calibration has not seen', () => {
    const prng = createPrng(3);
    const noise = [0, 1, 2].map(() => {
      const labels = Float64Array.from({ length: 60 }, () => prng.int(2));
      return { predictions: labels.map(() => 0.02 + 0.96 * prng.float()), labels, trainMean: 0.5 };
    });
    const isotonic = leftOutClassFigures(noise, { ...HALF, calibration: 'isotonic' });
    // Fitted on the rows that judge it, it would lie below that of the base rate, whatever was said.
    expect(isotonic.logLoss).toBeGreaterThan(isotonic.base.logLoss!);
    const sigmoid = leftOutClassFigures(noise, { ...HALF, calibration: 'sigmoid' });
    expect(sigmoid.logLoss).toBeLessThan(leftOutClassFigures(noise, HALF).logLoss! - 0.1);
  });

  test('members whose features say nothing have an area of a half, though base rates drift', () => {
    const rows = 900;
    let area = 0;
    let naive = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const columns = noiseFeatures(seed, rows, 6);
      const prng = createPrng(seed + 500);
      const labels = Float64Array.from({ length: rows }, (_, i) =>
        Math.sin((2 * Math.PI * i) / rows) + prng.normal() > 0 ? 1 : 0,
      );
      const parts = memberSplits({ from: 0, to: rows }, 3, 4).map((split) => {
        const set: TrainingSet = { features: matrixOf(columns), labels, ...split, seed: 1, task: 'classes' };
        return leftOutPredictions(ridge.fit(set, { alpha: 1000 }), set);
      });
      area += leftOutClassFigures(parts, HALF).rocAuc! / 12;
      const alike = parts.map((one) => ({ ...one, trainMean: 0.5 }));
      naive += leftOutClassFigures(alike, HALF).rocAuc! / 12;
    }
    expect(Math.abs(area - 0.5)).toBeLessThan(0.02);
    expect(naive).toBeLessThan(0.4);
  });
});

test('the distribution of classes can be said before training', () => {
  const labels = Float64Array.of(1, 0, Number.NaN, 0, 1, 1, 0);
  const counted = classDistribution(labels, [
    { from: 0, to: 3 },
    { from: 4, to: 6 },
  ]);
  expect(counted).toEqual({ positives: 3, negatives: 1, unlabeled: 1 });
  try {
    requireBothClasses(counted);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: 'training-failed', details: { ...counted, least: 30 } });
  }
  expect(() => requireBothClasses({ positives: 30, negatives: 30, unlabeled: 5 })).not.toThrow();
});
