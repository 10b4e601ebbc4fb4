import type { Prng } from '../../random/prng.ts';

/** Rows that trees are grown on: one array per feature, and three outputs that a split has to tell apart. */
export interface TreeRows {
  readonly count: number;
  readonly columns: readonly Float64Array[];
  readonly outputs: readonly [Float64Array, Float64Array, Float64Array];
}

export interface TreeLimits {
  /** Fewest rows of a leaf. */
  readonly minLeaf: number;
  /** Features that a split is chosen among, at least 1. */
  readonly features: number;
}

/** A tree as arrays of nodes; node 0 is the root. A row goes left where its value is below the cut. */
export interface ExtraTree {
  /** Of a leaf -1. */
  readonly feature: Int32Array;
  readonly cut: Float64Array;
  /** Node on the left, the one on the right is next to it; of a leaf its number among the leaves, from 0. */
  readonly next: Int32Array;
  readonly leaves: number;
}

/** What growing a forest needs once: rows in the order of the nodes, and the node that is being split. */
export class TreeGrower {
  readonly #rows: TreeRows;
  readonly #limits: TreeLimits;
  readonly #order: Int32Array;
  readonly #spare: Int32Array;
  readonly #tried: Int32Array;
  /** Of the node that is being split, one output after the other. */
  readonly #own: readonly [Float64Array, Float64Array, Float64Array];
  /** Of the feature that is being tried, in the same order. */
  readonly #values: Float64Array;
  /** By feature, what its splits took off the squares of all outputs, over all trees. */
  readonly gain: Float64Array;
  /** By feature, its splits. */
  readonly splits: Float64Array;

  constructor(rows: TreeRows, limits: TreeLimits) {
    this.#rows = rows;
    this.#limits = limits;
    this.#order = new Int32Array(rows.count);
    this.#spare = new Int32Array(rows.count);
    this.#tried = Int32Array.from(rows.columns, (_, j) => j);
    const numbers = () => new Float64Array(rows.count);
    this.#own = [numbers(), numbers(), numbers()];
    this.#values = numbers();
    this.gain = new Float64Array(rows.columns.length);
    this.splits = new Float64Array(rows.columns.length);
  }

  /**
   * A tree whose cuts are drawn at random between the least and the largest value of a node's rows, the best of one draw per tried feature
   * (Geurts, Ernst, Wehenkel, Extremely randomized trees, Machine Learning 63, 2006), by the squares that it takes off all outputs.
   *
   * @param own rows that it learns from
   */
  grow(own: Int32Array, prng: Prng): ExtraTree {
    this.#order.set(own);
    const feature: number[] = [];
    const cut: number[] = [];
    const next: number[] = [];
    const open: { readonly node: number; readonly from: number; readonly to: number }[] = [];
    const add = (from: number, to: number) => {
      open.push({ node: feature.length, from, to });
      feature.push(-1);
      cut.push(0);
      next.push(-1);
    };
    let leaves = 0;
    add(0, own.length);
    for (let at = 0; at < open.length; at++) {
      const { node, from, to } = open[at];
      const split = this.#split(from, to, prng);
      if (split === undefined) {
        next[node] = leaves++;
        continue;
      }
      const middle = this.#partition(from, to, this.#rows.columns[split.feature], split.cut);
      this.gain[split.feature] += split.gain;
      this.splits[split.feature]++;
      feature[node] = split.feature;
      cut[node] = split.cut;
      next[node] = feature.length;
      add(from, middle);
      add(middle, to);
    }
    return {
      feature: Int32Array.from(feature),
      cut: Float64Array.from(cut),
      next: Int32Array.from(next),
      leaves,
    };
  }

  #split(from: number, to: number, prng: Prng) {
    const { minLeaf, features } = this.#limits;
    const { columns, outputs } = this.#rows;
    const order = this.#order;
    const tried = this.#tried;
    const count = to - from;
    if (count < 2 * minLeaf) return undefined;
    const [first, second, third] = this.#own;
    let firstTotal = 0;
    let secondTotal = 0;
    let thirdTotal = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const row = order[from + i];
      firstTotal += first[i] = outputs[0][row];
      secondTotal += second[i] = outputs[1][row];
      thirdTotal += third[i] = outputs[2][row];
      squares += first[i] * first[i] + second[i] * second[i] + third[i] * third[i];
    }
    const values = this.#values;
    let best: { feature: number; cut: number; gain: number } | undefined;
    for (let k = 0; k < features; k++) {
      const drawn = k + prng.int(tried.length - k);
      const j = tried[drawn];
      tried[drawn] = tried[k];
      tried[k] = j;
      const column = columns[j];
      let least = column[order[from]];
      let most = least;
      for (let i = 0; i < count; i++) {
        const value = column[order[from + i]];
        values[i] = value;
        least = value < least ? value : least;
        most = value > most ? value : most;
      }
      if (least === most) continue;
      const cut = least + prng.float() * (most - least);
      let left = 0;
      let a = 0;
      let b = 0;
      let c = 0;
      // Which side a row is on can't be foretold: a product costs less than a branch.
      for (let i = 0; i < count; i++) {
        const isLeft = +(values[i] < cut);
        left += isLeft;
        a += isLeft * first[i];
        b += isLeft * second[i];
        c += isLeft * third[i];
      }
      const right = count - left;
      if (left < minLeaf || right < minLeaf) continue;
      const gain =
        gainOf(a, firstTotal, left, right) +
        gainOf(b, secondTotal, left, right) +
        gainOf(c, thirdTotal, left, right);
      if (gain > (best?.gain ?? ROUNDING * squares)) best = { feature: j, cut, gain };
    }
    return best;
  }

  /** Rows below the cut first, both parts in the order they were in; returns where the second begins. */
  #partition(from: number, to: number, column: Float64Array, cut: number): number {
    const order = this.#order;
    const spare = this.#spare;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = order[i];
      if (column[row] < cut) order[left++] = row;
      else spare[right++] = row;
    }
    for (let i = 0; i < right; i++) order[left + i] = spare[i];
    return left;
  }
}

/** A gain below this share of a node's squares is rounding error of outputs that do not vary. */
const ROUNDING = 1e-12;

/** What a split takes off the squares of an output: n_l n_r / n times the square of the difference of the means. */
function gainOf(leftSum: number, total: number, left: number, right: number): number {
  const difference = leftSum / left - (total - leftSum) / right;
  return ((left * right) / (left + right)) * difference * difference;
}

/** Leaf of each of `count` rows from `from` on, written to out[offset ..]. */
export function findLeaves(
  { feature, cut, next }: ExtraTree,
  columns: readonly Float64Array[],
  from: number,
  count: number,
  out: Int32Array,
  offset: number,
): void {
  for (let i = 0; i < count; i++) {
    let node = 0;
    while (feature[node] >= 0) node = next[node] + (columns[feature[node]][from + i] < cut[node] ? 0 : 1);
    out[offset + i] = next[node];
  }
}
