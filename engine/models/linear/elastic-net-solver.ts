import { EngineError } from '../../contract/errors.ts';
import { choleskySolve, nullDirection, pivotedCholesky } from './cholesky.ts';
import type { StandardizedProblem } from './standardize.ts';

/** X'X / rows and X'y / rows. */
export type Products = Pick<StandardizedProblem, 'correlations' | 'target'>;

/** Largest violation of the optimality conditions that counts as solved, in correlations (which are at most 1). */
const KKT_TOLERANCE = 1e-10;
/** Duality gap, as a part of the label's variance, that is still accepted if the conditions are not met exactly. */
const GAP_TOLERANCE = 1e-9;
/**
 * Every feature enters once and, where correlations are strong, leaves and returns a few times. If it takes more,
 * rounding keeps the search from ending.
 */
const ROUNDS_PER_FEATURE = 20;
/** Below this unexplained variance an active feature counts as a combination of the others. */
const DEPENDENT = 1e-13;

/**
 * Coefficients b on the standardized scale that minimize
 *
 *   |y - X b|^2 / (2 rows) + l1 * sum |b_j| + l2 / 2 * sum b_j^2        with l1 > 0, l2 >= 0.
 *
 * Forex features are so correlated that plain coordinate descent crawls: thousands of sweeps shift weight between
 * neighbors. So each round takes one step of it, on the coordinate that violates the optimality conditions most, and
 * then solves exactly for all features that take part (feature-sign search, Lee et al. 2006). Neither step raises the
 * objective and no combination of signs is solved twice, so it ends, and the result is exact up to rounding.
 * Products of another scale are a quadratic like any: `b'Cb / 2 - target'b` takes the place of the first term. A `start` near the
 * solution saves rounds; where its signs are the solution's, there is one.
 * @throws EngineError `training-failed` if the duality gap stays above 1e-9 of the label's variance.
 */
export function elasticNet(problem: Products, l1: number, l2: number, start?: Float64Array): Float64Array {
  const size = problem.target.length;
  const b = start?.slice() ?? new Float64Array(size);
  if (size === 0) return b;
  const gradient = problem.target.slice();
  if (start !== undefined) {
    solveActive(problem, l1, l2, b);
    updateGradient(problem, b, gradient);
  }
  const maxRounds = 100 + ROUNDS_PER_FEATURE * size;
  for (let round = 0; round < maxRounds; round++) {
    const worst = worstCoordinate(b, gradient, l1, l2);
    if (kktViolation(b, gradient, l1, l2, worst) <= KKT_TOLERANCE) return b;
    const own = problem.correlations[worst * size + worst];
    b[worst] = softThreshold(gradient[worst] + own * b[worst], l1) / (own + l2);
    solveActive(problem, l1, l2, b);
    updateGradient(problem, b, gradient);
  }
  const gap = dualityGap(problem, b, gradient, l1, l2);
  if (gap <= GAP_TOLERANCE) return b;
  throw new EngineError(
    'training-failed',
    `The coefficients did not converge: the duality gap is ${gap.toExponential(1)} of the label's variance after ` +
      `${maxRounds} rounds, expected at most ${GAP_TOLERANCE}. Use a larger alpha.`,
    { gap },
  );
}

function softThreshold(value: number, threshold: number): number {
  if (value > threshold) return value - threshold;
  if (value < -threshold) return value + threshold;
  return 0;
}

/**
 * Minimizes the objective over the features with b_j != 0 while none changes its sign. Where the unrestricted minimum
 * of these signs lies beyond a change of sign, it goes there until the first coefficient reaches 0, drops that
 * feature and starts again with the rest.
 */
