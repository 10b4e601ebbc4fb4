/** Points of a line, ready to draw: x in bars (fractions are not used), y in the unit of the values. */
export interface LinePoints {
  readonly index: readonly number[];
  readonly value: readonly number[];
}

/**
 * Thins a line to what `columns` pixel columns can show: per column its first, lowest, highest and last value, in the
 * order in which they come. No peak is lost, and drawn at that width the line is the same as with all its points.
 * Missing values (NaN) are left out. `from` (inclusive) and `to` (exclusive) choose the bars; their indices are kept.
 */
export function downSample(
  values: readonly number[],
  columns: number,
  from = 0,
  to: number = values.length,
): LinePoints {
  const index: number[] = [];
  const value: number[] = [];
  const take = (i: number) => {
    if (Number.isNaN(values[i]) || index.at(-1) === i) return;
    index.push(i);
    value.push(values[i]!);
  };
  const count = to - from;
  if (columns < 1 || count <= columns * 4) {
    for (let i = from; i < to; i++) take(i);
    return { index, value };
  }
  for (let column = 0; column < columns; column++) {
    const start = from + Math.floor((column * count) / columns);
    const end = from + Math.floor(((column + 1) * count) / columns);
    let low = start;
    let high = start;
    for (let i = start + 1; i < end; i++) {
      if (values[i]! < values[low]! || Number.isNaN(values[low])) low = i;
      if (values[i]! > values[high]! || Number.isNaN(values[high])) high = i;
    }
    take(start);
    take(Math.min(low, high));
    take(Math.max(low, high));
    take(end - 1);
  }
  return { index, value };
}
