import type { EnsembleParts } from './ensemble.ts';
import type { LooseTree } from './ensemble-builder.ts';

/**
 * Trees of an ensemble from number `from` on, in their order, their leaves at `weight`. What each gained is not kept by tree: they say 0,
 * and `gainBefore` of what is built of them says it of all.
 */
export function* treesOf(
  { nodes, cuts, training }: EnsembleParts,
  from: number,
  weight = 1,
): Generator<LooseTree> {
  const { roots, feature, cut, left, missingLeft, value } = nodes;
  for (let tree = from; tree < roots.length; tree++) {
    const root = roots[tree];
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    const nodeCount = end - root;
    const own = feature.subarray(root, end);
    const lefts = left.subarray(root, end).map((node) => node - root);
    yield {
      nodeCount,
      feature: own,
      threshold: Float32Array.from(own, (f, i) => (f < 0 ? 0 : cuts[f][cut[root + i]])),
      left: lefts,
      right: lefts.map((node) => node + 1),
      missingLeft: missingLeft.subarray(root, end),
      gain: new Float64Array(nodeCount),
      value: value.subarray(root, end).map((leaf) => leaf * weight),
      cover: training?.cover.subarray(root, end) ?? new Float32Array(nodeCount),
    };
  }
}
