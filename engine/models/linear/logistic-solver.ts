import { EngineError } from '../../contract/errors.ts';
import { type CholeskyFactor, choleskySolve, pivotedCholesky } from './cholesky.ts';
import { elasticNet } from './elastic-net-solver.ts';
import { LogisticLoss, type LogisticProblem, withFeatures } from './logistic-problem.ts';
import { StepMemory } from './step-memory.ts';

/** l1 * sum |b_j| + l2 / 2 * sum b_j^2, added to the mean log loss. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

export interface LogisticSolution {
  /** Log odds of class 1 at the features' means. */
  readonly intercept: number;
  /** Of the standardized features. */
  readonly coefficients: Float64Array;
}

/**
 * Solved where a step changes the log odds by this mean square, weighted by curvature: then the loss lies less than 1e-22 above the least.
 */
const TOLERANCE = 1e-22;
/** A step this small that does not shrink any more is rounding. */
const ROUNDING = 1e-18;
/** Below this, a change of the loss is too small beside the loss itself to be measured. */
const MEASURABLE = 1e-12;
/** Where a step is more than this part of the one before (both squared), the curvature it went by is out of date. */
const SLOW = 0.04;
const MOST_STEPS = 200;
/** Of a decrease that the slope promises, what has to come (Armijo 1966). */
const PROMISED = 1e-4;
/** As for `linear_regression` on returns. */
const DEPENDENT = 1e-10;
/** Part of its variance, weighted by curvature, that a feature must have of its own; 250 times less than on rows of equal weights. */
const DEGENERATE = 4e-13;

/** The loss around a point: curvature by the coefficients with the intercept at its best, and what the intercept needs. */
interface Quadratic {
  readonly matrix: Float64Array;
  /** By how much the best intercept falls per unit of each coefficient. */
  readonly means: Float64Array;
  /** Curvature by the intercept alone. */
  readonly total: number;
  /** Of the matrix with the penalty; made when first needed. */
  factor?: CholeskyFactor;
}

/**
 * Coefficients that minimize the mean log loss plus the penalty.
 *
 * Newton's method (iteratively reweighted least squares), with the curvature of an earlier point as long as steps shrink fast: where
 * features say little, all rows weigh about the same, and that of the start is the Gram matrix that squared error has, too. What the
 * steps since then have shown of the curvature here corrects it (L-BFGS: Nocedal 1980). With an l1 penalty each step minimizes the quadratic with the penalty (proximal Newton: Lee, Sun and Saunders 2014). Steps are halved until
 * the loss falls as it should. Without a penalty, of dependent features those are kept that `linear_regression` keeps for returns.
 * @throws EngineError `training-failed` where the classes can be told apart without error and nothing bounds the coefficients.
 */
export function solveLogistic(problem: LogisticProblem, penalty: Penalty): LogisticSolution {
  if (penalty.l1 > 0 || penalty.l2 > 0) return minimize(problem, penalty);
  const { order, rank } = pivotedCholesky(problem.correlations, problem.size, DEPENDENT);
  if (rank === problem.size) return minimize(problem, penalty);
  const chosen = order.slice(0, rank).sort();
  const { intercept, coefficients } = minimize(withFeatures(problem, chosen), penalty);
  const all = new Float64Array(problem.size);
  chosen.forEach((a, i) => {
    all[a] = coefficients[i];
  });
  return { intercept, coefficients: all };
}

function minimize(problem: LogisticProblem, penalty: Penalty): LogisticSolution {
  const descent = new Descent(problem, penalty);
  if (problem.size === 0) return descent;
  let last = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step++) {
    const way = descent.way();
    const { change } = way;
    const isLast = change <= TOLERANCE || (change <= ROUNDING && change > 0.25 * last);
    if (!isLast && change > SLOW * last && descent.refresh()) {
      last = Number.POSITIVE_INFINITY;
      continue;
    }
    const length = descent.go(way);
    if (isLast) return descent;
    if (length === 0 && !descent.refresh()) break;
    last = length === 1 ? change : Number.POSITIVE_INFINITY;
  }
  throw new EngineError(
    'training-failed',
    `The coefficients of the logistic regression did not converge in ${MOST_STEPS} steps. Use a larger alpha.`,
  );
}

/** Where to go from a point. */
interface Way {
  /** Of the coefficients, then of the intercept. */
  readonly step: Float64Array;
  /** Weighted mean square by which the whole step changes the log odds, and the penalty's share of it. */
  readonly change: number;
  /** Decrease of the objective that its slope promises for the whole step. */
  readonly promised: number;
}

/** A point that goes down. Vectors hold the coefficients, then the intercept. */
class Descent implements LogisticSolution {
  intercept: number;
  coefficients: Float64Array;

  private readonly penalty: Penalty;
  /** At this point. */
  private readonly loss: LogisticLoss;
  private objective: number;
  /** Of the loss and the smooth penalty. */
  private slope: Float64Array;
  private quadratic: Quadratic;
  /** Whether the quadratic is that of this very point. */
  private isFresh = false;
  /** Since the quadratic was made. */
  private readonly memory = new StepMemory();

  constructor(problem: LogisticProblem, penalty: Penalty) {
    const { size, baseRate, correlations } = problem;
    this.penalty = penalty;
    this.intercept = Math.log(baseRate / (1 - baseRate));
    this.coefficients = new Float64Array(size);
    this.loss = new LogisticLoss(problem);
    this.loss.at(this.intercept, this.coefficients);
    this.objective = this.loss.loss;
    this.slope = this.slopeHere();
    const total = baseRate * (1 - baseRate);
    this.quadratic = { matrix: correlations.map((c) => total * c), means: new Float64Array(size), total };
  }

