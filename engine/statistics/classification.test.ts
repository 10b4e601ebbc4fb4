import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classificationFigures, judgedBySign } from './classification.ts';
import { confusionFigures, confusionOf } from './confusion.ts';
import { brierScore, calibrationCurve, logLoss } from './probability-scores.ts';
import { rocAuc } from './roc-auc.ts';

const cases = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 8 }).map((q) => q / 8),
    fc.integer({ min: 0, max: 1 }),
  ),
  { maxLength: 40 },
);
const actualOf = (rows: readonly (readonly [number, number])[]) => Uint8Array.from(rows, ([, y]) => y);
const scoresOf = (rows: readonly (readonly [number, number])[]) => Float64Array.from(rows, ([q]) => q);

describe('classificationFigures', () => {
  it('by hand: four of six right', () => {
    const figures = classificationFigures({
      actual: Uint8Array.of(1, 1, 1, 1, 0, 0),
      scores: Float64Array.of(0.9, 0.8, 0.6, 0.3, 0.7, 0.2),
      cut: 0.5,
      horizon: 1,
      probabilities: true,
    });
    expect(figures).toMatchObject({
      count: 6,
      confusion: { truePositives: 3, falseNegatives: 1, falsePositives: 1, trueNegatives: 1 },
      accuracy: 4 / 6,
      balancedAccuracy: (0.75 + 0.5) / 2,
      precision: 0.75,
      recall: 0.75,
      f1: 0.75,
      rocAuc: 6 / 8,
      brier: expect.closeTo((0.01 + 0.04 + 0.16 + 0.49 + 0.49 + 0.04) / 6, 14),
      logLoss: expect.closeTo(-Math.log(0.9 * 0.8 * 0.6 * 0.3 * 0.3 * 0.8) / 6, 14),
      base: {
        accuracy: 4 / 6,
        balancedAccuracy: 0.5,
        precision: 4 / 6,
        recall: 1,
        f1: 0.8,
        rocAuc: 0.5,
        brier: expect.closeTo(2 / 9, 14),
        logLoss: expect.closeTo(-(4 * Math.log(4 / 6) + 2 * Math.log(2 / 6)) / 6, 14),
      },
    });
    expect(figures.errors.rocAuc).toBeCloseTo(Math.sqrt(7 / 96), 14);
  });

  it('a regression is judged by sign: no label above 0 is class 0, and there are no probabilities', () => {
    const figures = classificationFigures(
      judgedBySign(Float64Array.of(0.1, -0.2, 0, 0.3), Float64Array.of(0.5, -0.1, 0, -0.2), 6),
    );
    expect(figures).toMatchObject({
      confusion: { truePositives: 1, falsePositives: 1, trueNegatives: 2, falseNegatives: 0 },
      accuracy: 0.75,
      rocAuc: 2 / 3,
      logLoss: null,
      brier: null,
      base: { accuracy: 0.75, recall: 0, precision: null, f1: 0, logLoss: null },
    });
  });

  it('one class alone has no balanced accuracy, no area and no errors; none at all has nothing', () => {
    const all = { scores: Float64Array.of(0.4, 0.6), cut: 0.5, horizon: 2, probabilities: true };
    expect(classificationFigures({ ...all, actual: Uint8Array.of(0, 0) })).toMatchObject({
      accuracy: 0.5,
      balancedAccuracy: null,
      precision: 0,
      recall: null,
      f1: 0,
      rocAuc: null,
      errors: { balancedAccuracy: null, rocAuc: null },
      base: { accuracy: 1, f1: null, brier: 0 },
    });
    const none = classificationFigures({ ...all, scores: new Float64Array(0), actual: new Uint8Array(0) });
    expect(none).toMatchObject({
      count: 0,
      accuracy: null,
      f1: null,
      rocAuc: null,
      logLoss: null,
      brier: null,
    });
  });

  it('classes of one size have the base rate of always saying class 1, as always long has it', () => {
    const actual = Uint8Array.of(0, 1);
    const { base } = classificationFigures({
      ...judgedBySign(Float64Array.of(1, -1), Float64Array.of(1, 1), 1),
      actual,
    });
    expect(base).toMatchObject({ accuracy: 0.5, recall: 1, f1: 2 / 3 });
  });

  it('calling the classes the other way round mirrors what does not depend on the side', () => {
    fc.assert(
      fc.property(cases, (rows) => {
        const plain = {
          actual: actualOf(rows),
          scores: scoresOf(rows),
          cut: 0.5,
          horizon: 3,
          probabilities: true,
        };
        // A score of exactly 0.5 is class 0 on both sides; moving it aside keeps the prediction.
        const scores = plain.scores.map((q) => (q === 0.5 ? 0.49 : q));
        const a = classificationFigures({ ...plain, scores });
        const b = classificationFigures({
          ...plain,
          scores: scores.map((q) => 1 - q),
          actual: plain.actual.map((y) => 1 - y),
        });
        for (const figure of ['accuracy', 'balancedAccuracy', 'rocAuc', 'logLoss', 'brier'] as const) {
          if (a[figure] === null) expect(b[figure]).toBeNull();
          else expect(b[figure]).toBeCloseTo(a[figure], 12);
        }
        expect(b.errors.rocAuc ?? 0).toBeCloseTo(a.errors.rocAuc ?? 0, 12);
      }),
    );
  });
});

