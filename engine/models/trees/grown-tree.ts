import type { BinnedMatrix } from './bins.ts';
import { EVERY_VALUE } from './bins.ts';
import type { LooseTree } from './ensemble-builder.ts';
import type { TreeNodes } from './tree-nodes.ts';

/**
 * Shows a grower's tree with thresholds in place of bins, and with its leaves' values and covers; what is returned is the tree
 * of the moment, in memory that is used again.
 */
export function looseTrees(tree: TreeNodes, binned: BinnedMatrix, cover: Float64Array): () => LooseTree {
  const { feature, bin, left, missingLeft, gain, value } = tree;
  const threshold = new Float32Array(tree.capacity);
  const right = new Int32Array(tree.capacity);
  return () => {
    const nodeCount = tree.count;
    for (let node = 0; node < nodeCount; node++) {
      if (feature[node] < 0) continue;
      const cuts = binned.cuts[feature[node]];
      threshold[node] = bin[node] < cuts.length ? cuts[bin[node]] : EVERY_VALUE;
      right[node] = left[node] + 1;
    }
    return { nodeCount, feature, threshold, left, right, missingLeft, gain, value, cover, bin };
  };
}
