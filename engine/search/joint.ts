import { FAR, type Marginal, type NormalKernels } from './marginal.ts';
import { quickExp } from './quick-exp.ts';
import { NEW_ARRAYS, type Scratch } from './scratch.ts';

const FAR_SQUARED = FAR * FAR;

/** Density of several parameters together: of kernels that are products of theirs, with these weights. Values in the order of the marginals. */
export function jointDensity(
  marginals: readonly Marginal[],
  weights: Float64Array,
  scratch: Scratch = NEW_ARRAYS,
): (values: readonly number[], enough?: number) => number {
  const count = weights.length;
  const normal: { readonly at: number; readonly of: NormalKernels }[] = [];
  const discrete: { readonly at: number; readonly said: (value: number) => Float64Array }[] = [];
  marginals.forEach(({ kernels }, at) => {
    if (kernels.kind === 'normal') normal.push({ at, of: kernels });
    else discrete.push({ at, said: remembered(kernels.said) });
  });
  const dimensions = normal.length;
  /** Kernel by kernel, dimension by dimension. */
  const means = scratch.floats(count * dimensions);
  const precisions = scratch.floats(count * dimensions);
  const factors = scratch.floats(count);
  factors.set(weights);
  normal.forEach(({ of }, d) => {
    for (let k = 0; k < count; k++) {
      means[k * dimensions + d] = of.means[k]!;
      precisions[k * dimensions + d] = of.precisions[k]!;
      factors[k]! *= of.factors[k]!;
    }
  });
  const places = scratch.floats(dimensions);
  const probabilities: Float64Array[] = [];
  return (values, enough = Number.POSITIVE_INFINITY) => {
    discrete.forEach(({ at, said }, d) => {
      probabilities[d] = said(values[at]!);
    });
    normal.forEach(({ at, of }, d) => {
      places[d] = of.placeOf(values[at]!);
    });
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const first = k * dimensions;
      let squares = 0;
      let d = 0;
      for (; d < dimensions; d++) {
        const z = (places[d]! - means[first + d]!) * precisions[first + d]!;
        const square = z * z;
        if (square > FAR_SQUARED) break;
        squares += square;
      }
      if (d < dimensions) continue;
      let density = factors[k]!;
      for (let p = 0; p < probabilities.length; p++) density *= probabilities[p]![k]!;
      if (density === 0) continue;
      sum += density * quickExp(-0.5 * squares);
      if (sum >= enough) return Number.POSITIVE_INFINITY;
    }
    return sum;
  };
}

/** Values of choices and whole numbers come up again. */
function remembered(said: (value: number) => Float64Array): (value: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const probabilities = said(value);
    known.set(value, probabilities);
    return probabilities;
  };
}
