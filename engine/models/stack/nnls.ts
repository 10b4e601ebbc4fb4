import { choleskySolve, pivotedCholesky } from '../linear/cholesky.ts';

/** Share of a column's own square from which it counts as independent of those before it. */
const INDEPENDENT = 1e-10;
/** Per column; each round lowers the objective, so only rounding could need more. */
const MOST_ROUNDS = 3;
/** Share of the largest product from which a gradient is one that leads on. */
const LEADS_ON = 1e-10;

/**
 * Non-negative least squares in terms of sums of products: the z >= 0 that minimizes z' A z / 2 - b' z, by the active sets of Lawson and
 * Hanson (Solving Least Squares Problems, 1974, chapter 23). Of columns that depend on each other the first that helps most is used, the
 * others stay at 0.
 *
 * @param gram A: symmetric, positive semi-definite, size x size, row by row
 * @param products b
 */
export function nonNegativeLeastSquares(gram: Float64Array, products: Float64Array): Float64Array {
  const size = products.length;
  // In units of each column's own size, so that a tolerance means the same for all of them.
  const units = products.map((_, j) => Math.sqrt(gram[j * size + j]!) || 1);
  const scaled = gram.map((value, at) => value / (units[Math.floor(at / size)]! * units[at % size]!));
  const found = withUnitColumns(
    scaled,
    products.map((value, j) => value / units[j]!),
  );
  return found.map((value, j) => value / units[j]!);
}

function withUnitColumns(gram: Float64Array, products: Float64Array): Float64Array {
  const size = products.length;
  const solution = new Float64Array(size);
  const isFree = new Uint8Array(size);
  const least = LEADS_ON * products.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // One that was freed and could not grow is not tried again until another one moved.
  const refused = new Uint8Array(size);
  for (let round = 0; round < MOST_ROUNDS * size; round++) {
    const next = steepest(gram, products, solution, (j) => isFree[j]! + refused[j]! === 0, least);
    if (next < 0) return solution;
    isFree[next] = 1;
    if (!settle(gram, products, solution, isFree, next)) {
      isFree[next] = 0;
      refused[next] = 1;
    } else refused.fill(0);
  }
  return solution;
}

/** The bound column along which the objective falls fastest; -1 where none does. */
function steepest(
  gram: Float64Array,
  products: Float64Array,
  solution: Float64Array,
  isOpen: (j: number) => boolean,
  least: number,
): number {
  const size = products.length;
  let best = -1;
  let most = least;
  for (let j = 0; j < size; j++) {
    if (!isOpen(j)) continue;
    let slope = products[j]!;
    for (let k = 0; k < size; k++) slope -= gram[j * size + k]! * solution[k]!;
    if (slope > most) {
      most = slope;
      best = j;
    }
  }
  return best;
}

/** Solves for the free columns, and binds those that would fall below 0. False, and nothing is changed, where `next` can't grow. */
function settle(
  gram: Float64Array,
  products: Float64Array,
  solution: Float64Array,
  isFree: Uint8Array,
  next: number,
): boolean {
  for (let isFirst = true; ; isFirst = false) {
    const wanted = solveFree(gram, products, isFree);
    if (isFirst && !(wanted[next]! > 0)) return false;
    let step = 1;
    let blocking = -1;
    for (let j = 0; j < wanted.length; j++) {
      if (isFree[j] === 0 || wanted[j]! > 0) continue;
      const upTo = solution[j]! / (solution[j]! - wanted[j]!);
      if (upTo < step || blocking < 0) {
        step = upTo;
        blocking = j;
      }
    }
    if (blocking < 0) {
      solution.set(wanted);
      return true;
    }
    for (let j = 0; j < wanted.length; j++) {
      if (isFree[j] === 1) solution[j] = solution[j]! + step * (wanted[j]! - solution[j]!);
    }
    solution[blocking] = 0;
    isFree[blocking] = 0;
  }
}

/** Least squares over the free columns, 0 elsewhere. */
function solveFree(gram: Float64Array, products: Float64Array, isFree: Uint8Array): Float64Array {
  const size = products.length;
  const free: number[] = [];
  for (let j = 0; j < size; j++) if (isFree[j] === 1) free.push(j);
  const count = free.length;
  const part = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) part[a * count + b] = gram[free[a]! * size + free[b]!]!;
  }
  const right = Float64Array.from(free, (j) => products[j]!);
  const found = choleskySolve(pivotedCholesky(part, count, INDEPENDENT), right);
  const out = new Float64Array(size);
  for (let a = 0; a < count; a++) out[free[a]!] = found[a]!;
  return out;
}
