import { describe, expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { boost } from './boosting.ts';
import type { EnsembleParts, TreeEnsemble } from './ensemble.ts';
import { NO_GAIN } from './grow.ts';
import { type ExactNode, type ExactSettings, exactBoosting } from './testing/exact-boosting.ts';
import { learnableLabels, normalColumns, trainingSet } from './testing/sets.ts';

/** A tree as text: features and the rows that reach each leaf. */
function exactShape(node: ExactNode): string {
  return node.split === undefined
    ? `(${node.rows.join(' ')})`
    : `[f${node.split.feature} ${exactShape(node.split.left)} ${exactShape(node.split.right)}]`;
}

function ensembleShape(
  parts: EnsembleParts,
  node: number,
  columns: readonly Float64Array[],
  rows: number[],
): string {
  const { feature, cut, left, missingLeft } = parts.nodes;
  const f = feature[node];
  if (f < 0) return `(${rows.join(' ')})`;
  const threshold = parts.cuts[f][cut[node]];
  const goesLeft = (row: number) => {
    const value = columns[f][row];
    return Number.isNaN(value) ? missingLeft[node] === 1 : Math.fround(value) < threshold;
  };
  const one = ensembleShape(parts, left[node], columns, rows.filter(goesLeft));
  const other = ensembleShape(
    parts,
    left[node] + 1,
    columns,
    rows.filter((row) => !goesLeft(row)),
  );
  return `[f${f} ${one} ${other}]`;
}

function train(
  columns: readonly Float64Array[],
  labels: Float64Array,
  settings: ExactSettings,
): TreeEnsemble {
  return boost(trainingSet(columns, labels), {
    rounds: settings.rounds,
    learningRate: settings.learningRate,
    objective: 'squared_error',
    limits: { ...settings, featuresPerSplit: undefined, drawsTies: false },
    rowSampling: { kind: 'bagging', fraction: 1, every: 1 },
    featureFraction: 1,
    maxBins: 256,
    earlyStoppingRounds: 0,
    keepTraining: false,
  });
}

const ROWS = 160;
const plain: ExactSettings = {
  rounds: 3,
  learningRate: 0.3,
  maxDepth: 6,
  maxLeaves: Number.POSITIVE_INFINITY,
  minHessian: 1,
  minGain: NO_GAIN,
  lambda: 1,
  alpha: 0,
};

const cases: readonly [string, ExactSettings][] = [
  ['as xgboost by default', plain],
  [
    'with gamma, alpha and a minimum weight',
    { ...plain, minHessian: 4, minGain: 1.5, alpha: 0.7, lambda: 2.5 },
  ],
  ['as gradient boosting', { ...plain, lambda: 0, maxDepth: 3, learningRate: 0.1 }],
  [
    'best first, as lightgbm',
    { ...plain, lambda: 0, maxLeaves: 12, maxDepth: Number.POSITIVE_INFINITY, minHessian: 5 },
  ],
];

const kinds: readonly [string, (columns: Float64Array[]) => Float64Array[]][] = [
  ['distinct values', (columns) => columns],
  ['many duplicates', (columns) => columns.map((column, f) => column.map((x) => Math.round(x * (f + 1))))],
  [
    'missing values',
    (columns) => {
      const prng = createPrng(3);
      return columns.map((column, f) =>
        column.map((x) => (f % 2 === 0 && prng.float() < 0.2 ? Number.NaN : x)),
      );
    },
  ],
];

describe.each(cases)('%s', (_name, settings) => {
  test.each(kinds)('trees on %s are those of an exhaustive search', (_kind, change) => {
    for (const seed of [1, 2]) {
      const normal = normalColumns(seed, 5, ROWS);
      const labels = learnableLabels(seed + 10, normal);
      const columns = change(normal);
      const exact = exactBoosting(
        columns.map((column) => [...column]),
        [...labels],
        settings,
      );
      const model = train(columns, labels, settings);
      const all = [...labels.keys()];
      expect(
        [...model.parts.nodes.roots].map((root) => ensembleShape(model.parts, root, columns, all)),
      ).toEqual(exact.trees.map(exactShape));
      const predicted = new Float64Array(ROWS);
      model.predict(columns, 0, ROWS, predicted);
      // Labels are of size 1e-3, so 1e-12 is far stricter than nine digits of a leaf.
      exact.predictions.forEach((value, row) => {
        expect(Math.abs(predicted[row] - value)).toBeLessThan(1e-12);
      });
    }
  });
});
