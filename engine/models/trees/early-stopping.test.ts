import { expect, test } from 'vitest';
import type { AnyModelType } from '../model.ts';
import { gradientBoosting, lightgbm, xgboost } from './index.ts';
import { predict, train } from './testing/models.ts';
import { learnableLabels, normalColumns, trainingSet } from './testing/sets.ts';

const ROWS = 600;
const columns = normalColumns(1, 6, ROWS);
const labels = learnableLabels(2, columns);

test.each([
  ['xgboost', xgboost, {}],
  ['xgboost, logistic', xgboost, { objective: 'logistic' }],
  ['lightgbm', lightgbm, { learning_rate: 0.3 }],
  ['gradient_boosting', gradientBoosting, { learning_rate: 0.5, max_depth: 6 }],
])(
  '%s: early stopping keeps the trees that were best on the left-out block',
  (_name, type: AnyModelType, parameters) => {
    const set = trainingSet(columns, labels, 200);
    const all = train(type, set, { ...parameters, n_estimators: 120 });
    const stopped = train(type, set, { ...parameters, n_estimators: 120, early_stopping_rounds: 10 });
    const kept = stopped.parts.nodes.roots.length;
    expect(kept).toBeGreaterThan(1);
    expect(kept).toBeLessThan(110);

    const loss = (trees: number) => {
      const model = train(type, set, { ...parameters, n_estimators: trees });
      const scores = new Float64Array(200).fill(model.parts.base);
      model.sumTrees(columns, 400, 200, scores);
      const terms = scores.map((score, i) => {
        const label = labels[400 + i];
        return model.parts.link.kind === 'identity'
          ? (score - label) ** 2
          : Math.log1p(Math.exp(label > 0 ? -score : score));
      });
      return terms.reduce((a, b) => a + b, 0);
    };
    for (const trees of [kept - 1, kept + 1, kept + 10])
      expect(loss(trees)).toBeGreaterThanOrEqual(loss(kept));
    expect(all.parts.nodes.roots.slice(0, kept)).toEqual(stopped.parts.nodes.roots);
  },
);

test('early stopping without any good round leaves the mean', () => {
  const set = trainingSet(columns, labels, 200);
  const opposite = labels.map((y, i) => (i < 400 ? y : -y));
  const model = train(xgboost, { ...set, labels: opposite }, { early_stopping_rounds: 3 });
  expect(model.parts.nodes.roots).toHaveLength(0);
  expect([...new Set(predict(model, columns))]).toEqual([model.parts.base]);
});

test('early stopping without a left-out block grows all trees', () => {
  const model = train(xgboost, trainingSet(columns, labels), { early_stopping_rounds: 3 });
  expect(model.parts.nodes.roots).toHaveLength(20);
});
