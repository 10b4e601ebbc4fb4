import { type EnsembleParts, type Link, TreeEnsemble } from '../../models/trees/ensemble.ts';
import type { Column, Graph } from './graph.ts';
import { DOUBLE } from './messages.ts';

/** What is added up, times a factor: `leaves` of trees, and what stands before them. */
interface WeighedTrees {
  readonly parts: EnsembleParts;
  readonly factor: number;
}

/** What a tree model says, per row of `features` (doubles that are float32 numbers). */
export function treesOutput(graph: Graph, features: string, { parts }: TreeEnsemble): Column {
  return linked(graph, leafSum(graph, features, [{ parts, factor: 1 }]), parts.link);
}

/** Whether members are sums of leaves as such, so that their mean is one, too. */
export function areSums(members: readonly unknown[]): members is readonly TreeEnsemble[] {
  return members.every((member) => member instanceof TreeEnsemble && member.parts.link.kind === 'identity');
}

/** Mean of what several say, whose output is their sum of leaves: one sum over all trees. */
export function meanOfTrees(graph: Graph, features: string, members: readonly TreeEnsemble[]): Column {
  return leafSum(
    graph,
    features,
    members.map(({ parts }) => ({ parts, factor: 1 / members.length })),
  );
}

function linked(graph: Graph, sum: Column, link: Link): Column {
  switch (link.kind) {
    case 'identity':
      return sum;
    case 'logistic':
      return graph.scaled(graph.probability(sum), { offset: -link.scale, slope: 2 * link.scale });
    case 'probability':
      return graph.probability(sum);
    case 'share':
      return graph.node('Clip', [sum, graph.scalar(0), graph.scalar(1)]);
  }
}

/** Bits of a float32's significand. */
const SIGNIFICAND = 24;

/**
 * base + sum of leaves, in double. A `TreeEnsembleRegressor` adds doubles up, but its output is float32. So it gives two sums: of each leaf's
 * multiple of a unit so large that all of them together are a whole number of units below 2^24, which a float32 holds exactly; and of what is
 * left of each leaf, at most half a unit, whose rounding is 2^-24 of that. Nothing that counts is rounded before the end.
 */
function leafSum(graph: Graph, features: string, trees: readonly WeighedTrees[]): Column {
  const base = trees.reduce((sum, { parts, factor }) => sum + factor * parts.base, 0);
  const list = trees.flatMap(({ parts, factor }) =>
    Array.from(parts.nodes.roots, (root, t) => ({
      parts,
      factor,
      root,
      end: parts.nodes.roots[t + 1] ?? parts.nodes.feature.length,
    })),
  );
  let largest = 0;
  for (const { parts, factor, root, end } of list) {
    let most = 0;
    for (let node = root; node < end; node++) {
      if (parts.nodes.feature[node]! < 0) most = Math.max(most, Math.abs(factor * parts.nodes.value[node]!));
    }
    largest += most;
  }
  // Half a unit more per tree, for leaves that are rounded up.
  const unit = 2 ** (Math.ceil(Math.log2(largest || 1)) + 2 - SIGNIFICAND);

  const nodes = {
    trees: [] as number[],
    ids: [] as number[],
    features: [] as number[],
    modes: [] as string[],
  };
  const [values, yes, no, missing]: number[][] = [[], [], [], []];
  const leaves = {
    trees: [] as number[],
    nodes: [] as number[],
    targets: [] as number[],
    weights: [] as number[],
  };
  list.forEach(({ parts: { nodes: of, cuts }, factor, root, end }, tree) => {
    for (let node = root; node < end; node++) {
      const feature = of.feature[node]!;
      const isLeaf = feature < 0;
      nodes.trees.push(tree);
      nodes.ids.push(node - root);
      nodes.features.push(isLeaf ? 0 : feature);
      // "Below the cut goes left" is what training means, too: no threshold has to be moved.
      nodes.modes.push(isLeaf ? 'LEAF' : 'BRANCH_LT');
      values!.push(isLeaf ? 0 : cuts[feature]![of.cut[node]!]!);
      yes!.push(isLeaf ? 0 : of.left[node]! - root);
      no!.push(isLeaf ? 0 : of.left[node]! + 1 - root);
      missing!.push(isLeaf ? 0 : of.missingLeft[node]!);
      if (!isLeaf) continue;
      const value = factor * of.value[node]!;
      const whole = Math.round(value / unit) * unit;
      [whole, value - whole].forEach((weight, target) => {
        leaves.trees.push(tree);
        leaves.nodes.push(node - root);
        leaves.targets.push(target);
        leaves.weights.push(weight);
      });
    }
  });
  const doubles = (numbers: readonly number[]) => ({ dims: [numbers.length], doubles: numbers });
  const sums = graph.add({
    type: 'TreeEnsembleRegressor',
    domain: 'ai.onnx.ml',
    inputs: [features],
    attributes: {
      aggregate_function: 'SUM',
      n_targets: 2,
      nodes_falsenodeids: no!,
      nodes_featureids: nodes.features,
      nodes_missing_value_tracks_true: missing!,
      nodes_modes: nodes.modes,
      nodes_nodeids: nodes.ids,
      nodes_treeids: nodes.trees,
      nodes_truenodeids: yes!,
      nodes_values_as_tensor: doubles(values!),
      post_transform: 'NONE',
      target_ids: leaves.targets,
      target_nodeids: leaves.nodes,
      target_treeids: leaves.trees,
      target_weights_as_tensor: doubles(leaves.weights),
    },
  });
  const both = graph.node('Cast', [sums], { to: DOUBLE });
  const sum = graph.node('ReduceSum', [both, graph.constant({ dims: [1], integers: [1] })], { keepdims: 1 });
  return graph.scaled(sum, { offset: base, slope: 1 });
}
