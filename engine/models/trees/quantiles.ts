import type { Ordered } from './column-order.ts';

/** Bin of a missing value (NaN); bins 0 .. 254 hold values. */
export const MISSING_BIN = 255;

export const MAX_VALUE_BINS = 255;

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

  const cuts: number[] = [];
  const full = count / valueBins;
  const fills = (value: number) => starts[value + 1] - starts[value] >= full;
  let heavy = 0;
  let lightRows = 0;
  for (let value = 0; value < distinct; value++) {
    if (fills(value)) heavy++;
    else lightRows += starts[value + 1] - starts[value];
  }

  let rows = 0;
  let fair = lightRows / Math.max(1, valueBins - heavy);
  for (let value = 0; value < distinct - 1 && cuts.length < valueBins - 1; value++) {
    const filled = fills(value);
    if (!filled) rows += starts[value + 1] - starts[value];
    const enough = rows >= fair || (rows >= fair / 2 && fills(value + 1));
    if (distinct > valueBins && !filled && !enough) continue;
    cuts.push(between(sorted[starts[value + 1] - 1], sorted[starts[value + 1]]));
    lightRows -= rows;
    rows = 0;
    if (filled) heavy--;
    fair = lightRows / Math.max(1, valueBins - cuts.length - heavy);
  }
  return Float32Array.from(cuts);
}

/** The float32 nearest to the middle of two neighbors that keeps a < cut <= b. */
function between(a: number, b: number): number {
  const middle = Math.fround(a / 2 + b / 2);
  return middle > a ? middle : b;
}

/** Writes the bin of each row whose place in the order is known. */
export function fillOrdered({ values, rows }: Ordered, cuts: Float32Array, out: Uint8Array): void {
  let bin = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    while (bin < cuts.length && cuts[bin] <= value) bin++;
    out[rows[i]] = Number.isNaN(value) ? MISSING_BIN : bin;
  }
}
