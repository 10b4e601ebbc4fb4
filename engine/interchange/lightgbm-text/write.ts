import { EngineError } from '../../contract/errors.ts';
import type { EnsembleParts, TreeEnsemble } from '../../models/trees/ensemble.ts';
import { largestBelow } from './threshold.ts';

/** Of `decision_type`: a missing value is NaN and takes the default side; with the second one that is the left. */
const MISSING_IS_NAN = 8;
const DEFAULT_LEFT = 2;

/**
 * Tree ensembles as one model in LightGBM's text format (version 4): one as it is, several as their mean. LightGBM reads doubles and compares with "at
 * most"; its thresholds here send every double to the side that the engine sends it to, which reads float32 and compares with "below". The base is a tree
 * of one leaf in front. It predicts what the engine does: a number, or of classes the probability of class 1.
 * @throws EngineError `invalid-input` for several members whose mean is no sum of leaves
 */
export function exportLightgbmText(
  members: readonly [TreeEnsemble, ...TreeEnsemble[]],
  featureNames: readonly string[],
): string {
  const { link } = members[0].parts;
  const isLogistic = link.kind === 'logistic' || link.kind === 'probability';
  if (isLogistic && members.length > 1) {
    throw new EngineError(
      'invalid-input',
      'The mean of probabilities is no LightGBM model: export one member.',
    );
  }
  const base = members.reduce((sum, { parts }) => sum + parts.base, 0) / members.length;
  const grown = members.flatMap(({ parts }) =>
    Array.from(parts.nodes.roots, (root, t) =>
      treeLines(parts, root, parts.nodes.roots[t + 1], members.length),
    ),
  );
  const trees = [leafLines([base]), ...grown].map((lines, t) =>
    [`Tree=${t}`, ...lines, 'is_linear=0', 'shrinkage=1', '', '', ''].join('\n'),
  );
  const splits = new Array<number>(featureNames.length).fill(0);
  for (const { parts } of members) for (const f of parts.nodes.feature) if (f >= 0) splits[f]!++;
  const used = featureNames.map((name, f) => ({ name, splits: splits[f]! }));
  return [
    'tree',
    'version=v4',
    'num_class=1',
    'num_tree_per_iteration=1',
    'label_index=0',
    `max_feature_idx=${featureNames.length - 1}`,
    `objective=${isLogistic ? 'binary sigmoid:1' : 'regression'}`,
    `feature_names=${featureNames.join(' ')}`,
    `feature_infos=${used.map((_, f) => rangeOf(members, f)).join(' ')}`,
    `tree_sizes=${trees.map((text) => text.length).join(' ')}`,
    '',
    `${trees.join('')}end of trees`,
    '',
    'feature_importances:',
    ...used.filter((one) => one.splits > 0).map((one) => `${one.name}=${one.splits}`),
    '',
    'parameters:',
    'end of parameters',
    '',
    'pandas_categorical:null',
    '',
  ].join('\n');
}

/** Where a feature is split; `none` where it is not. */
function rangeOf(members: readonly TreeEnsemble[], feature: number): string {
  const all = members.flatMap(({ parts }) => [...parts.cuts[feature]!]);
  if (all.length === 0) return 'none';
  return `[${all.reduce((a, b) => Math.min(a, b))}:${all.reduce((a, b) => Math.max(a, b))}]`;
}

function leafLines(values: readonly number[]): string[] {
  return [`num_leaves=${values.length}`, 'num_cat=0', `leaf_value=${values.join(' ')}`];
}

/** Inner nodes and leaves are counted apart; a leaf's number n stands among the children as -1 - n. */
function treeLines(
  { nodes, cuts }: EnsembleParts,
  root: number,
  next: number | undefined,
  members: number,
): string[] {
  const end = next ?? nodes.feature.length;
  const all = Array.from({ length: end - root }, (_, i) => root + i);
  const inner = all.filter((node) => nodes.feature[node]! >= 0);
  const leaves = all.filter((node) => nodes.feature[node]! < 0);
  const head = leafLines(leaves.map((node) => nodes.value[node]! / members));
  if (inner.length === 0) return head;
  const number = new Map<number, number>();
  inner.forEach((node, i) => {
    number.set(node, i);
  });
  leaves.forEach((node, i) => {
    number.set(node, -1 - i);
  });
  const each = (of: (node: number) => number) => inner.map(of).join(' ');
  return [
    ...head,
    `split_feature=${each((node) => nodes.feature[node]!)}`,
    `threshold=${each((node) => largestBelow(cuts[nodes.feature[node]!]![nodes.cut[node]!]!))}`,
    `decision_type=${each((node) => MISSING_IS_NAN + (nodes.missingLeft[node] === 1 ? DEFAULT_LEFT : 0))}`,
    `left_child=${each((node) => number.get(nodes.left[node]!)!)}`,
    `right_child=${each((node) => number.get(nodes.left[node]! + 1)!)}`,
  ];
}
