import { EngineError, orList } from '../../contract/errors.ts';
import type { Link, TreeEnsemble } from '../../models/trees/ensemble.ts';
import { EnsembleBuilder } from '../../models/trees/ensemble-builder.ts';
import {
  LAMBDA,
  LEARNING_RATE,
  LOGISTIC_OBJECTIVE,
  MEAN_ABSOLUTE_RETURN,
  type XgboostTree,
  xgboostModel,
} from './schema.ts';

/** Objectives whose prediction is the sum of leaves itself. */
const IDENTITY_OBJECTIVES = ['reg:squarederror', 'reg:absoluteerror', 'reg:pseudohubererror'];

export interface XgboostImport {
  readonly member: TreeEnsemble;
  /** In the order in which the member expects its columns; undefined if the model has no names. */
  readonly featureNames: readonly string[] | undefined;
}

/**
 * Reads a model that XGBoost (1.7 to 3) saved as JSON, or that `exportXgboostJson` (./xgboost-write.ts) wrote: booster gbtree, one target, numerical
 * splits. Its predictions must be returns over the model's horizon; for `binary:logistic`, the attribute
 * `regimen_mean_absolute_return` turns the probability into one.
 * @throws EngineError `data-invalid` that says what is not as expected.
 */
export function importXgboostJson(text: string): XgboostImport {
  const { learner } = parseModel(text);
  const { attributes, gradient_booster: booster, learner_model_param: param, objective } = learner;
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
  const baseScore = param.base_score[0]!;
  const base = logistic ? logOdds(baseScore) : baseScore;

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
  return {
    member: builder.build({ base, link, training }),
    featureNames: names.length > 0 ? names : undefined,
  };
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
  const issue = parsed.error.issues[0]!;
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
    const node = queue[i]!;
    if (!(node >= 0 && node < count) || seen[node] === 1) throw broken(`node ${node} is out of place`);
    seen[node] = 1;
    if (left[node] === -1) continue;
    const feature = split_indices[node]!;
    if (!(feature >= 0 && feature < featureCount)) {
      throw broken(`node ${node} splits on feature ${feature} of ${featureCount}`);
    }
    queue.push(left[node]!, right[node]!);
  }
}
