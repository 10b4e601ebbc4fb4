import type { Grower } from './grow.ts';

/**
 * Gives every leaf of the grown tree its value, rounded to float32, and its cover, the sum of its rows' hessians (`hessians`
 * undefined: 1 each). The sums are of the gradients themselves, not of the quantized ones.
 */
export function fitLeaves(
  { tree, work }: Grower,
  gradients: Float64Array,
  hessians: Float64Array | undefined,
  leafValue: (gradient: number, hessian: number) => number,
  value: Float64Array,
  cover: Float64Array,
): void {
  const { rows } = work;
  const { feature, from, to } = tree;
  for (let node = 0; node < tree.count; node++) {
    if (feature[node] >= 0) continue;
    let gradient = 0;
    let hessian = hessians === undefined ? to[node] - from[node] : 0;
    for (let i = from[node]; i < to[node]; i++) {
      gradient += gradients[rows[i]];
      if (hessians !== undefined) hessian += hessians[rows[i]];
    }
    value[node] = Math.fround(leafValue(gradient, hessian));
    cover[node] = hessian;
  }
}
