import { EngineError, orList } from '../../contract/errors.ts';
import { formatPath, foundText, plainWords } from '../../contract/problems.ts';
import type { Link, TreeEnsemble } from '../../models/trees/ensemble.ts';
import { EnsembleBuilder } from '../../models/trees/ensemble-builder.ts';
import {
  BEST_ITERATION,
  DEEPEST_TREE,
  LAMBDA,
  LEARNING_RATE,
  LOGISTIC_OBJECTIVE,
  MEAN_ABSOLUTE_RETURN,
  MOST_NODES,
  MOST_STEPS,
  type XgboostTree,
  xgboostModel,
} from './schema.ts';

/** Objectives whose prediction is the sum of leaves itself. */
const IDENTITY_OBJECTIVES = ['reg:squarederror', 'reg:absoluteerror', 'reg:pseudohubererror'];

export interface XgboostImport {
  readonly member: TreeEnsemble;
  /** In the order in which the member expects its columns; undefined if the model has no names. */
  readonly featureNames: readonly string[] | undefined;
  /** Trees in the file: more than the member has where training stopped early. */
  readonly trees: number;
}

/**
 * Reads a model that XGBoost (1.7 to 3) saved as JSON, or that `exportXgboostJson` (./write.ts) wrote: booster gbtree, one target, numerical
 * splits. Its predictions must be returns over the model's horizon; for `binary:logistic`, the attribute
 * `regimen_mean_absolute_return` turns the probability into one. Where training stopped early, trees end with the best round, as
 * those of `XGBModel.predict` do. Everything is measured before room is made for it.
 * @throws EngineError `data-invalid` that says what is not as expected.
 */
export function importXgboostJson(text: string): XgboostImport {
  const { learner } = parseModel(text);
  const { attributes, gradient_booster: booster, learner_model_param: param, objective } = learner;
  const values = Math.max(param.num_class, param.num_target);
  if (values > 1) throw unreadable(`it predicts ${values} values per row, expected one`);
  const { num_feature: featureCount } = param;
  const [baseScore = 0, ...others] = param.base_score;
  if (others.length > 0) throw unreadable('it has a base score for each of several values, expected one');
  const names = learner.feature_names;
  checkNames(names, featureCount);

  const logistic = objective.name === LOGISTIC_OBJECTIVE;
  if (!logistic && !IDENTITY_OBJECTIVES.includes(objective.name)) {
    const known = orList([...IDENTITY_OBJECTIVES, LOGISTIC_OBJECTIVE]);
    throw unreadable(`its objective is ${foundText(objective.name)}, expected ${known}`);
  }
  const link: Link = logistic
    ? { kind: 'logistic', scale: numberAttribute(attributes, MEAN_ABSOLUTE_RETURN) }
    : { kind: 'identity' };
  const base = logistic ? logOdds(baseScore) : baseScore;

  const { trees, gbtree_model_param: sizes } = booster.model;
  const used = trees.slice(0, treesToBest(attributes, sizes?.num_parallel_tree ?? 1));
  checkSizes(used);
  const builder = new EnsembleBuilder(featureCount);
  let steps = 0;
  used.forEach((tree, i) => {
    steps += checkTree(tree, i, featureCount);
    if (steps > MOST_STEPS)
      throw unreadable(`a prediction takes more than the ${MOST_STEPS} steps that are made`);
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
  return {
    member: builder.build({ base, link, training }),
    featureNames: names.length > 0 ? names : undefined,
    trees: trees.length,
  };
}

function checkNames(names: readonly string[], featureCount: number): void {
  if (names.length !== 0 && names.length !== featureCount) {
    throw unreadable(`it names ${names.length} of its ${featureCount} features`);
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw unreadable(`it has two features of the name ${foundText(name)}`);
    seen.add(name);
  }
}

/** How many of the trees, from the first, a prediction takes; each round grew `parallel` of them. */
function treesToBest(attributes: Readonly<Record<string, string>>, parallel: number): number | undefined {
  const best = attributes[BEST_ITERATION];
  if (best === undefined) return undefined;
  if (!/^\d{1,9}$/.test(best))
    throw unreadable(`its attribute ${BEST_ITERATION} is ${foundText(best)}, expected a round`);
  return (Number(best) + 1) * Math.max(1, parallel);
}

function checkSizes(trees: readonly XgboostTree[]): void {
  const nodes = trees.reduce((sum, tree) => sum + tree.left_children.length, 0);
  if (nodes > MOST_NODES)
    throw unreadable(`it has ${nodes} nodes, more than the ${MOST_NODES} that are read`);
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
  const parsed = xgboostModel.safeParse(json, { error: plainWords });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw unreadable(`at ${formatPath(issue.path) || 'its top'}: ${issue.message}`);
}

function numberAttribute(attributes: Readonly<Record<string, string>>, name: string): number {
  const text = attributes[name] ?? '';
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw unreadable(
    `it needs the attribute ${name}, a number; set it in XGBoost with booster.set_attr(${name}=...)`,
  );
}

function logOdds(p: number): number {
  if (p > 0 && p < 1) return Math.log(p / (1 - p));
  throw unreadable(`its base_score is ${p}, expected a probability between 0 and 1`);
}

/** Every array as long as the tree, every node reached once, every split on a feature there is. Returns how deep it is. */
function checkTree(tree: XgboostTree, index: number, featureCount: number): number {
  const { left_children: left, right_children: right, split_type: types } = tree;
  const count = left.length;
  const broken = (what: string) => unreadable(`tree ${index}: ${what}`);
  if (types.some((type) => type !== 0) || tree.categories.length > 0) {
    throw broken('it has categorical splits, expected numerical ones; train it without enable_categorical');
  }
  const { split_indices, split_conditions, default_left, loss_changes, sum_hessian } = tree;
  for (const list of [right, split_indices, split_conditions, default_left, loss_changes, sum_hessian]) {
    if (list.length !== count || count === 0)
      throw broken(`its lists have ${list.length} and ${count} entries`);
  }
  // Values are kept as float32.
  for (const list of [split_conditions, loss_changes, sum_hessian]) {
    const node = list.findIndex((value) => !Number.isFinite(Math.fround(value)));
    if (node >= 0) throw broken(`node ${node} has the value ${list[node]}`);
  }
  const depth = new Uint32Array(count);
  let deepest = 0;
  const queue = [0];
  depth[0] = 1;
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i]!;
    const level = depth[node]!;
    deepest = Math.max(deepest, level);
    if (deepest > DEEPEST_TREE) throw broken(`it is deeper than the ${DEEPEST_TREE} levels that are read`);
    if (left[node] === -1) continue;
    const feature = split_indices[node]!;
    if (!(feature >= 0 && feature < featureCount)) {
      throw broken(`node ${node} splits on feature ${feature} of ${featureCount}`);
    }
    for (const child of [left[node]!, right[node]!]) {
      if (!(child > 0 && child < count) || depth[child] !== 0) throw broken(`node ${child} is out of place`);
      depth[child] = level + 1;
      queue.push(child);
    }
  }
  return deepest;
}
