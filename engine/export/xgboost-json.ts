import { EngineError, orList } from '../contract/errors.ts';
import type { Link, TreeEnsemble } from '../models/trees/ensemble.ts';
import { EnsembleBuilder } from '../models/trees/ensemble-builder.ts';
import { type XgboostTree, xgboostModel } from './xgboost-schema.ts';

/**
 * Attributes that carry what XGBoost's format has no place for. XGBoost keeps them; a model trained there with logistic
 * objective needs the first one to be read here.
 */
const MEAN_ABSOLUTE_RETURN = 'regimen_mean_absolute_return';
const LEARNING_RATE = 'regimen_learning_rate';
const LAMBDA = 'regimen_reg_lambda';

/** Objectives whose prediction is the sum of leaves itself. */
const IDENTITY_OBJECTIVES = ['reg:squarederror', 'reg:absoluteerror', 'reg:pseudohubererror'];
const LOGISTIC_OBJECTIVE = 'binary:logistic';
const NO_PARENT = 2_147_483_647;
const FORMAT_VERSION = [1, 7, 6];

export interface XgboostImport {
  readonly member: TreeEnsemble;
  /** In the order in which the member expects its columns; `f0`, `f1`, … if the model has no names. */
  readonly featureNames: readonly string[];
}

/**
 * A member as XGBoost's JSON model (version 1.7, which later ones read). Columns are expected in the order of `featureNames`, and
 * XGBoost predicts the same from them: the return for squared error; for logistic, the probability of a positive return.
 * Gains and inner weights are recomputed from the leaves and are exact where reg_alpha was 0.
 * @throws EngineError `invalid-input` for a member of another model type or the wrong number of names.
 */
export function exportXgboostJson(member: TreeEnsemble, featureNames: readonly string[]): string {
  const { nodes, base, link, training, cuts } = member.parts;
  if (training === undefined) {
    throw new EngineError('invalid-input', 'Only models of type xgboost can be written as XGBoost JSON.');
  }
  if (featureNames.length !== cuts.length) {
    throw new EngineError(
      'invalid-input',
      `The model has ${cuts.length} features, but ${featureNames.length} names were given.`,
    );
  }
  const treeCount = nodes.roots.length;
  const logistic = link.kind === 'logistic';
  return objectText({
    learner: objectText({
      attributes: JSON.stringify({
        [LEARNING_RATE]: String(training.learningRate),
        [LAMBDA]: String(training.lambda),
        ...(logistic ? { [MEAN_ABSOLUTE_RETURN]: String(link.scale) } : {}),
      }),
      feature_names: JSON.stringify(featureNames),
      feature_types: JSON.stringify(featureNames.map(() => 'float')),
      gradient_booster: objectText({
        model: objectText({
          gbtree_model_param: JSON.stringify({
            num_parallel_tree: '1',
            num_trees: String(treeCount),
            size_leaf_vector: '0',
          }),
          tree_info: JSON.stringify(new Array<number>(treeCount).fill(0)),
          trees: `[${Array.from(nodes.roots, (_, tree) => exportTree(member, tree)).join(',')}]`,
        }),
        name: '"gbtree"',
      }),
      learner_model_param: JSON.stringify({
        // For logistic, XGBoost wants the base as a probability.
        base_score: floatText(logistic ? 1 / (1 + Math.exp(-base)) : base),
        boost_from_average: '0',
        num_class: '0',
        num_feature: String(cuts.length),
        num_target: '1',
      }),
      objective: JSON.stringify({
        name: logistic ? LOGISTIC_OBJECTIVE : 'reg:squarederror',
        reg_loss_param: { scale_pos_weight: '1' },
      }),
    }),
    version: JSON.stringify(FORMAT_VERSION),
  });
}

/** JSON of an object whose values are JSON already. */
function objectText(values: Readonly<Record<string, string>>): string {
  const fields = Object.entries(values).map(([key, value]) => `${JSON.stringify(key)}:${value}`);
  return `{${fields.join(',')}}`;
}

