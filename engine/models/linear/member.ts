import { EngineError } from '../../contract/errors.ts';
import { type LinearTerms, weightedSum } from '../../features/kernels/weighted-sum.ts';
import type { FeatureRollout } from '../../features/matrix.ts';
import type { FeatureImportance, Member, ModelTask } from '../model.ts';
import type { LogisticSolution } from './logistic-solver.ts';
import type { StandardizedProblem } from './standardize.ts';

/** Bytes before the columns: feature count, used count (both uint32), intercept (float64). */
const HEADER_BYTES = 16;
/** Behind the columns of a member for classes; a member for returns has nothing there. */
const CLASSES_MARK = 1;
/** Per used feature: index (uint32), then coefficient, mean and deviation (float64). */
const FEATURE_BYTES = 28;

/**
 * prediction = intercept + sum over the used features of coefficient_j * (x_j - mean_j); for classes that are the log odds z of class 1,
 * and the prediction is 1 / (1 + exp(-z)).
 *
 * Coefficients are per unit of the raw feature. The means stay inside the sum: folded into the intercept they would
 * cancel against products that are thousands of times larger than the prediction (a price of 1.1 against a return of
 * 1e-5).
 */
export class LinearMember implements Member, LinearTerms {
  readonly task: ModelTask;
  /** Features of the matrix it was trained on; those not in `used` have coefficient 0. */
  readonly featureCount: number;
  /** Ascending. */
  readonly used: Uint32Array;
  readonly coefficients: Float64Array;
  readonly means: Float64Array;
  /** Standard deviation of each used feature over the training rows. */
  readonly deviations: Float64Array;
  /** Prediction at the features' means, for classes in log odds; for returns the mean training label. */
  readonly intercept: number;

  constructor(fields: {
    featureCount: number;
    used: Uint32Array;
    coefficients: Float64Array;
    means: Float64Array;
    deviations: Float64Array;
    intercept: number;
    task?: ModelTask;
  }) {
    this.task = fields.task ?? 'returns';
    this.featureCount = fields.featureCount;
    this.used = fields.used;
    this.coefficients = fields.coefficients;
    this.means = fields.means;
    this.deviations = fields.deviations;
    this.intercept = fields.intercept;
  }

  predict(columns: readonly Float64Array[], from: number, count: number, out: Float64Array): void {
    weightedSum(columns, from, count, this, out);
    if (this.task === 'classes') toProbabilities(out, count);
  }

  predictLanes(rollout: FeatureRollout, out: Float64Array): void {
    rollout.weightedSum(this, out);
    if (this.task === 'classes') toProbabilities(out, out.length);
  }
}

function toProbabilities(logOdds: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) logOdds[i] = 1 / (1 + Math.exp(-logOdds[i]));
}

/** Brings a solution on the standardized scale back to the raw one. */
export function linearMember(
  problem: StandardizedProblem,
  solution: Float64Array,
  featureCount: number,
): LinearMember {
  const { labelMean: intercept, labelDeviation: unit } = problem;
  return rawMember(problem, solution, { featureCount, intercept, unit, task: 'returns' });
}

/** Brings coefficients of log odds on standardized features back to the raw scale. */
export function logisticMember(
  problem: StandardizedProblem,
  { intercept, coefficients }: LogisticSolution,
  featureCount: number,
): LinearMember {
  return rawMember(problem, coefficients, { featureCount, intercept, unit: 1, task: 'classes' });
}

interface RawScale {
  readonly featureCount: number;
  readonly intercept: number;
  /** What a solution's 1 is in the label's unit. */
  readonly unit: number;
  readonly task: ModelTask;
}

function rawMember(
  { kept, means, deviations }: StandardizedProblem,
  solution: Float64Array,
  { featureCount, intercept, unit, task }: RawScale,
): LinearMember {
  const places: number[] = [];
  for (let a = 0; a < solution.length; a++) if (solution[a] !== 0) places.push(a);
  return new LinearMember({
    featureCount,
    used: Uint32Array.from(places, (a) => kept[a]),
    coefficients: Float64Array.from(places, (a) => (solution[a] * unit) / deviations[a]),
    means: Float64Array.from(places, (a) => means[a]),
    deviations: Float64Array.from(places, (a) => deviations[a]),
    intercept,
    task,
  });
}

/** |coefficient| times the feature's standard deviation, as shares of their sum. */
export function linearImportance(member: LinearMember): FeatureImportance {
  const gain = new Float64Array(member.featureCount);
  let total = 0;
  for (let k = 0; k < member.used.length; k++) {
    const size = Math.abs(member.coefficients[k]) * member.deviations[k];
    gain[member.used[k]] = size;
    total += size;
  }
  if (total > 0) for (let j = 0; j < gain.length; j++) gain[j] /= total;
  return { gain };
}

/** Little-endian: the header, then used indices, coefficients, means and deviations, each as one column; for classes a mark. */
export function encodeLinearMember(member: LinearMember): Uint8Array {
  const used = member.used.length;
  const length = HEADER_BYTES + used * FEATURE_BYTES;
  const isClasses = member.task === 'classes';
  const bytes = new Uint8Array(length + (isClasses ? 1 : 0));
  if (isClasses) bytes[length] = CLASSES_MARK;
  const view = new DataView(bytes.buffer);
  view.setUint32(0, member.featureCount, true);
  view.setUint32(4, used, true);
  view.setFloat64(8, member.intercept, true);
  let offset = HEADER_BYTES;
  for (const index of member.used) {
    view.setUint32(offset, index, true);
    offset += 4;
  }
  for (const column of [member.coefficients, member.means, member.deviations]) {
    for (const value of column) {
      view.setFloat64(offset, value, true);
      offset += 8;
    }
  }
  return bytes;
}

/** @throws EngineError `artifact-damaged` unless the bytes are exactly one member. */
export function decodeLinearMember(bytes: Uint8Array): LinearMember {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const usedCount = bytes.length >= HEADER_BYTES ? view.getUint32(4, true) : 0;
  const expected = HEADER_BYTES + usedCount * FEATURE_BYTES;
  const isClasses = bytes.length === expected + 1 && bytes[expected] === CLASSES_MARK;
  if (bytes.length !== expected && !isClasses) {
    throw damaged(`expected ${expected} bytes, found ${bytes.length}`);
  }
  const featureCount = view.getUint32(0, true);
  const used = Uint32Array.from({ length: usedCount }, (_, k) => view.getUint32(HEADER_BYTES + 4 * k, true));
  if (used.some((index) => index >= featureCount)) {
    throw damaged(`it uses a feature beyond its ${featureCount} features`);
  }
  const column = (number: number) => {
    const start = HEADER_BYTES + usedCount * (4 + 8 * number);
    return Float64Array.from({ length: usedCount }, (_, k) => view.getFloat64(start + 8 * k, true));
  };
  return new LinearMember({
    featureCount,
    used,
    coefficients: column(0),
    means: column(1),
    deviations: column(2),
    intercept: view.getFloat64(8, true),
    task: isClasses ? 'classes' : 'returns',
  });
}

function damaged(reason: string): EngineError {
  return new EngineError(
    'artifact-damaged',
    `A stored linear model can't be read: ${reason}. Train the configuration again.`,
  );
}
