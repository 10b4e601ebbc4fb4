/** q = 1 / (1 + exp(-(slope * score + offset))). */
export interface Sigmoid {
  /** At least 0: a calibration never turns a ranking round. */
  readonly slope: number;
  readonly offset: number;
}

/** Solved where a step is smaller than this, in log odds at scores of unit size. */
const TOLERANCE = 1e-12;
const MOST_STEPS = 100;

/**
 * Platt's sigmoid: the least log loss of scores against his regularized targets, (n1 + 1) / (n1 + 2) for the n1 cases of class 1 and
 * 1 / (n0 + 2) for the n0 of class 0, which keep it finite on scores that part the classes. `classes` are 0 or 1, of equal length.
 * Where the fit would fall with the score, it is constant instead.
 * Sources: Platt 1999; Newton's method with backtracking as in Lin, Lin and Weng, Machine Learning 68 (2007).
 */
export function fitSigmoid(scores: Float64Array, classes: Uint8Array): Sigmoid {
  const n = scores.length;
  let positives = 0;
  let mean = 0;
  for (let i = 0; i < n; i++) {
    positives += classes[i]!;
    mean += scores[i]! / n;
  }
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (n - positives + 2);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (scores[i]! - mean) ** 2 / n;
  const share = (positives * high + (n - positives) * low) / n;
  const flat = { slope: 0, offset: Math.log(share / (1 - share)) };
  // Scores that do not vary say nothing.
  if (!(squares > 1e-24 * mean * mean)) return flat;

  const unit = Math.sqrt(squares);
  const standard = scores.map((score) => (score - mean) / unit);
  const [slope, offset] = leastLoss(standard, (i) => (classes[i] === 1 ? high : low), flat.offset);
  return slope > 0 ? { slope: slope / unit, offset: offset - (slope * mean) / unit } : flat;
}

/** Slope and offset of the least sum of -t ln q - (1 - t) ln(1 - q). */
function leastLoss(
  scores: Float64Array,
  target: (i: number) => number,
  start: number,
): [slope: number, offset: number] {
  let slope = 0;
  let offset = start;
  const lossOf = (a: number, b: number) => {
    let loss = 0;
    for (let i = 0; i < scores.length; i++) {
      const odds = a * scores[i]! + b;
      loss += Math.log1p(Math.exp(-Math.abs(odds))) + Math.max(0, odds) - target(i) * odds;
    }
    return loss;
  };
  let loss = lossOf(slope, offset);
  for (let step = 0; step < MOST_STEPS; step++) {
    let bySlope = 0;
    let byOffset = 0;
    let squares = 0;
    let products = 0;
    let total = 0;
    for (let i = 0; i < scores.length; i++) {
      const score = scores[i]!;
      const q = 1 / (1 + Math.exp(-(slope * score + offset)));
      const residual = q - target(i);
      const curvature = q * (1 - q);
      bySlope += residual * score;
      byOffset += residual;
      squares += curvature * score * score;
      products += curvature * score;
      total += curvature;
    }
    const determinant = squares * total - products * products;
    const slopeChange = (products * byOffset - total * bySlope) / determinant;
    const offsetChange = (products * bySlope - squares * byOffset) / determinant;
    let length = 1;
    let next = lossOf(slope + slopeChange, offset + offsetChange);
    // Rounding of the loss itself does not count as an increase.
    while (next > loss * (1 + 1e-14) && length > 1e-9) {
      length /= 2;
      next = lossOf(slope + length * slopeChange, offset + length * offsetChange);
    }
    slope += length * slopeChange;
    offset += length * offsetChange;
    loss = next;
    if (Math.max(Math.abs(slopeChange), Math.abs(offsetChange)) < TOLERANCE) break;
  }
  return [slope, offset];
}
