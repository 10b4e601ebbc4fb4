import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { hasPeers, python } from '../../testing/peers.ts';
import { ridge } from '../linear/index.ts';
import { memberSplits } from '../members.ts';
import type { TrainingSet } from '../model.ts';
import { matrixOf, noiseFeatures } from '../testing/data.ts';
import { leftOutPredictions } from '../training-metrics.ts';
import {
  type Calibration,
  calibrate,
  calibrationSchema,
  calibrationsOf,
  fitCalibration,
  logOdds,
} from './calibration.ts';
import { atSteps, fitIsotonic } from './isotonic.ts';
import { fitSigmoid } from './sigmoid.ts';

/** Scores that rank the classes somewhat, with ties. */
function cases(seed: number, count: number, signal: number) {
  const prng = createPrng(seed);
  const classes = Uint8Array.from({ length: count }, () => (prng.float() < 0.4 ? 1 : 0));
  const scores = Float64Array.from(classes, (y) => Math.round(20 * (signal * y + prng.normal())) / 20);
  return { scores, classes };
}

describe('sigmoid', () => {
  test.each([
    [1, 400, 0.5],
    [2, 60, 3],
    [3, 900, 0.1],
  ])('has the least loss against the regularized targets (seed %d)', (seed, count, signal) => {
    const { scores, classes } = cases(seed, count, signal);
    const { slope, offset } = fitSigmoid(scores, classes);
    const positives = classes.reduce((a, b) => a + b, 0);
    const targets = [...classes].map((y) =>
      y === 1 ? (positives + 1) / (positives + 2) : 1 / (count - positives + 2),
    );
    const lossAt = (a: number, b: number) =>
      targets.reduce((sum, t, i) => {
        const q = 1 / (1 + Math.exp(-(a * scores[i]! + b)));
        return sum - t * Math.log(q) - (1 - t) * Math.log(1 - q);
      }, 0);
    // Slopes of a smooth convex function are 0 at its least, and there alone.
    const h = 1e-5;
    expect(Math.abs(lossAt(slope + h, offset) - lossAt(slope - h, offset)) / (2 * h)).toBeLessThan(1e-5);
    expect(Math.abs(lossAt(slope, offset + h) - lossAt(slope, offset - h)) / (2 * h)).toBeLessThan(1e-5);
    const residuals = targets.map((t, i) => 1 / (1 + Math.exp(-(slope * scores[i]! + offset))) - t);
    expect(Math.abs(residuals.reduce((a, b) => a + b, 0))).toBeLessThan(1e-9);
    expect(Math.abs(residuals.reduce((sum, r, i) => sum + r * scores[i]!, 0))).toBeLessThan(1e-9);
  });

  test('stays finite on scores that part the classes', () => {
    const { slope, offset } = fitSigmoid(Float64Array.of(-2, -1, 1, 2), Uint8Array.of(0, 0, 1, 1));
    expect(slope).toBeGreaterThan(0.1);
    expect(slope).toBeLessThan(10);
    expect(offset).toBeCloseTo(0, 12);
  });

  test('is constant where scores rank the wrong way round, or do not vary', () => {
    const classes = Uint8Array.of(1, 1, 0, 0, 0);
    const wrong = fitSigmoid(Float64Array.of(-2, -1, 1, 2, 2), classes);
    expect(wrong).toEqual(fitSigmoid(Float64Array.of(3, 3, 3, 3, 3), classes));
    const share = (2 * (3 / 4) + 3 * (1 / 5)) / 5;
    expect(wrong).toEqual({ slope: 0, offset: expect.closeTo(Math.log(share / (1 - share)), 14) });
  });

  test('does not depend on where scores begin and what their unit is', () => {
    const { scores, classes } = cases(4, 300, 0.8);
    const plain = fitSigmoid(scores, classes);
    const moved = fitSigmoid(
      scores.map((s) => 1000 + 1e-4 * s),
      classes,
    );
    for (const s of [-2, 0, 3]) {
      expect(moved.slope * (1000 + 1e-4 * s) + moved.offset).toBeCloseTo(plain.slope * s + plain.offset, 6);
    }
  });
});

