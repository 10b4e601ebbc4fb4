/** Probabilities at ascending scores; between them a straight line, beyond them the nearest. */
export interface Steps {
  readonly scores: readonly number[];
  readonly probabilities: readonly number[];
}

/**
 * Isotonic regression of classes (0 or 1) on scores of equal length: of all functions that never fall the one of the least squared
 * error, by pooling neighbors that violate the order (Ayer et al. 1955; as a calibration: Zadrozny and Elkan 2002). Cases of equal
 * scores are one. Of a stretch of equal probabilities its first and last score are kept, as in scikit-learn.
 */
export function fitIsotonic(scores: Float64Array, classes: Uint8Array): Steps {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const blocks: { first: number; last: number; sum: number; count: number }[] = [];
  for (const i of order) {
    const score = scores[i]!;
    const newest = blocks.at(-1);
    if (newest?.last === score && newest.first === score) {
      newest.sum += classes[i]!;
      newest.count++;
    } else {
      blocks.push({ first: score, last: score, sum: classes[i]!, count: 1 });
    }
  }
  const pooled: typeof blocks = [];
  for (const block of blocks) {
    pooled.push(block);
    for (;;) {
      const upper = pooled.at(-1)!;
      const lower = pooled.at(-2);
      if (lower === undefined || lower.sum * upper.count < upper.sum * lower.count) break;
      lower.last = upper.last;
      lower.sum += upper.sum;
      lower.count += upper.count;
      pooled.pop();
    }
  }
  const places = pooled.flatMap(({ first, last, sum, count }) => {
    const probability = sum / count;
    return first === last
      ? [[first, probability] as const]
      : [[first, probability] as const, [last, probability] as const];
  });
  return {
    scores: places.map(([score]) => score),
    probabilities: places.map(([, probability]) => probability),
  };
}

/** What the steps give at a score. */
export function atSteps({ scores, probabilities }: Steps, score: number): number {
  const end = scores.length - 1;
  if (!(score > scores[0]!)) return probabilities[0]!;
  if (score >= scores[end]!) return probabilities[end]!;
  let low = 0;
  let high = end;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! <= score) low = middle;
    else high = middle;
  }
  const part = (score - scores[low]!) / (scores[high]! - scores[low]!);
  return probabilities[low]! + part * (probabilities[high]! - probabilities[low]!);
}
