import type { FeatureMatrix } from '../../features/matrix.ts';
import { ColumnOrder, type Ordered } from './column-order.ts';

/** Bin of a missing value (NaN); bins 0 .. 254 hold values. */
export const MISSING_BIN = 255;

/** Threshold of a split that only a missing value passes to the right. */
export const EVERY_VALUE = 3.4028234663852886e38;

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

/** Fewest rows that are ordered by radix. */
const RADIX_ROWS = 1024;

function computeBins(matrix: FeatureMatrix, valueBins: number): BinnedMatrix {
  const { rows, columns, firstValid, fitEnd } = matrix;
  const bins = new Uint8Array(columns.length * rows);
  const fitted = Math.max(0, fitEnd - firstValid);
  if (fitted >= RADIX_ROWS) {
    const order = new ColumnOrder(fitted);
    const cuts = columns.map((column, f) => {
      const ordered = order.order(column, firstValid);
      const own = quantileCuts(ordered.values, valueBins);
      const out = bins.subarray(f * rows, (f + 1) * rows);
      fillBins(column, own, out, 0, firstValid);
      fillOrdered(ordered, own, out.subarray(firstValid, fitEnd));
      fillBins(column, own, out, fitEnd, rows);
      return own;
    });
    return { rows, features: columns.length, bins, cuts };
  }
  const sorted = new Float32Array(fitted);
  const cuts = columns.map((column, f) => {
    sorted.set(column.subarray(firstValid, fitEnd));
    sorted.sort();
    const own = quantileCuts(sorted, valueBins);
    fillBins(column, own, bins.subarray(f * rows, (f + 1) * rows), 0, rows);
    return own;
  });
  return { rows, features: columns.length, bins, cuts };
}

/**
 * Cuts of ascending values, NaN last: between distinct neighbors, into at most `valueBins` bins. A value that fills a bin on
 * its own gets one; the other rows are shared out evenly (LightGBM's GreedyFindBin).
 */
export function quantileCuts(sorted: Float32Array, valueBins: number): Float32Array {
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count--;
  /** First row of each distinct value, and the end. */
  const starts = new Uint32Array(count + 1);
  let distinct = 0;
  for (let i = 0; i < count; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) starts[distinct++] = i;
  starts[distinct] = count;

  const fills = (value: number) => starts[value + 1] - starts[value] >= count / valueBins;
  let heavy = 0;
  let lightRows = 0;
  for (let value = 0; value < distinct; value++) {
    if (fills(value)) heavy++;
    else lightRows += starts[value + 1] - starts[value];
  }

  const cuts: number[] = [];
  let rows = 0;
  for (let value = 0; value < distinct - 1 && cuts.length < valueBins - 1; value++) {
    const filled = fills(value);
    if (!filled) rows += starts[value + 1] - starts[value];
    const fair = lightRows / Math.max(1, valueBins - cuts.length - heavy);
    const enough = rows >= fair || (rows >= fair / 2 && fills(value + 1));
    if (distinct > valueBins && !filled && !enough) continue;
    cuts.push(between(sorted[starts[value + 1] - 1], sorted[starts[value + 1]]));
    lightRows -= rows;
    rows = 0;
    if (filled) heavy--;
  }
  return Float32Array.from(cuts);
}

/** The float32 nearest to the middle of two neighbors that keeps a < cut <= b. */
function between(a: number, b: number): number {
  const middle = Math.fround(a / 2 + b / 2);
  return middle > a ? middle : b;
}

/** Bins of rows from .. to - 1 by search. */
function fillBins(column: Float64Array, cuts: Float32Array, out: Uint8Array, from: number, to: number): void {
  const cutCount = cuts.length;
  for (let r = from; r < to; r++) {
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

/** As `fillBins`, of rows whose order is known. */
function fillOrdered({ values, rows }: Ordered, cuts: Float32Array, out: Uint8Array): void {
  let bin = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    while (bin < cuts.length && cuts[bin] <= value) bin++;
    out[rows[i]] = Number.isNaN(value) ? MISSING_BIN : bin;
  }
}
