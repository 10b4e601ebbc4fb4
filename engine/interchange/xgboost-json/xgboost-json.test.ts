import { describe, expect, test } from 'vitest';
import { modelType } from '../../models/catalog.ts';
import type { TreeEnsemble } from '../../models/trees/ensemble.ts';
import { trainingSet } from '../../models/trees/testing/sets.ts';
import { columns, fitted, labels, names, predictions } from '../testing/learned.ts';
import { importXgboostJson } from './read.ts';
import { exportXgboostJson } from './write.ts';

/** Two trees as XGBoost stores them, with a deleted node, an unordered one, a missing value's side and a leaf-only tree. */
function foreignModel() {
  const tree = {
    base_weights: [0, 0, 0, 0, 0, 0],
    default_left: [1, 0, 0, 0, 0, 0],
    id: 0,
    left_children: [4, -1, -1, -1, 2, -1],
    right_children: [1, -1, -1, -1, 5, -1],
    parents: [2147483647, 0, 4, 0, 0, 4],
    loss_changes: [3, 0, 0, 0, 1.5, 0],
    split_conditions: [0.5, -0.25, 0.125, 99, -1.5, 0.375],
    split_indices: [1, 0, 0, 4294967295, 0, 0],
    split_type: [0, 0, 0, 0, 0, 0],
    sum_hessian: [10, 4, 3, 0, 6, 3],
    tree_param: { num_deleted: '1', num_feature: '2', num_nodes: '6', size_leaf_vector: '0' },
  };
  const leaf = {
    ...tree,
    default_left: [0],
    left_children: [-1],
    right_children: [-1],
    loss_changes: [0],
    split_conditions: [0.0625],
    split_indices: [0],
    split_type: [0],
    sum_hessian: [10],
  };
  return {
    version: [1, 7, 4],
    learner: {
      attributes: {} as Record<string, string>,
      feature_names: ['a', 'b'],
      feature_types: [],
      gradient_booster: { name: 'gbtree', model: { trees: [tree, leaf], tree_info: [0, 0] } },
      learner_model_param: { base_score: '5E-1', num_class: '0', num_feature: '2', num_target: '1' },
      objective: { name: 'reg:squarederror' },
    },
  };
}

/** A tree of one long branch. */
function chain(depth: number) {
  const count = 2 * depth - 1;
  const list = (of: (node: number) => number) => Array.from({ length: count }, (_, node) => of(node));
  const inner = (node: number) => node % 2 === 0 && node < count - 1;
  return {
    ...foreignModel().learner.gradient_booster.model.trees[0]!,
    left_children: list((node) => (inner(node) ? node + 1 : -1)),
    right_children: list((node) => (inner(node) ? node + 2 : -1)),
    default_left: list(() => 0),
    loss_changes: list(() => 0),
    split_conditions: list((node) => node),
    split_indices: list(() => 0),
    split_type: list(() => 0),
    sum_hessian: list(() => 1),
  };
}

const foreignColumns = [
  Float64Array.of(-2, -1.5, 0, -2, Number.NaN, 0),
  Float64Array.of(0, 0, 0, 0.5, Number.NaN, Number.NaN),
];
/** By hand: 0.5 + 0.0625 + the leaf; b < 0.5 or missing goes on to a < -1.5 (missing: right). */
const foreignLeaves = [0.125, 0.375, 0.375, -0.25, 0.375, 0.375];

