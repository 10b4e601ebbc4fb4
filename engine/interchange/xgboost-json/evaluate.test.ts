import { expect, test } from 'vitest';
import { METRICS } from '../../backtest/metrics.ts';
import { createContext } from '../../pipeline/context.ts';
import { exportModel } from '../export-model.ts';
import { HORIZON, trained } from '../testing/trained.ts';
import { evaluateImport } from './evaluate.ts';
import { importXgboostJson } from './read.ts';

const run = trained('xgboost', { n_estimators: 12 });
const json = String(
  exportModel({ model: run.model, file: 'm.model', format: 'xgboost-json', member: undefined }).content,
);

interface Learner {
  feature_names: string[];
  gradient_booster: { model: { trees: { split_indices: number[] }[] } };
}

/** The model with its features in another order, or named otherwise. */
function changed(change: (learner: Learner) => void): string {
  const model = JSON.parse(json) as { learner: Learner };
  change(model.learner);
  return JSON.stringify(model);
}

const evaluate = (text: string) => evaluateImport({ context: run.loaded, horizon: HORIZON, json: text });

test('the figures are those of the same model as the only member', () => {
  const { trees, features, table } = evaluate(json);
  const known = run.context.features.matrix.names.length;
  expect({ trees, features }).toEqual({ trees: 36, features: { used: known, known } });

  const alone = createContext({
    ...run.loaded,
    spec: { ...run.loaded.spec, settings: { ...run.loaded.spec.settings, members: 1 } },
  });
  const expected = alone.evaluator.evaluateStrategies(
    {
      members: [importXgboostJson(json).member],
      horizon: HORIZON,
      columns: alone.features.matrix.columns,
      labels: alone.labels(HORIZON),
      rollout: alone.rollout,
    },
    alone.strategies,
  );
  expect(table.values).toEqual(expected.values);
  const trades = METRICS.indexOf('trades');
  expect(table.values[trades]).toBeGreaterThan(10);
});

test('features are found by name, in whatever order', () => {
  const reversed = changed((learner) => {
    const last = learner.feature_names.length - 1;
    learner.feature_names.reverse();
    for (const tree of learner.gradient_booster.model.trees) {
      tree.split_indices = tree.split_indices.map((f) => last - f);
    }
  });
  expect(evaluate(reversed).table.values).toEqual(evaluate(json).table.values);
});

test('features that the run does not have are listed with the nearest it has', () => {
  const renamed = changed(({ feature_names: names }) => {
    names[names.indexOf('rsi_14')] = 'rsi14';
    names[names.indexOf('range')] = 'moon phase';
  });
  expect(() => evaluate(renamed)).toThrow(
    /^2 of the model's \d+ features .*\n {2}"moon phase": is not there\n {2}"rsi14": perhaps "rsi_14"\n.*lacks: range, rsi_14\.$/,
  );
});

test('a model that does not name its features is refused with what to do', () => {
  expect(() =>
    evaluate(
      changed((learner) => {
        learner.feature_names = [];
      }),
    ),
  ).toThrow(/does not name its features.*feature_names=/);
});