/**
 * The shortest text of a float32. XGBoost tells integers from floats by their spelling and refuses a 0 where it wants 0E0; a base
 * score with more than 9 digits it silently replaces by its default.
 */
function floatText(value: number): string {
  const single = Math.fround(value);
  for (let digits = 0; digits < 8; digits++) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return text;
  }
  return single.toExponential(8);
}

function floats(values: readonly number[]): string {
  return `[${values.map(floatText).join(',')}]`;
}

function exportTree(member: TreeEnsemble, tree: number): string {
  const { nodes, cuts, training } = member.parts;
  const { learningRate, lambda, cover } = training!;
  const { roots, feature, cut, left, missingLeft, value } = nodes;
  const root = roots[tree];
  const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
  const count = end - root;

  const parents = new Array<number>(count).fill(NO_PARENT);
  const gradient = new Array<number>(count).fill(0);
  const hessian = new Array<number>(count).fill(0);
  const gain = new Array<number>(count).fill(0);
  const score = (i: number) => (gradient[i] * gradient[i]) / (hessian[i] + lambda);
  // Children stand behind their parents, so from the back every node's sums are complete.
  for (let i = count - 1; i >= 0; i--) {
    const node = root + i;
    if (feature[node] < 0) {
      hessian[i] = cover[node];
      gradient[i] = (-value[node] * (cover[node] + lambda)) / learningRate;
      continue;
    }
    const child = left[node] - root;
    parents[child] = i;
    parents[child + 1] = i;
    hessian[i] = hessian[child] + hessian[child + 1];
    gradient[i] = gradient[child] + gradient[child + 1];
    gain[i] = score(child) + score(child + 1) - score(i);
  }

  const each = (inner: (node: number, i: number) => number, leaf: (node: number) => number) =>
    Array.from({ length: count }, (_, i) => (feature[root + i] < 0 ? leaf(root + i) : inner(root + i, i)));
  const leftChildren = each(
    (node) => left[node] - root,
    () => -1,
  );
  return objectText({
    base_weights: floats(
      each(
        (_, i) => -gradient[i] / (hessian[i] + lambda),
        (node) => value[node],
      ),
    ),
    categories: '[]',
    categories_nodes: '[]',
    categories_segments: '[]',
    categories_sizes: '[]',
    default_left: JSON.stringify(
      each(
        (node) => missingLeft[node],
        () => 0,
      ),
    ),
    id: String(tree),
    left_children: JSON.stringify(leftChildren),
    loss_changes: floats(gain),
    parents: JSON.stringify(parents),
    right_children: JSON.stringify(leftChildren.map((child) => (child === -1 ? -1 : child + 1))),
    split_conditions: floats(
      each(
        (node) => cuts[feature[node]][cut[node]],
        (node) => value[node],
      ),
    ),
    split_indices: JSON.stringify(
      each(
        (node) => feature[node],
        () => 0,
      ),
    ),
    split_type: JSON.stringify(new Array<number>(count).fill(0)),
    sum_hessian: floats(hessian),
    tree_param: JSON.stringify({
      num_deleted: '0',
      num_feature: String(cuts.length),
      num_nodes: String(count),
      size_leaf_vector: '0',
    }),
  });
}

/**
 * Reads a model that XGBoost (1.7 to 3) saved as JSON, or that `exportXgboostJson` wrote: booster gbtree, one target, numerical
 * splits. Its predictions must be returns over the model's horizon; for `binary:logistic`, the attribute
 * `regimen_mean_absolute_return` turns the probability into one.
 * @throws EngineError `data-invalid` that says what is not as expected.
 */
