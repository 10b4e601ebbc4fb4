import type { FeatureMatrix } from '../../features/matrix.ts';
import type { RowRange } from '../model.ts';
import { BLOCK_ROWS, type BlockMoments, momentCount, plainBlockMoments } from './block-moments.ts';
import { compiledBlockMoments } from './kernel/compiled.ts';

/**
 * What every linear model needs to know about its training rows: sums of products of the features with each other
 * and with the label. `u_j = x_j - centers[j]` is the shifted feature.
 */
export interface Moments {
  readonly rows: number;
  /** Shift of each feature, the same for every range of one matrix. */
  readonly centers: Float64Array;
  /** Sum of u_j. */
  readonly sums: Float64Array;
  /** Sum of u_i * u_j, upper triangle row by row: (0,0) (0,1) … (0,p-1) (1,1) … */
  readonly gram: Float64Array;
  /** Sum of u_j * y. */
  readonly labelProducts: Float64Array;
  readonly labelSum: number;
  readonly labelSquares: number;
}

/** Rows at the end of the fitting part whose mean is a feature's shift. */
const CENTER_ROWS = 256;

/**
 * Moments of the rows in `ranges` (ascending, disjoint, all features and labels finite there).
 *
 * Members, horizons, histories and model types look at overlapping rows of the same matrix, so the matrix is cut into
 * blocks of 64 rows at fixed row numbers. The moments of a block are computed once, when first needed, and a range
 * adds up its whole blocks and the rows at its edges. Adding disjoint blocks shares as much work as subtracting
 * left-out rows from a total would, without the cancellation; and because a block depends on nothing but its own
 * rows, and blocks are always added in the same order, the result has the same bits whatever was computed before.
 *
 * Prices vary by 1e-4 around 1.1: squares of raw values would lose what matters. The shift brings them near 0.
 *
 * The blocks live as long as the matrix object (and the label array); neither may be changed after its first use. Matrices that
 * are the beginning of the same longer one share its blocks where they shift features alike.
 */
export function trainingMoments(
  features: FeatureMatrix,
  labels: Float64Array,
  ranges: readonly RowRange[],
): Moments {
  const whole = features.part?.whole ?? features;
  const centers = centerRows(features);
  const known = blocksOfMatrix.get(whole) ?? new Map<string, MomentBlocks>();
  blocksOfMatrix.set(whole, known);
  const key = `${centers.from} ${centers.to}`;
  let blocks = known.get(key);
  if (blocks === undefined) {
    blocks = new MomentBlocks(whole, centers);
    known.set(key, blocks);
  }
  return blocks.sum(labels, ranges);
}

/** Position of the product of columns i <= j in a packed upper triangle of p columns. */
export function packedIndex(p: number, i: number, j: number): number {
  return (i * (2 * p - i - 1)) / 2 + j;
}

/** By the rows that features are shifted by. */
const blocksOfMatrix = new WeakMap<FeatureMatrix, Map<string, MomentBlocks>>();

class MomentBlocks {
  private readonly features: FeatureMatrix;
  private readonly centers: Float64Array;
  /** By block number: p sums, then the packed Gram. */
  private readonly featureBlocks: (Float64Array | undefined)[] = [];
  /** By label array and block number: p products with the label, sum of labels, sum of their squares. */
  private readonly labelBlocks = new WeakMap<Float64Array, (Float64Array | undefined)[]>();

  constructor(features: FeatureMatrix, centers: RowRange) {
    this.features = features;
    this.centers = featureCenters(features, centers);
  }

  sum(labels: Float64Array, ranges: readonly RowRange[]): Moments {
    const p = this.features.columns.length;
    const featureTotal = new Float64Array(momentCount(p));
    const labelTotal = new Float64Array(p + 2);
    let labelBlocks = this.labelBlocks.get(labels);
    if (labelBlocks === undefined) {
      labelBlocks = [];
      this.labelBlocks.set(labels, labelBlocks);
    }
    let rows = 0;
    for (const range of ranges) {
      rows += range.to - range.from;
      let from = range.from;
      while (from < range.to) {
        const block = Math.floor(from / BLOCK_ROWS);
        const to = Math.min(range.to, (block + 1) * BLOCK_ROWS);
        if (to - from === BLOCK_ROWS) {
          // Only blocks that lie wholly inside a range are kept: outside, labels may be NaN.
          this.featureBlocks[block] ??= this.featureMoments(from, to);
          labelBlocks[block] ??= this.labelMoments(labels, from, to);
          add(featureTotal, this.featureBlocks[block]);
          add(labelTotal, labelBlocks[block]);
        } else {
          add(featureTotal, this.featureMoments(from, to));
          add(labelTotal, this.labelMoments(labels, from, to));
        }
        from = to;
      }
    }
    return {
      rows,
      centers: this.centers,
      sums: featureTotal.subarray(0, p),
      gram: featureTotal.subarray(p),
      labelProducts: labelTotal.subarray(0, p),
      labelSum: labelTotal[p],
      labelSquares: labelTotal[p + 1],
    };
  }

  private featureMoments(from: number, to: number): Float64Array {
    return blockMoments()(this.features.columns, this.centers, from, to);
  }

  private labelMoments(labels: Float64Array, from: number, to: number): Float64Array {
    const { columns } = this.features;
    const p = columns.length;
    const out = new Float64Array(p + 2);
    for (let j = 0; j < p; j++) {
      const column = columns[j];
      const center = this.centers[j];
      let sum = 0;
      for (let row = from; row < to; row++) sum += (column[row] - center) * labels[row];
      out[j] = sum;
    }
    let sum = 0;
    let squares = 0;
    for (let row = from; row < to; row++) {
      sum += labels[row];
      squares += labels[row] * labels[row];
    }
    out[p] = sum;
    out[p + 1] = squares;
    return out;
  }
}

let ofThread: BlockMoments | undefined;

/** This thread's. */
function blockMoments(): BlockMoments {
  ofThread ??= compiledBlockMoments() ?? plainBlockMoments;
  return ofThread;
}

function add(total: Float64Array, part: Float64Array): void {
  for (let k = 0; k < total.length; k++) total[k] += part[k];
}

/** Rows whose mean is a feature's shift: the last before the selection window, a function of the matrix alone; of a part its own. */
function centerRows({ firstValid, fitEnd, part }: FeatureMatrix): RowRange {
  return part?.centers ?? { from: Math.max(firstValid, fitEnd - CENTER_ROWS), to: fitEnd };
}

function featureCenters({ columns }: FeatureMatrix, { from, to }: RowRange): Float64Array {
  const count = Math.max(1, to - from);
  return Float64Array.from(columns, (column) => {
    let sum = 0;
    for (let row = from; row < to; row++) sum += column[row];
    return sum / count;
  });
}