describe('isotonic', () => {
  const drawn = fc.array(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 0, max: 1 })), {
    minLength: 1,
    maxLength: 40,
  });

  test('is the largest of the least means: max over i <= k of min over j >= k of the mean of i..j', () => {
    fc.assert(
      fc.property(drawn, (rows) => {
        const steps = fitIsotonic(
          Float64Array.from(rows, ([s]) => s),
          Uint8Array.from(rows, ([, y]) => y),
        );
        const distinct = [...new Set(rows.map(([s]) => s))].sort((a, b) => a - b);
        const meanOf = (low: number, high: number) => {
          const inside = rows.filter(([s]) => s >= low && s <= high);
          return inside.reduce((sum, [, y]) => sum + y, 0) / inside.length;
        };
        for (const at of distinct) {
          const expected = Math.max(
            ...distinct
              .filter((low) => low <= at)
              .map((low) =>
                Math.min(...distinct.filter((high) => high >= at).map((high) => meanOf(low, high))),
              ),
          );
          expect(atSteps(steps, at)).toBeCloseTo(expected, 12);
        }
      }),
    );
  });

  test('between two scores a straight line, beyond them the nearest', () => {
    const steps = fitIsotonic(Float64Array.of(1, 2, 4, 5), Uint8Array.of(0, 0, 1, 1));
    expect(steps).toEqual({ scores: [1, 2, 4, 5], probabilities: [0, 0, 1, 1] });
    expect([0, 1, 2.5, 3, 9].map((score) => atSteps(steps, score))).toEqual([0, 0, 0.25, 0.5, 1]);
  });
});

describe('a calibration', () => {
  const { scores, classes } = cases(5, 500, 0.7);

  test.each(['sigmoid', 'isotonic'] as const)('%s comes back from JSON with the same bits', (method) => {
    const fitted = fitCalibration(method, scores, classes);
    const read = calibrationSchema.parse(JSON.parse(JSON.stringify(fitted)));
    const q = Float64Array.from(scores, (s) => 1 / (1 + Math.exp(-s)));
    const again = q.slice();
    calibrate(fitted, q);
    calibrate(read, again);
    expect(again).toStrictEqual(q);
    expect(Math.min(...q)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...q)).toBeLessThanOrEqual(1);
  });

  test('none leaves probabilities, and no calibration touches those behind the count', () => {
    const q = Float64Array.of(0, 0.3, 1);
    calibrate({ kind: 'none' }, q);
    expect([...q]).toEqual([0, 0.3, 1]);
    calibrate({ kind: 'sigmoid', slope: 0, offset: 0 }, q, 2);
    expect([...q]).toEqual([0.5, 0.5, 1]);
  });

  test('refuses a single class', () => {
    expect(() => fitCalibration('sigmoid', scores, new Uint8Array(500))).toThrow(
      /both classes occur among the left-out rows; of 500 there 0 are of class 1/,
    );
  });

  test('files of another form are refused', () => {
    for (const odd of [
      { kind: 'sigmoid', slope: -1, offset: 0 },
      { kind: 'isotonic', scores: [1, 2], probabilities: [0.5] },
      { kind: 'isotonic', scores: [], probabilities: [] },
    ]) {
      expect(calibrationSchema.safeParse(odd).success).toBe(false);
    }
  });
});