function solveActive(problem: Products, l1: number, l2: number, b: Float64Array): void {
  const { correlations, target } = problem;
  const size = b.length;
  for (;;) {
    const active: number[] = [];
    for (let j = 0; j < size; j++) if (b[j] !== 0) active.push(j);
    const count = active.length;
    if (count === 0) return;

    const quadratic = new Float64Array(count * count);
    const linear = new Float64Array(count);
    for (let a = 0; a < count; a++) {
      const row = active[a] * size;
      for (let c = 0; c < count; c++) quadratic[a * count + c] = correlations[row + active[c]];
      quadratic[a * count + a] += l2;
      linear[a] = target[active[a]] - l1 * Math.sign(b[active[a]]);
    }
    const factor = pivotedCholesky(quadratic, count, DEPENDENT);
    let direction: Float64Array;
    let length: number;
    if (factor.rank < count) {
      direction = descentAlongNull(nullDirection(factor), active, b);
      length = Number.POSITIVE_INFINITY;
    } else {
      direction = choleskySolve(factor, linear);
      for (let a = 0; a < count; a++) direction[a] -= b[active[a]];
      length = 1;
    }

    let blocking = -1;
    for (let a = 0; a < count; a++) {
      const value = b[active[a]];
      if (value * direction[a] >= 0) continue;
      const toZero = -value / direction[a];
      if (toZero <= length) {
        length = toZero;
        blocking = a;
      }
    }
    for (let a = 0; a < count; a++) b[active[a]] += length * direction[a];
    if (blocking === -1) return;
    b[active[blocking]] = 0;
  }
}

/** Along a null direction the fit stays the same: of its two ways, the one that does not raise the l1 penalty. */
function descentAlongNull(direction: Float64Array, active: readonly number[], b: Float64Array): Float64Array {
  let slope = 0;
  for (let a = 0; a < active.length; a++) slope += Math.sign(b[active[a]]) * direction[a];
  return slope > 0 ? direction.map((value) => -value) : direction;
}

function updateGradient({ correlations, target }: Products, b: Float64Array, gradient: Float64Array): void {
  const size = b.length;
  gradient.set(target);
  for (let j = 0; j < size; j++) {
    const value = b[j];
    if (value === 0) continue;
    const row = j * size;
    for (let i = 0; i < size; i++) gradient[i] -= correlations[row + i] * value;
  }
}

function worstCoordinate(b: Float64Array, gradient: Float64Array, l1: number, l2: number): number {
  let worst = 0;
  for (let j = 1; j < b.length; j++) {
    if (kktViolation(b, gradient, l1, l2, j) > kktViolation(b, gradient, l1, l2, worst)) worst = j;
  }
  return worst;
}

/**
 * At the optimum, gradient - l2 b is l1 * sign(b) where feature j takes part and within -l1 .. l1 where it does not.
 */
function kktViolation(b: Float64Array, gradient: Float64Array, l1: number, l2: number, j: number): number {
  return b[j] === 0 ? Math.abs(gradient[j]) - l1 : Math.abs(gradient[j] - l2 * b[j] - l1 * Math.sign(b[j]));
}

/**
 * Objective minus a dual feasible value (the scaled residual), so an upper bound of the distance to the optimum, as a
 * part of the label's variance: Kim et al. 2007, with the l2 term folded into the design as in scikit-learn.
 */
export function dualityGap(
  { target }: Pick<Products, 'target'>,
  b: Float64Array,
  gradient: Float64Array,
  l1: number,
  l2: number,
): number {
  let explained = 0; // target'b
  let gradientProduct = 0; // gradient'b = target'b - b'Cb
  let squares = 0;
  let absolutes = 0;
  let dualNorm = 0;
  for (let j = 0; j < b.length; j++) {
    explained += target[j] * b[j];
    gradientProduct += gradient[j] * b[j];
    squares += b[j] * b[j];
    absolutes += Math.abs(b[j]);
    dualNorm = Math.max(dualNorm, Math.abs(gradient[j] - l2 * b[j]));
  }
  const residual = 1 - explained - gradientProduct; // |y - Xb|^2 / rows
  const scale = dualNorm > l1 ? l1 / dualNorm : 1;
  return 0.5 * (1 + scale * scale) * (residual + l2 * squares) + l1 * absolutes - scale * (1 - explained);
}
