import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { modelType } from '../../models/catalog.ts';
import type { TreeEnsemble } from '../../models/trees/ensemble.ts';
import { trainingSet } from '../../models/trees/testing/sets.ts';
import { hasPeers, python } from '../../testing/peers.ts';
import { columns, fitted, labels, names, predictions } from '../testing/learned.ts';
import { importXgboostJson } from './read.ts';
import { exportXgboostJson } from './write.ts';

describe.skipIf(!hasPeers())('beside XGBoost itself (a test peer)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-xgboost-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string) => join(folder, name);

  function answerOf(script: string): number[] {
    const data = JSON.stringify({
      columns: columns.map((c) => [...c].map((x) => (Number.isNaN(x) ? null : x))),
      labels: [...labels],
      names,
    });
    writeFileSync(file('data.json'), data);
    const head = `
import json, sys
import numpy as np
import xgboost as xgb
data = json.load(open(${JSON.stringify(file('data.json'))}))
X = np.array(data["columns"], dtype=float).T
y = np.array(data["labels"])
def matrix(label=None): return xgb.DMatrix(X, label=label, feature_names=data["names"])
`;
    return JSON.parse(python(head + script));
  }

  test.each([
    ['squared error', { n_estimators: 50 }],
    ['logistic', { n_estimators: 50, objective: 'logistic' }],
  ])('%s: an exported model loads there and predicts the same to 1e-6', (_name, parameters) => {
    const member = fitted(parameters);
    writeFileSync(file('export.json'), exportXgboostJson([member], names));
    const there = answerOf(`
booster = xgb.Booster(model_file=${JSON.stringify(file('export.json'))})
assert booster.feature_names == data["names"]
print(json.dumps(booster.predict(matrix()).tolist()))
`);
    const { link } = member.parts;
    const here = predictions(member);
    there.forEach((value, row) => {
      const asReturn = link.kind === 'logistic' ? link.scale * (2 * value - 1) : value;
      expect(Math.abs(asReturn - here[row]!)).toBeLessThan(
        link.kind === 'logistic' ? 2e-6 * link.scale : 1e-9,
      );
    });
  });

  test.each([
    ['xgboost', 1],
    ['lightgbm', 1],
    ['gradient_boosting', 1],
    ['random_forest', 3],
  ])('%s: an exported model of classes gives the same probabilities there', (name, members) => {
    const classes = labels.map((y) => (y > 2e-4 ? 1 : 0));
    const type = modelType(name);
    const [first, ...others] = Array.from({ length: members }, (_, seed) => {
      const set = { ...trainingSet(columns, classes), seed, task: 'classes' as const };
      return type.fit(set, type.hyperparameters.parse({ n_estimators: 30 })) as TreeEnsemble;
    });
    writeFileSync(file('classes.json'), exportXgboostJson([first!, ...others], names));
    const there = answerOf(`
booster = xgb.Booster(model_file=${JSON.stringify(file('classes.json'))})
print(json.dumps(booster.predict(matrix()).tolist()))
`);
    const all = [first!, ...others].map(predictions);
    there.forEach((q, row) => {
      const here = all.reduce((sum, one) => sum + one[row]!, 0) / members;
      expect(Math.abs(q - here)).toBeLessThan(2e-6);
    });
    expect(Math.max(...there) - Math.min(...there)).toBeGreaterThan(0.2);
  });

  test.each([
    ['reg:squarederror', 'y', 1],
    ['binary:logistic', '(y > 0).astype(int)', 0.001],
  ])('%s: a model trained there predicts the same here to 1e-6', (objective, label, scale) => {
    const there = answerOf(`
booster = xgb.train({"objective": ${JSON.stringify(objective)}, "max_depth": 5, "tree_method": "exact", "gamma": 1e-7}, matrix(${label}), 30)
booster.set_attr(regimen_mean_absolute_return="0.001")
booster.save_model(${JSON.stringify(file('trained.json'))})
print(json.dumps(booster.predict(matrix()).tolist()))
`);
    const { member, featureNames } = importXgboostJson(readFileSync(file('trained.json'), 'utf8'));
    expect(featureNames).toEqual(names);
    const here = predictions(member);
    there.forEach((value, row) => {
      const expected = objective === 'binary:logistic' ? scale * (2 * value - 1) : value;
      expect(Math.abs(here[row]! - expected)).toBeLessThan(1e-6 * scale);
    });
  });

  test('a model whose training stopped early predicts as its best round did', () => {
    const there = answerOf(`
model = xgb.XGBRegressor(n_estimators=200, max_depth=4, learning_rate=0.9, early_stopping_rounds=3, num_parallel_tree=2)
model.fit(X[:200], y[:200], eval_set=[(X[200:], y[200:])], verbose=False)
assert model.get_booster().num_boosted_rounds() > model.best_iteration + 1
model.save_model(${JSON.stringify(file('stopped.json'))})
print(json.dumps(model.predict(X).tolist()))
`);
    const { member, trees } = importXgboostJson(readFileSync(file('stopped.json'), 'utf8'));
    expect(member.parts.nodes.roots.length).toBeLessThan(trees);
    const here = predictions(member);
    there.forEach((value, row) => {
      expect(Math.abs(here[row]! - value)).toBeLessThan(1e-6);
    });
  });

  test('what is not one value per row of plain trees is refused in words', () => {
    answerOf(`
two, three = np.c_[y, -y], (np.arange(len(y)) % 3)
for name, parameters, label in [
    ("dart", {"booster": "dart"}, y),
    ("linear", {"booster": "gblinear"}, y),
    ("targets", {"multi_strategy": "multi_output_tree"}, two),
    ("classes", {"objective": "multi:softprob", "num_class": 3}, three),
]:
    path = ${JSON.stringify(folder)} + "/" + name + ".json"
    xgb.train({"max_depth": 2, **parameters}, matrix(label), 2).save_model(path)
print("[]")
`);
    const read = (name: string) => () => importXgboostJson(readFileSync(file(`${name}.json`), 'utf8'));
    expect(read('dart')).toThrow('its booster is "dart", expected "gbtree"');
    expect(read('linear')).toThrow('its booster is "gblinear", expected "gbtree"');
    expect(read('targets')).toThrow('it predicts 2 values per row, expected one');
    expect(read('classes')).toThrow('it predicts 3 values per row, expected one');
  });
});