describe('reading', () => {
  test('walks nodes as they are linked, with the missing side', () => {
    const { member, featureNames } = importXgboostJson(JSON.stringify(foreignModel()));
    expect(featureNames).toEqual(['a', 'b']);
    const out = new Float64Array(6);
    member.predict(foreignColumns, 0, 6, out);
    expect([...out]).toEqual(foreignLeaves.map((leaf) => 0.5625 + leaf));
    expect([...member.importance().gain]).toEqual([1.5 / 4.5, 3 / 4.5]);
  });

  test('ends with the best round where training stopped early', () => {
    const predicted = (best: string, parallel: string) => {
      const { learner, ...rest } = foreignModel();
      learner.attributes.best_iteration = best;
      const { trees } = learner.gradient_booster.model;
      const model = { gbtree_model_param: { num_parallel_tree: parallel }, trees: [...trees, ...trees] };
      const text = JSON.stringify({
        ...rest,
        learner: { ...learner, gradient_booster: { name: 'gbtree', model } },
      });
      const read = importXgboostJson(text);
      expect(read.trees).toBe(4);
      const out = new Float64Array(1);
      read.member.predict(foreignColumns, 0, 1, out);
      return [read.member.parts.nodes.roots.length, out[0]! - 0.5];
    };
    expect(predicted('0', '1')).toEqual([1, 0.125]);
    expect(predicted('1', '1')).toEqual([2, 0.1875]);
    expect(predicted('0', '2')).toEqual([2, 0.1875]);
    expect(predicted('99', '1')).toEqual([4, 0.375]);
  });

  test('a base score in a list, no names, and logistic with its scale', () => {
    const model = foreignModel();
    model.learner.learner_model_param.base_score = '[7.5E-1]';
    model.learner.feature_names = [];
    model.learner.objective.name = 'binary:logistic';
    model.learner.attributes = { regimen_mean_absolute_return: '0.002' };
    const { member, featureNames } = importXgboostJson(JSON.stringify(model));
    expect(featureNames).toBeUndefined();
    const out = new Float64Array(1);
    member.predict(foreignColumns, 0, 1, out);
    const p = 1 / (1 + Math.exp(-(Math.log(3) + 0.0625 + 0.125)));
    expect(out[0]).toBeCloseTo(0.002 * (2 * p - 1), 15);
  });
});

