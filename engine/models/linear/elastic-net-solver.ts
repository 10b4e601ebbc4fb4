import { EngineError } from '../../contract/errors.ts';
import { choleskySolve, nullDirection, pivotedCholesky } from './cholesky.ts';
import type { StandardisedProblem } from './standardise.ts';

/** Largest violation of the optimality conditions that counts as solved, in correlations (which are at most 1). */
const KKT_TOLERANCE = 1e-10;
/** Duality gap, as a part of the label's variance, that is still accepted if the conditions are not met exactly. */
const GAP_TOLERANCE = 1e-9;
/** Highly correlated features need a dozen rounds; more means that rounding keeps it from settling. */
const MAX_ROUNDS = 1000;
const MAX_SWEEPS = 10;
/** Below this unexplained variance an active feature counts as a combination of the others. */
const DEPENDENT = 1e-13;

/**
 * Coefficients b on the standardised scale that minimise
 *
 *   |y - X b|^2 / (2 rows) + l1 * sum |b_j| + l2 / 2 * sum b_j^2        with l1 > 0, l2 >= 0.
 *
 * Coordinate descent on the correlations (Friedman, Hastie and Tibshirani 2010, "covariance updates") finds which features take
 * part and with which sign. Forex features are so correlated that descent alone would crawl from there, so the
 * quadratic problem that is left is solved exactly, and the two alternate until the optimality conditions hold.
 * Neither step ever raises the objective and no combination of signs is solved twice, so it ends.
 * @throws EngineError `training-failed` if the duality gap stays above 1e-9 of the label's variance.
 */
export function elasticNet(problem: StandardisedProblem, l1: number, l2: number): Float64Array {
  const size = problem.kept.length;
  const b = new Float64Array(size);
  const gradient = problem.target.slice();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    descend(problem, l1, l2, b, gradient);
    solveActive(problem, l1, l2, b);
    updateGradient(problem, b, gradient);
    if (kktViolation(b, gradient, l1, l2) <= KKT_TOLERANCE) return b;
  }
  const gap = dualityGap(problem, b, gradient, l1, l2);
  if (gap <= GAP_TOLERANCE) return b;
  throw new EngineError(
    'training-failed',
    `The coefficients did not converge: the duality gap is ${gap.toExponential(1)} of the label's variance after ` +
      `${MAX_ROUNDS} rounds, expected at most ${GAP_TOLERANCE}. Use a larger alpha.`,
    { gap },
  );
}

/** Sweeps over all coordinates until no sign changes any more; keeps gradient = target - correlations * b. */
function descend(
  { correlations }: StandardisedProblem,
  l1: number,
  l2: number,
  b: Float64Array,
  gradient: Float64Array,
): void {
  const size = b.length;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let signsChanged = false;
    for (let j = 0; j < size; j++) {
      const old = b[j];
      const updated = softThreshold(gradient[j] + old, l1) / (1 + l2);
      if (updated === old) continue;
      if (Math.sign(updated) !== Math.sign(old)) signsChanged = true;
      b[j] = updated;
      const step = updated - old;
      const row = j * size;
      for (let i = 0; i < size; i++) gradient[i] -= correlations[row + i] * step;
    }
    if (!signsChanged) return;
  }
}

function softThreshold(value: number, threshold: number): number {
  if (value > threshold) return value - threshold;
  if (value < -threshold) return value + threshold;
  return 0;
}

/**
 * Minimises the objective over the features with b_j != 0 while none changes its sign. Where the unrestricted minimum of
 * these signs lies beyond a change of sign, it goes there until the first coefficient reaches 0, drops that feature
 * and starts again with the rest.
 */
function solveActive(problem: StandardisedProblem, l1: number, l2: number, b: Float64Array): void {
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

function updateGradient(
  { correlations, target }: StandardisedProblem,
  b: Float64Array,
  gradient: Float64Array,
): void {
  const size = b.length;
  gradient.set(target);
  for (let j = 0; j < size; j++) {
    const value = b[j];
    if (value === 0) continue;
    const row = j * size;
    for (let i = 0; i < size; i++) gradient[i] -= correlations[row + i] * value;
  }
}

/** 0 at the optimum: gradient - l2 b is l1 * sign(b) on active features and within -l1..l1 on the others. */
function kktViolation(b: Float64Array, gradient: Float64Array, l1: number, l2: number): number {
  let worst = 0;
  for (let j = 0; j < b.length; j++) {
    const violation =
      b[j] === 0 ? Math.abs(gradient[j]) - l1 : Math.abs(gradient[j] - l2 * b[j] - l1 * Math.sign(b[j]));
    if (!(violation <= worst)) worst = violation;
  }
  return worst;
}

/**
 * Objective minus a dual feasible value (the scaled residual), so an upper bound of the distance to the optimum, as a part of
 * the label's variance: Kim et al. 2007, with the l2 term folded into the design as in scikit-learn.
 */
export function dualityGap(
  { target }: StandardisedProblem,
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