describe('members', () => {
  const rows = 900;

  /** Left-out predictions of three ridge members, and their slope in the log odds as they are. */
  function members(seed: number, signal: number) {
    const columns = noiseFeatures(seed, rows, 6);
    const prng = createPrng(seed + 1000);
    // A drift, so that blocks have base rates of their own.
    const labels = Float64Array.from(columns[0]!, (x, i) =>
      signal * x + Math.sin((2 * Math.PI * i) / rows) + prng.normal() > 0 ? 1 : 0,
    );
    const features = matrixOf(columns);
    return memberSplits({ from: 0, to: rows }, 3, 4).map((split) => {
      const set: TrainingSet = { features, labels, ...split, seed: 1, task: 'classes' };
      return leftOutPredictions(ridge.fit(set, { alpha: 1000 }), set);
    });
  }

  test('whose features say nothing are told to say the base rate', () => {
    let asTheyAre = 0;
    let centered = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const parts = members(seed, 0);
      const all = Float64Array.from(parts.flatMap(({ predictions }) => [...predictions].map(logOdds)));
      const came = Uint8Array.from(parts.flatMap(({ labels }) => [...labels]));
      // A falling sigmoid is a constant: the slope of the mirrored scores shows what it would be.
      if (
        fitSigmoid(
          all.map((s) => -s),
          came,
        ).slope > 0.5
      )
        asTheyAre++;
      const [first] = calibrationsOf('sigmoid', parts);
      if (first!.kind === 'sigmoid' && first!.slope > 0) centered++;
    }
    expect(asTheyAre).toBe(10);
    expect(centered).toBeGreaterThan(1);
    expect(centered).toBeLessThan(9);
  });

  test.each(['sigmoid', 'isotonic'] as const)(
    '%s: each gives probabilities that come true as often as they say',
    (method) => {
      const parts = members(77, 1.5);
      const calibrations = calibrationsOf(method, parts);
      expect(calibrations).toHaveLength(3);
      const loss = (of: (k: number) => Calibration) =>
        parts.reduce((sum, { predictions, labels }, k) => {
          const q = predictions.slice();
          calibrate(of(k), q);
          return sum + labels.reduce((s, y, i) => s + (q[i]! - y) ** 2, 0);
        }, 0) / rows;
      // So large a penalty leaves log odds far too small.
      expect(loss((k) => calibrations[k]!)).toBeLessThan(loss(() => ({ kind: 'none' })) - 0.005);
    },
  );

  test('rows without a label are passed over; balanced classes count from a half', () => {
    const parts = members(78, 1.5);
    const holes = parts.map((part) => ({
      ...part,
      predictions: Float64Array.of(0.999, ...part.predictions),
      labels: Float64Array.of(Number.NaN, ...part.labels),
    }));
    expect(calibrationsOf('sigmoid', holes)).toEqual(calibrationsOf('sigmoid', parts));
    const balanced = calibrationsOf('sigmoid', parts, 'balanced');
    expect(new Set(balanced.map((c) => JSON.stringify(c))).size).toBe(1);
    expect(calibrationsOf('none', parts)).toEqual([{ kind: 'none' }, { kind: 'none' }, { kind: 'none' }]);
  });
});

test.skipIf(!hasPeers())('scikit-learn finds the same', () => {
  const sets = [cases(21, 300, 0.6), cases(22, 80, 2), cases(23, 800, 0.2)];
  const places = [-3, -1.02, 0, 0.33, 0.5, 1.7, 5];
  const data = sets.map(({ scores, classes }) => ({ scores: [...scores], classes: [...classes] }));
  const answers: { sigmoid: number[]; isotonic: number[] }[] = JSON.parse(
    python(`
import json
import numpy as np
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression
out = []
for one in json.loads('''${JSON.stringify(data)}'''):
    x, y, at = np.array(one['scores']), np.array(one['classes']), np.array(${JSON.stringify(places)})
    out.append({
        'sigmoid': list(_SigmoidCalibration().fit(x, y).predict(at)),
        'isotonic': list(IsotonicRegression(y_min=0, y_max=1, out_of_bounds='clip').fit(x, y).predict(at)),
    })
print(json.dumps(out))`),
  );
  sets.forEach(({ scores, classes }, k) => {
    const { slope, offset } = fitSigmoid(scores, classes);
    const steps = fitIsotonic(scores, classes);
    places.forEach((at, i) => {
      // scikit-learn stops at a gradient of 1e-6 or so.
      expect(1 / (1 + Math.exp(-(slope * at + offset)))).toBeCloseTo(answers[k]!.sigmoid[i]!, 4);
      expect(atSteps(steps, at)).toBeCloseTo(answers[k]!.isotonic[i]!, 9);
    });
  });
});