describe('reading refuses', () => {
  test.each<[string, (model: ReturnType<typeof foreignModel>) => void, RegExp]>([
    ['a linear booster', (m) => (m.learner.gradient_booster.name = 'gblinear'), /booster is "gblinear"/],
    [
      'no trees',
      (m) => Reflect.deleteProperty(m.learner.gradient_booster, 'model'),
      /booster\.model: expected a section of keys, found nothing/,
    ],
    ['several classes', (m) => (m.learner.learner_model_param.num_class = '3'), /3 values per row/],
    [
      'another objective',
      (m) => (m.learner.objective.name = 'rank:ndcg'),
      /objective is "rank:ndcg", expected reg:/,
    ],
    [
      'logistic without scale',
      (m) => (m.learner.objective.name = 'binary:logistic'),
      /set_attr\(regimen_mean/,
    ],
    [
      'a loop',
      (m) => (m.learner.gradient_booster.model.trees[0]!.left_children[4] = 0),
      /tree 0: node 0 is out of place/,
    ],
    [
      'a wild child',
      (m) => (m.learner.gradient_booster.model.trees[0]!.right_children[0] = 77),
      /node 77 is out/,
    ],
    [
      'an unknown feature',
      (m) => (m.learner.gradient_booster.model.trees[0]!.split_indices[0] = 2),
      /feature 2 of 2/,
    ],
    [
      'short lists',
      (m) => m.learner.gradient_booster.model.trees[1]!.sum_hessian.pop(),
      /tree 1: its lists have 0 and 1/,
    ],
    ['features of one name', (m) => (m.learner.feature_names = ['a', 'a']), /two features of the name "a"/],
    [
      'two million features',
      (m) => (m.learner.learner_model_param.num_feature = '2000000'),
      /num_feature: expected at most 65534/,
    ],
    [
      'a share of a class',
      (m) => (m.learner.learner_model_param.num_class = '0.5'),
      /num_class: expected a whole number/,
    ],
    [
      'an infinite base score',
      (m) => (m.learner.learner_model_param.base_score = '1e99'),
      /base_score: expected a number/,
    ],
    [
      'two base scores',
      (m) => (m.learner.learner_model_param.base_score = '[0.5,0.5]'),
      /a base score for each of several values/,
    ],
    [
      'a threshold beyond float32',
      (m) => (m.learner.gradient_booster.model.trees[0]!.split_conditions[0] = 1e300),
      /node 0 has the value 1e\+300/,
    ],
    [
      'a half child',
      (m) => (m.learner.gradient_booster.model.trees[0]!.left_children[0] = 0.5),
      /left_children\[0\]: expected a whole number/,
    ],
    [
      'a third side',
      (m) => (m.learner.gradient_booster.model.trees[0]!.default_left[0] = 2),
      /default_left\[0\]/,
    ],
    [
      'a best round of words',
      (m) => (m.learner.attributes.best_iteration = 'last'),
      /best_iteration is "last"/,
    ],
    ['a deep tree', (m) => (m.learner.gradient_booster.model.trees[1] = chain(300)), /deeper than the 256/],
    [
      'more steps than a prediction may take',
      (m) => (m.learner.gradient_booster.model.trees = new Array(1200).fill(chain(250))),
      /more than the 250000 steps/,
    ],
    [
      'more trees than are read',
      (m) => (m.learner.gradient_booster.model.trees = new Array(100_001).fill(null)),
      /trees/,
    ],
    ['categories', (m) => (m.learner.gradient_booster.model.trees[0]!.split_type[4] = 1), /categorical/],
    ['too few names', (m) => m.learner.feature_names.pop(), /names 1 of its 2/],
    [
      'a base score of words',
      (m) => (m.learner.learner_model_param.base_score = 'x'),
      /base_score: expected a number, found "x"/,
    ],
  ])('%s and says so', (_name, change, message) => {
    const model = foreignModel();
    change(model);
    expect(() => importXgboostJson(JSON.stringify(model))).toThrow(message);
  });

  test('what is no model', () => {
    expect(() => importXgboostJson('binf')).toThrow(/not JSON/);
    expect(() => importXgboostJson('{}')).toThrow(/at version/);
  });
});

describe('writing', () => {
  test.each([
    ['squared error', { n_estimators: 20 }],
    ['logistic', { n_estimators: 20, objective: 'logistic' }],
  ])(
    '%s: an exported model reads back with the same predictions, names and importances',
    (_name, parameters) => {
      const member = fitted(parameters);
      const text = exportXgboostJson([member], names);
      const read = importXgboostJson(text);
      expect(read.featureNames).toEqual(names);
      const before = predictions(member);
      const largest = Math.max(...before.map(Math.abs));
      predictions(read.member).forEach((value, row) => {
        expect(Math.abs(value - before[row]!)).toBeLessThan(1e-7 * largest);
      });
    },
  );

  test('gains in the file are those of training', () => {
    const member = fitted({ n_estimators: 5 });
    const read = importXgboostJson(exportXgboostJson([member], names)).member;
    const { gain } = member.importance();
    read.importance().gain.forEach((share, f) => {
      expect(share).toBeCloseTo(gain[f]!, 5);
    });
  });

  test('several members of classes are no one model, unless their probabilities are sums themselves', () => {
    const classes = {
      ...trainingSet(
        columns,
        labels.map((y) => (y > 0 ? 1 : 0)),
      ),
      task: 'classes' as const,
    };
    const of = (name: string) => {
      const type = modelType(name);
      return type.fit(classes, type.hyperparameters.parse({ n_estimators: 2 })) as TreeEnsemble;
    };
    const boosted = of('lightgbm');
    expect(() => exportXgboostJson([boosted, boosted], names)).toThrow(
      /predicts a probability.*export one member/,
    );
    const forest = of('random_forest');
    expect(exportXgboostJson([forest, forest], names)).toContain('reg:squarederror');
  });

  test('names must be as many as features', () => {
    expect(() => exportXgboostJson([fitted({ n_estimators: 1 })], ['a'])).toThrow(/5 features, but 1 names/);
  });
});