export function importXgboostJson(text: string): XgboostImport {
  const { learner } = parseModel(text);
  const { attributes, gradient_booster: booster, learner_model_param: param, objective } = learner;
  if (booster.name !== 'gbtree') throw unreadable(`its booster is "${booster.name}", expected "gbtree"`);
  if (Number(param.num_class) > 1 || Number(param.num_target) > 1) {
    throw unreadable(
      `it predicts ${Math.max(+param.num_class, +param.num_target)} values per row, expected one`,
    );
  }
  const featureCount = Number(param.num_feature);
  const names = learner.feature_names;
  if (names.length !== 0 && names.length !== featureCount) {
    throw unreadable(`it names ${names.length} of its ${featureCount} features`);
  }

  const logistic = objective.name === LOGISTIC_OBJECTIVE;
  if (!logistic && !IDENTITY_OBJECTIVES.includes(objective.name)) {
    const known = orList([...IDENTITY_OBJECTIVES, LOGISTIC_OBJECTIVE]);
    throw unreadable(`its objective is "${objective.name}", expected ${known}`);
  }
  const link: Link = logistic
    ? { kind: 'logistic', scale: numberAttribute(attributes, MEAN_ABSOLUTE_RETURN) }
    : { kind: 'identity' };
  const base = logistic ? logOdds(param.base_score) : param.base_score;

  const builder = new EnsembleBuilder(featureCount);
  booster.model.trees.forEach((tree, i) => {
    checkTree(tree, i, featureCount);
    builder.add({
      nodeCount: tree.left_children.length,
      feature: tree.split_indices.map((feature, node) => (tree.left_children[node] === -1 ? -1 : feature)),
      threshold: tree.split_conditions,
      left: tree.left_children,
      right: tree.right_children,
      missingLeft: tree.default_left,
      gain: tree.loss_changes,
      value: tree.split_conditions,
      cover: tree.sum_hessian,
    });
  });
  const own = LEARNING_RATE in attributes;
  const training = {
    learningRate: own ? numberAttribute(attributes, LEARNING_RATE) : 1,
    lambda: own ? numberAttribute(attributes, LAMBDA) : 0,
  };
  const featureNames = names.length > 0 ? names : Array.from({ length: featureCount }, (_, f) => `f${f}`);
  return { member: builder.build({ base, link, training }), featureNames };
}

function unreadable(what: string): EngineError {
  return new EngineError('data-invalid', `The XGBoost model can't be read: ${what}.`);
}

function parseModel(text: string) {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new EngineError(
      'data-invalid',
      "The XGBoost model can't be read: it is not JSON. Save it in XGBoost with a name that ends in .json.",
      {},
      cause,
    );
  }
  const parsed = xgboostModel.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(`at ${issue.path.join('.') || 'its top'}: ${issue.message}`);
}

function numberAttribute(attributes: Readonly<Record<string, string>>, name: string): number {
  const value = Number(attributes[name] ?? Number.NaN);
  if (Number.isFinite(value)) return value;
  throw unreadable(
    `it needs the attribute ${name}, a number; set it in XGBoost with booster.set_attr(${name}=...)`,
  );
}

function logOdds(p: number): number {
  if (p > 0 && p < 1) return Math.log(p / (1 - p));
  throw unreadable(`its base_score is ${p}, expected a probability between 0 and 1`);
}

/** Every array as long as the tree, every node reached once, every split on a feature there is. */
function checkTree(tree: XgboostTree, index: number, featureCount: number): void {
  const { left_children: left, right_children: right, split_type: types } = tree;
  const count = left.length;
  const broken = (what: string) => unreadable(`tree ${index}: ${what}`);
  if (types.some((type) => type !== 0)) throw broken('it has categorical splits, expected numerical ones');
  const { split_indices, split_conditions, default_left, loss_changes, sum_hessian } = tree;
  for (const list of [right, split_indices, split_conditions, default_left, loss_changes, sum_hessian]) {
    if (list.length !== count || count === 0)
      throw broken(`its lists have ${list.length} and ${count} entries`);
  }
  const seen = new Uint8Array(count);
  const queue = [0];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i];
    if (!(node >= 0 && node < count) || seen[node] === 1) throw broken(`node ${node} is out of place`);
    seen[node] = 1;
    if (left[node] === -1) continue;
    if (!(split_indices[node] >= 0 && split_indices[node] < featureCount)) {
      throw broken(`node ${node} splits on feature ${split_indices[node]} of ${featureCount}`);
    }
    queue.push(left[node], right[node]);
  }
}
