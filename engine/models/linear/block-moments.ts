/** Rows of a block. The Grams of all blocks take p / (2 * 64) of the memory of the p columns themselves. */
export const BLOCK_ROWS = 64;

/**
 * Of rows [from, to), at most 64, of p columns, each shifted by its center: p sums over the rows, then the packed Gram (`Moments`). Each
 * sum is taken row after row.
 */
export type BlockMoments = (
  columns: readonly Float64Array[],
  centers: Float64Array,
  from: number,
  to: number,
) => Float64Array;

/** How many they are of p columns. */
export function momentCount(p: number): number {
  return p + (p * (p + 1)) / 2;
}

/** In plain TypeScript. */
export const plainBlockMoments: BlockMoments = (columns, centers, from, to) => {
  const p = columns.length;
  const rows = to - from;
  const out = new Float64Array(momentCount(p));
  const shifted = columns.map((column, j) => column.slice(from, to).map((value) => value - centers[j]));
  for (let j = 0; j < p; j++) for (let r = 0; r < rows; r++) out[j] += shifted[j][r];
  let next = p;
  for (let i = 0; i < p; i++) {
    for (let j = i; j < p; j++) {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += shifted[i][r] * shifted[j][r];
      out[next++] = sum;
    }
  }
  return out;
};
