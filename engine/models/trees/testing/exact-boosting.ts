/**
 * Boosting with squared error by the book: every split of every node by sorting, sums in float64, objects and recursion. Slow; it
 * shares no code with what it proves.
 */
export interface ExactSettings {
  readonly rounds: number;
  readonly learningRate: number;
  readonly maxDepth: number;
  readonly maxLeaves: number;
  readonly minHessian: number;
  readonly minGain: number;
  readonly lambda: number;
  readonly alpha: number;
}

export interface ExactNode {
  readonly rows: readonly number[];
  readonly depth: number;
  split?: { feature: number; gain: number; left: ExactNode; right: ExactNode };
  value: number;
}

interface Candidate {
  readonly feature: number;
  readonly gain: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

export interface ExactModel {
  readonly trees: readonly ExactNode[];
  readonly predictions: readonly number[];
}

/** `columns[feature][row]`; labels are scaled to unit variance for gains and penalties, as the engine's are. */
export function exactBoosting(
  columns: readonly (readonly number[])[],
  labels: readonly number[],
  settings: ExactSettings,
): ExactModel {
  const { lambda, alpha, learningRate } = settings;
  const n = labels.length;
  const mean = labels.reduce((a, b) => a + b, 0) / n;
  const deviation = Math.sqrt(labels.reduce((a, y) => a + (y - mean) ** 2, 0) / n);
  const scores = labels.map(() => mean);
  const trees: ExactNode[] = [];

  for (let round = 0; round < settings.rounds; round++) {
    const gradients = labels.map((y, i) => (scores[i] - y) / deviation);
    const sum = (rows: readonly number[]) => rows.reduce((a, row) => a + gradients[row], 0);
    const shrink = (g: number) => Math.sign(g) * Math.max(0, Math.abs(g) - alpha);
    const score = (rows: readonly number[]) => shrink(sum(rows)) ** 2 / (rows.length + lambda);

    const bestSplit = (rows: readonly number[]): Candidate | undefined => {
      let best: Candidate | undefined;
      for (let feature = 0; feature < columns.length; feature++) {
        const column = columns[feature];
        const missing = rows.filter((row) => Number.isNaN(column[row]));
        const present = rows
          .filter((row) => !Number.isNaN(column[row]))
          .sort((a, b) => column[a] - column[b]);
        for (const missingLeft of missing.length > 0 ? [false, true] : [false]) {
          for (let i = 1; i <= present.length; i++) {
            if (i < present.length && column[present[i - 1]] === column[present[i]]) continue;
            const left = missingLeft ? [...missing, ...present.slice(0, i)] : present.slice(0, i);
            const right = missingLeft ? present.slice(i) : [...missing, ...present.slice(i)];
            if (Math.min(left.length, right.length) < Math.max(1, settings.minHessian)) continue;
            const gain = score(left) + score(right) - score(rows);
            // Two features often cut the same rows in two: an equal gain but for rounding; the first of them counts.
            if (gain > settings.minGain && gain > (best?.gain ?? 0) + 1e-9)
              best = { feature, gain, left, right };
          }
        }
      }
      return best;
    };

    const leaf = (rows: readonly number[], depth: number): ExactNode => {
      const inOrder = [...rows].sort((a, b) => a - b);
      const value = Math.fround((-learningRate * deviation * shrink(sum(inOrder))) / (rows.length + lambda));
      return { rows: inOrder, depth, value };
    };
    const root = leaf([...labels.keys()], 0);
    const open = [{ node: root, candidate: bestSplit(root.rows) }];
    for (let leaves = 1; leaves < settings.maxLeaves; leaves++) {
      const ready = open.filter(
        ({ node, candidate }) => candidate !== undefined && node.depth < settings.maxDepth,
      );
      if (ready.length === 0) break;
      const next = ready.reduce((a, b) => (b.candidate!.gain > a.candidate!.gain ? b : a));
      open.splice(open.indexOf(next), 1);
      const { feature, gain, left, right } = next.candidate!;
      const depth = next.node.depth + 1;
      next.node.split = { feature, gain, left: leaf(left, depth), right: leaf(right, depth) };
      for (const node of [next.node.split.left, next.node.split.right]) {
        open.push({ node, candidate: bestSplit(node.rows) });
      }
    }
    for (const { node } of open) for (const row of node.rows) scores[row] += node.value;
    trees.push(root);
  }
  return { trees, predictions: scores };
}
