import type { Grower } from './grow.ts';

/**
 * Gives every leaf of the grown tree its value, rounded to float32, and its cover, the sum of its rows' hessians (1 each unless
 * `withHessians`). The sums are of the gradients themselves, not of the quantized ones.
 */
export function fitLeaves(
  { tree, work }: Grower,
  withHessians: boolean,
  leafValue: (gradient: number, hessian: number) => number,
  value: Float64Array,
  cover: Float64Array,
): void {
  const { feature, from, to } = tree;
  for (let node = 0; node < tree.count; node++) {
    if (feature[node] >= 0) continue;
    const [gradient, summed] = work.values.leafSums(from[node], to[node], withHessians);
    const hessian = withHessians ? summed : to[node] - from[node];
    value[node] = Math.fround(leafValue(gradient, hessian));
    cover[node] = hessian;
  }
}
