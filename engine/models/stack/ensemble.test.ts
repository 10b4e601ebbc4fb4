import { describe, expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { modelType, parseHyperparameters } from '../catalog.ts';
import type { Member, TrainingSet } from '../model.ts';
import { matrixOf, noiseFeatures } from '../testing/data.ts';
import type { StackMember } from './member.ts';

const ROWS = 1200;
const PURGE = 5;
const TRAIN = [
  { from: 0, to: 300 },
  { from: 410, to: 900 },
];
const LATER = { from: 905, to: ROWS };

const columns = noiseFeatures(5, ROWS, 5);
const matrix = () =>
  matrixOf(
    columns.map((column) => column.slice()),
    { fitEnd: 900 },
  );

/** A straight line in the first feature, a step in the second, and noise. */
function labelsOf(line: number, step: number): Float64Array {
  const prng = createPrng(9);
  return columns[0]!.map((x, i) => 1e-3 * (line * x + step * Math.sign(columns[1]![i]!) + prng.normal()));
}

function setOf(labels: Float64Array, more: Partial<TrainingSet> = {}): TrainingSet {
  return {
    features: matrix(),
    labels,
    train: TRAIN,
    leftOut: { from: 305, to: 405 },
    purge: PURGE,
    seed: 3,
    ...more,
  };
}

const ensemble = modelType('ensemble');
const stack = (set: TrainingSet, raw: object = {}) =>
  ensemble.fit(set, parseHyperparameters(ensemble, raw)) as StackMember;
const fitBase = (name: string, set: TrainingSet): Member => {
  const type = modelType(name);
  return type.fit(set, parseHyperparameters(type, {}));
};
const said = (member: Member, { from, to }: { readonly from: number; readonly to: number }) => {
  const out = new Float64Array(to - from);
  member.predict(columns, from, to - from, out);
  return out;
};
const meanOf = (values: Iterable<number>) => {
  const all = [...values];
  return all.reduce((a, b) => a + b, 0) / all.length;
};
const squaredError = (member: Member, labels: Float64Array) =>
  meanOf(said(member, LATER).map((value, i) => (value - labels[LATER.from + i]!) ** 2));

describe('weights', () => {
  const labels = labelsOf(1, 1);
  const names = ['ridge', 'random_forest', 'xgboost'];
  const member = stack(setOf(labels));

  test('are those of least squares on rows that base models were fitted without, the purge around them', () => {
    // By hand: 300 and 490 of 790 rows are 1 and 2 of 3 blocks.
    const blocks = [
      { from: 0, to: 300 },
      { from: 410, to: 655 },
      { from: 655, to: 900 },
    ];
    const x: number[][] = names.map(() => []);
    const y: number[] = [];
    for (const block of blocks) {
      const rows = TRAIN.flatMap(({ from, to }) =>
        Array.from({ length: to - from }, (_, i) => from + i),
      ).filter((row) => row < block.from - PURGE || row >= block.to + PURGE);
      const train = rows.reduce<{ from: number; to: number }[]>((ranges, row) => {
        const last = ranges.at(-1);
        if (last?.to === row) last.to++;
        else ranges.push({ from: row, to: row + 1 });
        return ranges;
      }, []);
      const center = meanOf(rows.map((row) => labels[row]!));
      names.forEach((name, j) => {
        const member = fitBase(name, setOf(labels, { train, leftOut: { from: block.to, to: block.to } }));
        x[j]!.push(...said(member, block).map((value) => value - center));
      });
      y.push(...labels.slice(block.from, block.to).map((label) => label - center));
    }
    // Residuals are at right angles to every base model with a weight, and no other one would help.
    const weightOf = (name: string) => member.parts.find((part) => part.modelType === name)?.weight ?? 0;
    const rest = y.map((value, i) => names.reduce((sum, name, j) => sum - weightOf(name) * x[j]![i]!, value));
    const size = Math.sqrt(meanOf(y.map((value) => value * value)));
    names.forEach((name, j) => {
      const slope = meanOf(rest.map((r, i) => r * x[j]![i]!)) / size ** 2;
      if (weightOf(name) > 0) expect(slope).toBeCloseTo(0, 9);
      else expect(slope).toBeLessThan(1e-9);
    });
    expect(member.parts.length).toBeGreaterThan(1);
    expect(meanOf(member.parts.map(({ share }) => share)) * member.parts.length).toBeCloseTo(1, 12);
  });

  test('a forecast is the center and the weighed distances from it of models fitted on all rows', () => {
    const rows = TRAIN.flatMap(({ from, to }) => [...labels.subarray(from, to)]);
    const center = meanOf(rows);
    const outputs = member.parts.map((part) => said(fitBase(part.modelType, setOf(labels)), LATER));
    said(member, LATER).forEach((value, i) => {
      const wanted = member.parts.reduce(
        (sum, { weight }, j) => sum + weight * (outputs[j]![i]! - center),
        center,
      );
      expect(value).toBeCloseTo(wanted, 15);
    });
  });

  test('a line and a step together are forecast better by the stack than by any of its parts', () => {
    const alone = names.map((name) => squaredError(fitBase(name, setOf(labels)), labels));
    expect(squaredError(member, labels)).toBeLessThan(Math.min(...alone));
  });

  test('of noise hardly anything is said', () => {
    const noise = labelsOf(0, 0);
    const varianceOf = (member: Member) => {
      const values = said(member, LATER);
      const mean = meanOf(values);
      return meanOf(values.map((value) => (value - mean) ** 2));
    };
    const forest = varianceOf(fitBase('xgboost', setOf(noise)));
    expect(varianceOf(stack(setOf(noise)))).toBeLessThan(0.05 * forest);
  });
});

test('classes are stacked in log odds, and stay better than a constant', () => {
  const labels = labelsOf(0.6, 0.6).map((value) => (value > 0 ? 1 : 0));
  const member = stack(setOf(labels, { task: 'classes' }));
  const loss = (q: ArrayLike<number>) =>
    meanOf(Array.from(q, (value, i) => -Math.log(labels[LATER.from + i] === 1 ? value : 1 - value)));
  const base = meanOf(TRAIN.flatMap(({ from, to }) => [...labels.subarray(from, to)]));
  const alone = ['ridge', 'random_forest', 'xgboost'].map((name) =>
    loss(said(fitBase(name, setOf(labels, { task: 'classes' })), LATER)),
  );
  expect(loss(said(member, LATER))).toBeLessThan(0.9 * loss(new Array(LATER.to - LATER.from).fill(base)));
  expect(loss(said(member, LATER))).toBeLessThan(1.01 * Math.min(...alone));
});

test('where too few rows are left to weigh them, all have the same say', () => {
  const member = stack(setOf(labelsOf(1, 0), { train: [{ from: 0, to: 40 }], purge: 12 }));
  expect(member.parts.map(({ weight }) => weight)).toEqual([1 / 3, 1 / 3, 1 / 3]);
});

test('base models are written in any order and with short names', () => {
  const read = (text: string) =>
    parseHyperparameters(ensemble, { base_models: text }) as { base_models: string };
  expect(read(' XGB + rf+ridge').base_models).toBe('ridge+random_forest+xgboost');
  expect(read('lightgbm+lasso').base_models).toBe('lasso+lightgbm');
  for (const text of ['ridge', 'ridge+ridge', 'ridge+ensemble', 'ridge+nothing', '']) {
    expect(() => read(text)).toThrow(
      /base_models: expected two or more of linear_regression, .* or lightgbm, joined by \+ \(default ridge/,
    );
  }
});

test('bytes with a part that there is not are refused', () => {
  const bytes = ensemble.encode(stack(setOf(labelsOf(1, 0))));
  const at = Buffer.from(bytes).indexOf('ridge');
  const changed = Buffer.from(bytes);
  changed.write('rodge', at);
  expect(() => ensemble.decode(changed)).toThrow(/part of type "rodge", which can't be stacked/);
  expect(() => ensemble.decode(bytes.subarray(0, bytes.length - 1))).toThrow(/can't be read/);
});
