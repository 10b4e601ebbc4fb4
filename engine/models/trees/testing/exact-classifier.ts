/**
 * Boosted classifiers by the book, on columns without gaps or ties: every split of every node by sorting, sums in float64, recursion.
 * Slow; it shares no code with what it proves.
 */
export interface ExactClassifier {
  readonly rounds: number;
  readonly learningRate: number;
  readonly maxDepth: number;
  /** Splits by G^2 / H of the log loss, or of its gradients alone with the rows' weights for H; leaves are -G / (H + lambda) always. */
  readonly splitsOn: 'hessians' | 'rows';
  readonly lambda: number;
  /** Least sum on either side of what splits count. */
  readonly least: number;
  /** Weights of class 0 and class 1. */
  readonly weights: readonly [number, number];
}

interface Split {
  readonly gain: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Probabilities of class 1 of all rows; `columns[feature][row]`. */
export function exactClassifier(
  columns: readonly (readonly number[])[],
  classes: readonly number[],
  settings: ExactClassifier,
): number[] {
  const { lambda, learningRate } = settings;
  const weightOf = (row: number) => settings.weights[classes[row]];
  const all = classes.map((_, row) => row);
  const total = (rows: readonly number[], of: (row: number) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0);
  const base = total(all, (row) => weightOf(row) * classes[row]) / total(all, weightOf);
  const scores = classes.map(() => Math.log(base / (1 - base)));

  for (let round = 0; round < settings.rounds; round++) {
    const odds = scores.map((score) => 1 / (1 + Math.exp(-score)));
    const gradient = (row: number) => weightOf(row) * (odds[row] - classes[row]);
    const hessian = (row: number) => weightOf(row) * odds[row] * (1 - odds[row]);
    const counted = settings.splitsOn === 'rows' ? weightOf : hessian;
    const score = (rows: readonly number[]) => total(rows, gradient) ** 2 / (total(rows, counted) + lambda);
    const bestSplit = (rows: readonly number[]): Split | undefined => {
      let best: Split | undefined;
      for (const column of columns) {
        const sorted = [...rows].sort((a, b) => column[a] - column[b]);
        for (let i = 1; i < sorted.length; i++) {
          const left = sorted.slice(0, i);
          const right = sorted.slice(i);
          if (Math.min(total(left, counted), total(right, counted)) < settings.least) continue;
          const gain = score(left) + score(right) - score(rows);
          if (gain > (best?.gain ?? 0) + 1e-9) best = { gain, left, right };
        }
      }
      return best;
    };
    const grow = (rows: readonly number[], depth: number): void => {
      const split = depth < settings.maxDepth ? bestSplit(rows) : undefined;
      if (split !== undefined) {
        grow(split.left, depth + 1);
        grow(split.right, depth + 1);
        return;
      }
      const value = Math.fround((-learningRate * total(rows, gradient)) / (total(rows, hessian) + lambda));
      for (const row of rows) scores[row] += value;
    };
    grow(all, 0);
  }
  return scores.map((score) => 1 / (1 + Math.exp(-score)));
}

/** The rows on the left of the split of least Gini impurity, each row counted `times[row]` times; ascending. */
export function exactGiniSplit(
  columns: readonly (readonly number[])[],
  classes: readonly number[],
  times: readonly number[],
): number[] {
  const impurity = (rows: readonly number[]): number => {
    const count = rows.reduce((sum, row) => sum + times[row], 0);
    const positives = rows.reduce((sum, row) => sum + times[row] * classes[row], 0);
    const p = positives / count;
    return count * (1 - p * p - (1 - p) * (1 - p));
  };
  const drawn = classes.map((_, row) => row).filter((row) => times[row] > 0);
  let least = Number.POSITIVE_INFINITY;
  let best: number[] = [];
  for (const column of columns) {
    const sorted = [...drawn].sort((a, b) => column[a] - column[b]);
    for (let i = 1; i < sorted.length; i++) {
      const sum = impurity(sorted.slice(0, i)) + impurity(sorted.slice(i));
      if (sum >= least - 1e-9) continue;
      least = sum;
      best = sorted.slice(0, i);
    }
  }
  return best.sort((a, b) => a - b);
}
