import type { Workspace } from './workspace.ts';

/**
 * Gives every leaf of the grown tree its value, rounded to float32, and its cover, the sum of its rows' hessians (1 each unless
 * `withHessians`). The sums are of the gradients themselves, not of the quantized ones.
 */
export function fitLeaves(
  { tree, values }: Workspace,
  withHessians: boolean,
  leafValue: (gradient: number, hessian: number) => number,
  cover: Float64Array,
): void {
  const { feature, from, to, sums, value } = tree;
  values.leafSums(tree, withHessians);
  for (let node = 0; node < tree.count; node++) {
    if (feature[node] >= 0) continue;
    const hessian = withHessians ? sums[2 * node + 1] : to[node] - from[node];
    value[node] = Math.fround(leafValue(sums[2 * node], hessian));
    cover[node] = hessian;
  }
}
