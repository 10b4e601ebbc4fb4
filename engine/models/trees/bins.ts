import type { FeatureMatrix } from '../../features/matrix.ts';
import { type Kernel, quantileScratch } from './kernel/kernel.ts';
import { sharedKernel } from './kernel/shared.ts';
import { MAX_VALUE_BINS, MISSING_BIN, quantileCuts } from './quantiles.ts';

/** Threshold of a split that only a missing value passes to the right. */
export const EVERY_VALUE = 3.4028234663852886e38;

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
 * once per matrix, in the kernel's memory. Cuts are a function of rows [firstValid, fitEnd) only: a feature with few enough distinct
 * values there has one bin for each, any other has bins of about equal row counts. Values count as float32, as in
 * XGBoost, so that an exported model takes the same side everywhere.
 */
export function binMatrix(
  matrix: FeatureMatrix,
  maxBins = 256,
  kernel: Kernel = sharedKernel(),
): BinnedMatrix {
  let byBins = cache.get(matrix);
  if (byBins === undefined) {
    byBins = new Map();
    cache.set(matrix, byBins);
  }
  const valueBins = Math.min(maxBins - 1, MAX_VALUE_BINS);
  let binned = byBins.get(valueBins);
  if (binned === undefined) {
    binned = computeBins(matrix, valueBins, kernel);
    byBins.set(valueBins, binned);
  }
  return binned;
}

/** Fewest rows that are ordered by radix. */
const RADIX_ROWS = 1024;

function computeBins(matrix: FeatureMatrix, valueBins: number, kernel: Kernel): BinnedMatrix {
  const { rows, columns, firstValid, fitEnd } = matrix;
  const bins = new Uint8Array(columns.length * rows);
  const fitted = Math.max(0, fitEnd - firstValid);
  if (fitted >= RADIX_ROWS) {
    const binsOf = ordering(kernel, matrix, valueBins);
    const cuts = columns.map((column, f) => binsOf(column, bins.subarray(f * rows, (f + 1) * rows)));
    return { rows, features: columns.length, bins, cuts };
  }
  const sorted = new Float32Array(fitted);
  const cuts = columns.map((column, f) => {
    sorted.set(column.subarray(firstValid, fitEnd));
    sorted.sort();
    const own = quantileCuts(sorted, valueBins);
    fillBins(column, own, bins.subarray(f * rows, (f + 1) * rows));
    return own;
  });
  return { rows, features: columns.length, bins, cuts };
}

/** Orders columns of a matrix by radix; what it returns writes the bins of one to `out`, and gives its cuts. */
function ordering(kernel: Kernel, { rows, firstValid, fitEnd }: FeatureMatrix, valueBins: number) {
  const fitted = fitEnd - firstValid;
  const most = Math.max(fitted, firstValid, rows - fitEnd);
  const cutsAt = 8 * most;
  const binsAt = cutsAt + 4 * MAX_VALUE_BINS + 4;
  const scratchAt = (binsAt + 2 * most + 7) & ~7;
  const { u8, u16, f32, f64 } = kernel.reserve(scratchAt + quantileScratch(fitted));
  return (column: Float64Array, out: Uint8Array): Float32Array => {
    f64.set(column.subarray(firstValid, fitEnd));
    const cutCount = kernel.quantileBins(0, fitted, valueBins, scratchAt, cutsAt, binsAt);
    out.set(u8.subarray(binsAt, binsAt + fitted), firstValid);
    const search = (from: number, to: number): void => {
      f64.set(column.subarray(from, to));
      kernel.binColumn(0, to - from, cutsAt, cutCount, binsAt, 2);
      // A missing value's 65,535 has `MISSING_BIN` in its lower byte.
      out.set(u16.subarray(binsAt >> 1, (binsAt >> 1) + to - from), from);
    };
    search(0, firstValid);
    search(fitEnd, rows);
    return f32.slice(cutsAt >> 2, (cutsAt >> 2) + cutCount);
  };
}

/** Bins of all rows by search. */
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
