/** Rows from `from` up to but without `to`. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Mean of a value over those rows that have one; 0 where none has. */
export function meanOver(
  ranges: readonly Rows[],
  value: (row: number) => number,
  counts: (row: number) => boolean = () => true,
): number {
  let sum = 0;
  let count = 0;
  for (const { from, to } of ranges) {
    for (let row = from; row < to; row++) {
      if (!counts(row)) continue;
      sum += value(row);
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
