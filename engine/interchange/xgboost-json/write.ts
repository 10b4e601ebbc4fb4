import { EngineError } from '../../contract/errors.ts';
import type { EnsembleParts, TreeEnsemble } from '../../models/trees/ensemble.ts';
import { LAMBDA, LEARNING_RATE, LOGISTIC_OBJECTIVE, MEAN_ABSOLUTE_RETURN } from './schema.ts';

const NO_PARENT = 2_147_483_647;
const FORMAT_VERSION = [1, 7, 6];

/**
 * Tree ensembles as one model in XGBoost's JSON format (version 1.7, which later ones read): one as it is, several as their mean,
 * made of the trees of all with leaves divided by their number. Columns are expected in the order of `featureNames`, and XGBoost
 * predicts the same from them: the return for squared error; for logistic, the probability of a positive return; for classes, that of class 1.
 * Gains and inner weights are recomputed from the leaves and are exact where reg_alpha was 0; where the members keep nothing of
 * their training (types other than xgboost), gains, covers and inner weights are 0.
 * @throws EngineError `invalid-input` for several logistic members, whose mean is no such model, or the wrong number of names.
 */
export function exportXgboostJson(
  members: readonly [TreeEnsemble, ...TreeEnsemble[]],
  featureNames: readonly string[],
): string {
  const { link, training, cuts } = members[0].parts;
  const logistic = link.kind === 'logistic' || link.kind === 'probability';
  if (logistic && members.length > 1) {
    const message =
      `The model predicts a probability, and the mean of its ${members.length} members is a mean of probabilities, ` +
      'which no single XGBoost model gives: export one member.';
    throw new EngineError('invalid-input', message, { problems: [{ path: 'member', message }] });
  }
  if (featureNames.length !== cuts.length) {
    throw new EngineError(
      'invalid-input',
      `The model has ${cuts.length} features, but ${featureNames.length} names were given.`,
    );
  }
  const base = members.reduce((sum, { parts }) => sum + parts.base, 0) / members.length;
  const trees = members
    .flatMap(({ parts }) => Array.from(parts.nodes.roots, (_, tree) => ({ parts, tree })))
    .map(({ parts, tree }, id) => treeText(id, parts, tree, members.length));
  return objectText({
    learner: objectText({
      attributes: JSON.stringify({
        ...(training && {
          [LEARNING_RATE]: String(training.learningRate / members.length),
          [LAMBDA]: String(training.lambda),
        }),
        ...(link.kind === 'logistic' ? { [MEAN_ABSOLUTE_RETURN]: String(link.scale) } : {}),
      }),
      feature_names: JSON.stringify(featureNames),
      feature_types: JSON.stringify(featureNames.map(() => 'float')),
      gradient_booster: objectText({
        model: objectText({
          gbtree_model_param: JSON.stringify({
            num_parallel_tree: '1',
            num_trees: String(trees.length),
            size_leaf_vector: '0',
          }),
          tree_info: JSON.stringify(trees.map(() => 0)),
          trees: `[${trees.join(',')}]`,
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

interface NodeStatistics {
  readonly parents: readonly number[];
  readonly gain: readonly number[];
  /** Before the learning rate. */
  readonly weight: readonly number[];
  readonly hessian: readonly number[];
}

/** What XGBoost knows of each node of one tree, beyond what it predicts by: recomputed from the leaves. */
function statisticsOf({ nodes, training }: EnsembleParts, root: number, count: number): NodeStatistics {
  const parents = new Array<number>(count).fill(NO_PARENT);
  const zeros = () => new Array<number>(count).fill(0);
  const [gradient, hessian, gain, weight] = [zeros(), zeros(), zeros(), zeros()];
  const score = (i: number) => -gradient[i]! * weight[i]!;
  // Children stand behind their parents, so from the back every node's sums are complete.
  for (let i = count - 1; i >= 0; i--) {
    const node = root + i;
    if (nodes.feature[node]! < 0) {
      if (training === undefined) continue;
      hessian[i] = training.cover[node]!;
      weight[i] = nodes.value[node]! / training.learningRate;
      gradient[i] = -weight[i]! * (hessian[i]! + training.lambda);
      continue;
    }
    const child = nodes.left[node]! - root;
    parents[child] = i;
    parents[child + 1] = i;
    if (training === undefined) continue;
    hessian[i] = hessian[child]! + hessian[child + 1]!;
    gradient[i] = gradient[child]! + gradient[child + 1]!;
    weight[i] = -gradient[i]! / (hessian[i]! + training.lambda);
    gain[i] = score(child) + score(child + 1) - score(i);
  }
  return { parents, gain, weight, hessian };
}

/**
 * One tree; its leaves are divided by `members`, as if the learning rate had been. XGBoost puts trees in the place that
 * `id` names, and crashes if it leaves one empty.
 */
function treeText(id: number, parts: EnsembleParts, tree: number, members: number): string {
  const { nodes, cuts } = parts;
  const { roots, feature, cut, left, missingLeft, value } = nodes;
  const root = roots[tree]!;
  const end = tree + 1 < roots.length ? roots[tree + 1]! : feature.length;
  const count = end - root;
  const { parents, gain, weight, hessian } = statisticsOf(parts, root, count);

  const each = (inner: (node: number) => number, leaf: (node: number) => number) =>
    Array.from({ length: count }, (_, i) => (feature[root + i]! < 0 ? leaf(root + i) : inner(root + i)));
  const leftChildren = each(
    (node) => left[node]! - root,
    () => -1,
  );
  return objectText({
    base_weights: floats(weight),
    categories: '[]',
    categories_nodes: '[]',
    categories_segments: '[]',
    categories_sizes: '[]',
    default_left: JSON.stringify(
      each(
        (node) => missingLeft[node]!,
        () => 0,
      ),
    ),
    id: String(id),
    left_children: JSON.stringify(leftChildren),
    loss_changes: floats(gain),
    parents: JSON.stringify(parents),
    right_children: JSON.stringify(leftChildren.map((child) => (child === -1 ? -1 : child + 1))),
    split_conditions: floats(
      each(
        (node) => cuts[feature[node]!]![cut[node]!]!,
        (node) => value[node]! / members,
      ),
    ),
    split_indices: JSON.stringify(
      each(
        (node) => feature[node]!,
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
