import type { FeatureMatrix } from '../../features/matrix.ts';

/** Bin of a missing value (NaN); bins 0 .. 254 hold values. */
export const MISSING_BIN = 255;
const MAX_VALUE_BINS = 255;

export interface BinnedMatrix {
  readonly rows: number;
  readonly features: number;
  /** Bin of feature f in row r at [f * rows + r]. */
  readonly bins: Uint8Array;
  /**
   * Per feature, ascending: x lies in bin b if exactly b cuts are <= x, with x rounded to float32. A feature without cuts
   * has one value.
   */
  readonly cuts: readonly Float32Array[];
}

const cache = new WeakMap<FeatureMatrix, Map<number, BinnedMatrix>>();

/**
 * Quantile bins of all rows of a matrix, at most `maxBins` (2..256, of which one is for missing values) per feature; computed
 * once per matrix. Cuts are a function of rows [firstValid, fitEnd) only: a feature with few enough distinct
 * values there has one bin for each, any other has bins of about equal row counts. Values count as float32, as in
 * XGBoost, so that an exported model takes the same side everywhere.
 */
export function binMatrix(matrix: FeatureMatrix, maxBins = 256): BinnedMatrix {
  let byBins = cache.get(matrix);
  if (byBins === undefined) {
    byBins = new Map();
    cache.set(matrix, byBins);
  }
  const valueBins = Math.min(maxBins - 1, MAX_VALUE_BINS);
  let binned = byBins.get(valueBins);
  if (binned === undefined) {
    binned = computeBins(matrix, valueBins);
    byBins.set(valueBins, binned);
  }
  return binned;
}

function computeBins(matrix: FeatureMatrix, valueBins: number): BinnedMatrix {
  const { rows, columns, firstValid, fitEnd } = matrix;
  const bins = new Uint8Array(columns.length * rows);
  const sorted = new Float32Array(Math.max(0, fitEnd - firstValid));
  const cuts = columns.map((column, f) => {
    sorted.set(column.subarray(firstValid, fitEnd));
    sorted.sort();
    const own = quantileCuts(sorted, valueBins);
    fillBins(column, own, bins.subarray(f * rows, (f + 1) * rows));
    return own;
  });
  return { rows, features: columns.length, bins, cuts };
}

/** Cuts of ascending values, NaN last: between distinct neighbours, into at most `valueBins` bins. */
export function quantileCuts(sorted: Float32Array, valueBins: number): Float32Array {
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count--;
  let distinct = 0;
  for (let i = 0; i < count; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;

  const cuts: number[] = [];
  const everyValue = distinct <= valueBins;
  let start = 0;
  for (let i = 1; i < count && cuts.length < valueBins - 1; i++) {
    if (sorted[i] === sorted[i - 1]) continue;
    // The rows that are left are shared out among the bins that are left: a value with many rows takes one bin alone.
    const fair = (count - start) / (valueBins - cuts.length);
    if (everyValue || i - start >= fair) {
      cuts.push(between(sorted[i - 1], sorted[i]));
      start = i;
    }
  }
  return Float32Array.from(cuts);
}

/** The float32 nearest to the middle of two neighbours that keeps a < cut <= b. */
function between(a: number, b: number): number {
  const middle = Math.fround(a / 2 + b / 2);
  return middle > a ? middle : b;
}

function fillBins(column: Float64Array, cuts: Float32Array, out: Uint8Array): void {
  const cutCount = cuts.length;
  for (let r = 0; r < out.length; r++) {
    const value = Math.fround(column[r]);
    let bin = 0;
    for (let length = cutCount; length > 0; ) {
      const half = (length + 1) >> 1;
      if (cuts[bin + half - 1] <= value) bin += half;
      length -= half;
    }
    out[r] = Number.isNaN(value) ? MISSING_BIN : bin;
  }
}
