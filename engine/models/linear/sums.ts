import { ByteReader, ByteWriter } from '../byte-stream.ts';
import type { RowRange, TrainingSet } from '../model.ts';
import { type Moments, trainingMoments } from './gram.ts';

/** Sums over some rows of a matrix: what a least-squares member is a function of, standardization included. */
export interface RangedSums {
  /** Ascending and disjoint. */
  readonly ranges: readonly RowRange[];
  readonly moments: Moments;
}

export interface MovedSums {
  readonly moments: Moments;
  readonly added: number;
  readonly dropped: number;
}

/**
 * Sums over the rows of `data`, made of those over other rows of the same matrix: what is in it alone is added, and what is in theirs alone
 * is dropped. Undefined where that is no shorter way than to sum up all, and where the features are shifted by other centers, as those
 * of a matrix that begins with another bar.
 */
export function movedSums(
  { features, labels, train }: TrainingSet,
  before: RangedSums,
): MovedSums | undefined {
  const added = without(train, before.ranges);
  const dropped = without(before.ranges, train);
  const [more, less] = [countRows(added), countRows(dropped)];
  if (more + less >= countRows(train)) return undefined;
  const plus = trainingMoments(features, labels, added);
  const { centers } = before.moments;
  if (!sameValues(plus.centers, centers)) return undefined;
  const minus = trainingMoments(features, labels, dropped);
  const move = (name: 'sums' | 'gram' | 'labelProducts') =>
    before.moments[name].map((value, k) => value - minus[name][k] + plus[name][k]);
  const of = before.moments;
  return {
    moments: {
      rows: of.rows - less + more,
      centers,
      sums: move('sums'),
      gram: move('gram'),
      labelProducts: move('labelProducts'),
      labelSum: of.labelSum - minus.labelSum + plus.labelSum,
      labelSquares: of.labelSquares - minus.labelSquares + plus.labelSquares,
    },
    added: more,
    dropped: less,
  };
}

/** Rows of `ranges` that are in none of `others`; both ascending and disjoint. */
export function without(ranges: readonly RowRange[], others: readonly RowRange[]): RowRange[] {
  return ranges.flatMap(({ from, to }) => {
    const left: RowRange[] = [];
    let at = from;
    for (const other of others) {
      if (other.to <= at || other.from >= to) continue;
      if (other.from > at) left.push({ from: at, to: other.from });
      at = Math.max(at, other.to);
    }
    if (at < to) left.push({ from: at, to });
    return left;
  });
}

export function countRows(ranges: readonly RowRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}

function sameValues(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k]);
}

export function encodeSums({ ranges, moments }: RangedSums): Uint8Array {
  const out = new ByteWriter();
  out.varint(ranges.length);
  for (const { from, to } of ranges) {
    out.varint(from);
    out.varint(to);
  }
  const { centers, sums, gram, labelProducts, labelSum, labelSquares } = moments;
  out.varint(centers.length);
  for (const values of [centers, sums, gram, labelProducts]) for (const value of values) out.float64(value);
  out.float64(labelSum);
  out.float64(labelSquares);
  return out.finish();
}

/** @throws EngineError `artifact-damaged` unless the bytes are sums */
export function decodeSums(bytes: Uint8Array): RangedSums {
  const input = new ByteReader(bytes);
  const ranges = Array.from({ length: input.count() }, () => ({ from: input.varint(), to: input.varint() }));
  const features = input.count();
  const values = (count: number) => Float64Array.from({ length: count }, () => input.float64());
  const moments = {
    rows: countRows(ranges),
    centers: values(features),
    sums: values(features),
    gram: values((features * (features + 1)) / 2),
    labelProducts: values(features),
    labelSum: input.float64(),
    labelSquares: input.float64(),
  };
  input.end();
  return { ranges, moments };
}