  private get isFree(): boolean {
    return this.penalty.l1 === 0 && this.penalty.l2 === 0;
  }

  /** Takes the curvature of this point; false where that is what there is. */
  refresh(): boolean {
    if (this.isFresh) return false;
    const { covariances, means, total } = this.loss.curvature();
    this.quadratic = { matrix: covariances, means, total };
    this.isFresh = true;
    this.memory.clear();
    return true;
  }

  /** The way to the least of the quadratic. */
  way(): Way {
    const { quadratic, penalty, slope, coefficients: b } = this;
    const { matrix, means, total } = quadratic;
    const { l1, l2 } = penalty;
    const size = b.length;
    const step = l1 > 0 ? this.stepWithL1() : this.stepWithoutL1();
    let shift = step[size];
    let change = 0;
    let promised = -slope[size] * step[size];
    for (let a = 0; a < size; a++) {
      let product = l2 * step[a];
      for (let c = 0; c < size; c++) product += matrix[a * size + c] * step[c];
      change += step[a] * product;
      shift += means[a] * step[a];
      promised -= step[a] * slope[a] + l1 * (Math.abs(b[a] + step[a]) - Math.abs(b[a]));
    }
    return { step, change: change + total * shift * shift, promised };
  }

  private stepWithoutL1(): Float64Array {
    const { quadratic, isFree, penalty } = this;
    const { matrix, means, total } = quadratic;
    const size = means.length;
    if (quadratic.factor === undefined) {
      const penalized = matrix.slice();
      for (let a = 0; a < size; a++) penalized[a * size + a] += penalty.l2;
      quadratic.factor = pivotedCholesky(penalized, size, isFree ? DEGENERATE * total : 0);
      if (isFree && quadratic.factor.rank < size) throw separable();
    }
    const { factor } = quadratic;
    const step = this.memory.times(this.slope, (slope) => {
      // With the intercept at its best, which takes its own slope with it.
      const own = means.map((mean, a) => slope[a] - mean * slope[size]);
      return withIntercept(choleskySolve(factor, own), means, slope[size] / total);
    });
    return step.map((value) => -value);
  }

  private stepWithL1(): Float64Array {
    const { coefficients: b, slope, penalty } = this;
    const { matrix, means, total } = this.quadratic;
    const size = b.length;
    const target = means.map((mean, a) => {
      let sum = mean * slope[size] - slope[a] + penalty.l2 * b[a];
      for (let c = 0; c < size; c++) sum += matrix[a * size + c] * b[c];
      return sum;
    });
    // In units of the curvature, which is small where most rows are told apart with certainty.
    const scaled = { correlations: matrix.map((c) => c / total), target: target.map((t) => t / total) };
    const to = elasticNet(scaled, penalty.l1 / total, penalty.l2 / total, b);
    for (let a = 0; a < size; a++) to[a] -= b[a];
    return withIntercept(to, means, -slope[size] / total);
  }

  /**
   * Goes the way, or the largest half, fourth, ... of it that keeps its promise; returns that part, 0 where there is none. By the
   * curvature of another point only the whole is tried.
   */
  go({ step, change, promised }: Way): number {
    const { loss, penalty, coefficients: from } = this;
    const size = from.length;
    const shortest = this.isFresh ? 2 ** -30 : 1;
    for (let length = 1; length >= shortest; length /= 2) {
      const intercept = this.intercept + length * step[size];
      const b = from.map((value, a) => value + length * step[a]);
      loss.at(intercept, b);
      const objective = loss.loss + penaltyOf(b, penalty);
      const keeps = objective <= this.objective - PROMISED * length * promised;
      if (!keeps && !(change <= MEASURABLE)) continue;
      if (this.isFree && loss.wrong === 0) throw separable();
      this.intercept = intercept;
      this.coefficients = b;
      this.objective = objective;
      this.isFresh = false;
      const slope = this.slopeHere();
      const was = this.slope;
      this.memory.add(
        step.map((value) => length * value),
        slope.map((value, i) => value - was[i]),
      );
      this.slope = slope;
      return length;
    }
    loss.at(this.intercept, from);
    return 0;
  }

  private slopeHere(): Float64Array {
    const { loss, coefficients: b, penalty } = this;
    const slope = new Float64Array(b.length + 1);
    for (let a = 0; a < b.length; a++) slope[a] = loss.slopes[a] + penalty.l2 * b[a];
    slope[b.length] = loss.interceptSlope;
    return slope;
  }
}

/** A change of the coefficients with the intercept's: its own, less what the coefficients bring it. */
function withIntercept(change: Float64Array, means: Float64Array, own: number): Float64Array {
  const size = change.length;
  const step = new Float64Array(size + 1);
  step.set(change);
  let intercept = own;
  for (let a = 0; a < size; a++) intercept -= means[a] * change[a];
  step[size] = intercept;
  return step;
}

function penaltyOf(b: Float64Array, { l1, l2 }: Penalty): number {
  let absolutes = 0;
  let squares = 0;
  for (let a = 0; a < b.length; a++) {
    absolutes += Math.abs(b[a]);
    squares += b[a] * b[a];
  }
  return l1 * absolutes + (l2 / 2) * squares;
}

function separable(): EngineError {
  return new EngineError(
    'training-failed',
    'The features tell the two classes of the training rows apart without error, so that the coefficients of a logistic ' +
      'regression without a penalty grow without end. Use ridge, lasso or elasticnet, more days of history or fewer indicators.',
  );
}
