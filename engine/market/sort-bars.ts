import type { BarCollector } from './formats/bar-collector.ts';

/** Bars in columns of equal length, time strictly ascending. */
export interface BarColumns {
  readonly length: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly spread: Float64Array;
}

/** Sorts bars by time; of several with one stamp the one that stands last in the file stays. */
export function sortBars(bars: BarCollector): { columns: BarColumns; duplicates: number } {
  const order = isAscending(bars) ? undefined : lastOfEachStamp(bars);
  const length = order?.length ?? bars.length;
  const pick = (column: Float64Array) => {
    if (order === undefined) return column.subarray(0, length);
    const picked = new Float64Array(length);
    for (let i = 0; i < length; i++) picked[i] = column[order[i]!]!;
    return picked;
  };
  return {
    columns: {
      length,
      time: pick(bars.time),
      open: pick(bars.open),
      high: pick(bars.high),
      low: pick(bars.low),
      close: pick(bars.close),
      volume: pick(bars.volume),
      spread: pick(bars.spread),
    },
    duplicates: bars.length - length,
  };
}

function isAscending({ time, length }: BarCollector): boolean {
  for (let i = 1; i < length; i++) if (!(time[i]! > time[i - 1]!)) return false;
  return true;
}

/** Row numbers by ascending time, for each time only the last row. */
function lastOfEachStamp({ time, length }: BarCollector): Uint32Array {
  const rows = Uint32Array.from({ length }, (_, i) => i).sort((a, b) => time[a]! - time[b]! || a - b);
  let kept = 0;
  for (let i = 0; i < length; i++) {
    if (i + 1 < length && time[rows[i + 1]!] === time[rows[i]!]) continue;
    rows[kept++] = rows[i]!;
  }
  return rows.subarray(0, kept);
}