describe('rocAuc', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    fc.assert(
      fc.property(cases, (rows) => {
        const pairs = rows.flatMap(([q, y]) =>
          y === 1 ? rows.filter(([, z]) => z === 0).map(([p]) => Math.sign(q - p)) : [],
        );
        const expected =
          pairs.length === 0 ? null : pairs.reduce((sum, sign) => sum + (sign + 1) / 2, 0) / pairs.length;
        const found = rocAuc(scoresOf(rows), actualOf(rows));
        if (expected === null) expect(found).toBeNull();
        else expect(found).toBeCloseTo(expected, 12);
      }),
    );
  });
});

describe('confusion', () => {
  it('f1 is the harmonic mean of precision and recall', () => {
    fc.assert(
      fc.property(cases, (rows) => {
        const predicted = Uint8Array.from(rows, ([q]) => (q > 0.4 ? 1 : 0));
        const { precision, recall, f1 } = confusionFigures(confusionOf(predicted, actualOf(rows)));
        if (precision && recall) expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
      }),
    );
  });
});

describe('probability scores', () => {
  it('of always a half', () => {
    const half = new Float64Array(5).fill(0.5);
    const actual = Uint8Array.of(1, 0, 0, 1, 1);
    expect(logLoss(half, actual)).toBeCloseTo(Math.LN2, 14);
    expect(brierScore(half, actual)).toBe(0.25);
  });

  it('a wrong certainty costs much, but not everything', () => {
    expect(logLoss(Float64Array.of(0), Uint8Array.of(1))).toBeCloseTo(36.04, 2);
    expect(logLoss(Float64Array.of(1), Uint8Array.of(1))).toBeCloseTo(0, 12);
  });
});

describe('calibrationCurve', () => {
  it('cuts cases of about one forecast into bins of equal count', () => {
    const probabilities = Float64Array.of(0.1, 0.2, 0.9, 0.8);
    expect(calibrationCurve(probabilities, Uint8Array.of(0, 1, 1, 1), 2)).toEqual([
      { forecast: expect.closeTo(0.15, 14), share: 0.5, count: 2 },
      { forecast: expect.closeTo(0.85, 14), share: 1, count: 2 },
    ]);
  });

  it('loses and doubles nobody, rises, and never parts equal forecasts', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 12 }), (rows, bins) => {
        const curve = calibrationCurve(scoresOf(rows), actualOf(rows), bins);
        expect(curve.length).toBeLessThanOrEqual(bins);
        expect(curve.reduce((sum, bin) => sum + bin.count, 0)).toBe(rows.length);
        const positives = rows.reduce((sum, [, y]) => sum + y, 0);
        expect(curve.reduce((sum, bin) => sum + bin.share * bin.count, 0)).toBeCloseTo(positives, 9);
        for (let i = 1; i < curve.length; i++)
          expect(curve[i]!.forecast).toBeGreaterThan(curve[i - 1]!.forecast);
        const distinct = new Set(rows.map(([q]) => q)).size;
        expect(curve.length).toBeLessThanOrEqual(distinct);
      }),
    );
  });
});
