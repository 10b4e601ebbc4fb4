import type { Memory } from './memory.ts';
import type { RoundKernel } from './rounds.ts';
import type { StreamKernel } from './streams.ts';

/** Bytes at the beginning of a kernel's memory that `bestSplitOfFew` has for itself. */
export const OWN_BYTES = 2048;

/** Bytes of scratch that `partition` has for itself. */
export const PARTITION_BYTES = 256;

/** Bytes of scratch that `bestSplitOfFew` takes for each feature of a list, of which the list is filled up to a multiple of 8. */
export function bytesOfFew(rows: number): number {
  return 2 * ((rows + 31) & ~31) + 12;
}

/** Bytes of scratch that `quantileBins` takes for so many rows: items of 8 bytes twice, and three counts of 2,048 buckets. */
export function quantileScratch(rows: number): number {
  return 16 * rows + 8 + 3 * 4 * 2048;
}

/** Of `count` rows from `rows` on, the histograms at `out` of each feature of a list; see `Kernel`. */
export type OverHistograms = (
  columns: number,
  stride: number,
  rows: number,
  count: number,
  gradients: number,
  features: number,
  featureCount: number,
  out: number,
) => void;

/**
 * The hot loops of training and prediction. Every argument that names data is a byte address in the kernel's memory,
 * aligned to its element. Histograms are interleaved in fours; `padded` is their number rounded up to a multiple of 4.
 *
 * A row's gradient is a pair of 32-bit integers, hessian first, gradient second (quantize.ts), and so is every histogram
 * bin. Integer sums don't depend on their order, so subtraction is exact and all kernels give the same bytes.
 */
export interface Kernel extends RoundKernel, StreamKernel {
  /** Memory of at least `bytes`. Views handed out before are void; their content is not kept. */
  reserve(bytes: number): Memory;

  /**
   * Sums the gradients of `count` rows by bin, for each feature of a list. Feature f's bins stand at `columns + f * stride`.
   * Bin b of the list's k-th feature is the pair at `out + (k >> 2) * 8192 + b * 32 + (k & 3) * 8`; histograms that only pad
   * the last four are cleared.
   */
  readonly histograms: OverHistograms;

  /** Takes the gradients of `count` rows out of the histograms that `histograms` made of them and others. */
  readonly removeRows: OverHistograms;

  /** Takes a child's histograms from its parent's, in place: what is left is the other child's. */
  subtract(parent: number, child: number, padded: number): void;

  /**
   * The split with the largest GL^2 / (HL + lambda) + GR^2 / (HR + lambda), where alpha is first taken from every |G|,
   * among those that leave at least `minHessian` (>= 1) on both sides; bin 255 (missing) goes right, then left where it is
   * not empty. Of equal splits of one feature, missing right comes before left, then the lowest bin; of features the first of the
   * list, or if `ties` (uint32) is not 0, one that this seed draws.
   * Everything is in quantized units. Returns `k << 9 | missingLeft << 8 | bin`, or -1 if there is none, and writes to
   * `out` the gain (float64), then GL and HL (int32). `scratch` takes 4 bytes per feature.
   */
  bestSplit(
    histogram: number,
    padded: number,
    gradient: number,
    hessian: number,
    lambda: number,
    alpha: number,
    minHessian: number,
    ties: number,
    scratch: number,
    out: number,
  ): number;

  /**
   * As `bestSplit`, of 2 to 256 rows, without histograms. `unit` is 1 if the hessian of each of these rows is 1. `byRow` holds
   * bins once more, row by row: `rowBytes` for each, a multiple of 8. A list's features stand at the `positions` (uint16) in a
   * row, or where that is 0 at the row's beginning; up to a multiple of 16 positions, or up to one of 8 in a row, what follows
   * the list is a copy of its last. `scratch` takes 64 bytes, 8 per row, and `bytesOfFew` for each feature, rows and features rounded up
   * to a multiple of 8. The first `OWN_BYTES` of memory are the function's own.
   */
  bestSplitOfFew(
    byRow: number,
    rowBytes: number,
    rows: number,
    count: number,
    pairs: number,
    positions: number,
    featureCount: number,
    unit: number,
    gradient: number,
    hessian: number,
    lambda: number,
    alpha: number,
    minHessian: number,
    ties: number,
    scratch: number,
    out: number,
  ): number;

  /**
   * Orders rows 0 .. count - 1 by each listed feature's bin, of at most 65,536. `order` takes the rows as uint16, place by
   * place: at each place one for every feature, and up to a multiple of 8 as many copies of the last. `last` takes as many:
   * all bits set where the next place has another bin. `scratch` takes 1024 bytes.
   */
  sortAll(
    columns: number,
    stride: number,
    count: number,
    features: number,
    featureCount: number,
    order: number,
    last: number,
    scratch: number,
  ): void;

  /**
   * As `bestSplit`, of all rows that `sortAll` ordered, each with hessian 1. `scratch` takes 64 bytes, 8 per row and 4 per
   * feature, both rounded up to a multiple of 8.
   */
  bestSplitOfAll(
    columns: number,
    stride: number,
    order: number,
    last: number,
    count: number,
    pairs: number,
    features: number,
    featureCount: number,
    gradient: number,
    lambda: number,
    alpha: number,
    minHessian: number,
    ties: number,
    scratch: number,
    out: number,
  ): number;

  /**
   * Moves rows whose bin is <= `bin` (and 255 if `missingLeft` is 1) to the front; both sides keep their order. Returns their
   * count. `scratch` is `PARTITION_BYTES` longer than `rows`, 16-byte aligned.
   */
  partition(
    column: number,
    rows: number,
    count: number,
    bin: number,
    missingLeft: number,
    scratch: number,
  ): number;

  /**
   * Grows a whole tree by what `Growth` wrote at an address, and returns how many nodes it has. Where there is none, `NodeByNode` grows the same
   * tree of the functions above.
   */
  growTree?(growth: number): number;

  /**
   * For each float64 of a column, rounded to float32: how many of the ascending float32 `cuts` are <= it, or 65535 for NaN,
   * as uint16 every `outStride` bytes. Returns 1 if there was a NaN.
   */
  binColumn(
    values: number,
    count: number,
    cuts: number,
    cutCount: number,
    out: number,
    outStride: number,
  ): number;

  /**
   * Quantile bins of a column of float64 that count as float32 (`quantileCuts`): writes at most `valueBins` - 1 cuts (float32), and the bin of
   * each row, 255 for NaN, as bytes. Returns the number of cuts. `scratch` takes `quantileScratch` bytes.
   */
  quantileBins(
    column: number,
    count: number,
    valueBins: number,
    scratch: number,
    cuts: number,
    bins: number,
  ): number;

  /**
   * Adds every tree's leaf value to the float64 at `out` of each row; a row is `binStride` bytes of uint16 bins, one per
   * slot. A node is 8 bytes: its left child (uint32; the right one follows it), its slot and its cut (uint16); bins above
   * the cut go right. A leaf is its own left child with cut 65535, so that each tree takes a fixed number of steps.
   * `defaults` says per node whether a missing value goes left; it is read only if `anyMissing` is 1.
   */
  walk(
    nodes: number,
    values: number,
    defaults: number,
    roots: number,
    depths: number,
    treeCount: number,
    bins: number,
    binStride: number,
    count: number,
    anyMissing: number,
    out: number,
  ): void;
}
