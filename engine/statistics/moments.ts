/** Mean and shape of a sample, as Sharpe tests need them. */
export interface Moments {
  readonly count: number;
  /** Unit of the values. */
  readonly mean: number;
  /** Divisor n - 1; unit of the values. */
  readonly standardDeviation: number;
  /** Third central moment over the cube of the standard deviation, both with divisor n; 0 for symmetric values. */
  readonly skewness: number;
  /** Fourth central moment over the squared variance, both with divisor n; 3 (not 0) for normal values. */
  readonly kurtosis: number;
}

/** Moments of at least two values; null for fewer, and where they do not vary. */
export function momentsOf(values: Float64Array): Moments | null {
  const count = values.length;
  if (count < 2) return null;
  const mean = meanOf(values);
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < count; i++) {
    const deviation = values[i]! - mean;
    const square = deviation * deviation;
    second += square;
    third += square * deviation;
    fourth += square * square;
  }
  // Squares of tiny values may vanish although the values differ.
  if (!(second > 0) || isConstant(values)) return null;
  const variance = second / count;
  return {
    count,
    mean,
    standardDeviation: Math.sqrt(second / (count - 1)),
    skewness: third / count / (variance * Math.sqrt(variance)),
    kurtosis: fourth / count / (variance * variance),
  };
}

/** Arithmetic mean in the order of the values; NaN of none. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Whether all values are the same number: rounding can leave such a series a variance above 0. */
export function isConstant(values: Float64Array): boolean {
  const first = values[0];
  return values.every((value) => value === first);
}

/** Sums of the powers of so many values, from the first on. */
export interface PowerSums {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  readonly cubes: number;
  readonly fourths: number;
}

/** Skewness and kurtosis as in `Moments`, from sums of powers of values whose mean is small beside their spread; NaN where they do not vary. */
export function shapeOf({ count, sum, squares, cubes, fourths }: PowerSums): {
  readonly skewness: number;
  readonly kurtosis: number;
} {
  const mean = sum / count;
  const [second, third, fourth] = [squares / count, cubes / count, fourths / count];
  const variance = second - mean * mean;
  const scale = variance > 0 ? Math.sqrt(variance) : Number.NaN;
  return {
    skewness: (third - 3 * mean * second + 2 * mean ** 3) / scale ** 3,
    kurtosis: (fourth - 4 * mean * third + 6 * mean * mean * second - 3 * mean ** 4) / scale ** 4,
  };
}
