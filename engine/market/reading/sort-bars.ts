import { EngineError } from '../../contract/errors.ts';
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

/**
 * Sorts bars by time; of several that are the same one stays.
 *
 * @throws EngineError `data-invalid` where two with one stamp are not the same: which is right nobody can know
 */
export function sortBars(bars: BarCollector, file: string): { columns: BarColumns; duplicates: number } {
  const order = isAscending(bars) ? undefined : oneOfEachStamp(bars, file);
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

/** Row numbers by ascending time, for each time only one. */
function oneOfEachStamp(bars: BarCollector, file: string): Uint32Array {
  const { time, length } = bars;
  const rows = Uint32Array.from({ length }, (_, i) => i).sort((a, b) => time[a]! - time[b]! || a - b);
  let kept = 0;
  for (let i = 0; i < length; i++) {
    if (i + 1 < length && time[rows[i + 1]!] === time[rows[i]!]) {
      if (!isSameBar(bars, rows[i]!, rows[i + 1]!)) throw twoBars(bars, rows[i]!, rows[i + 1]!, file);
      continue;
    }
    rows[kept++] = rows[i]!;
  }
  return rows.subarray(0, kept);
}

const COMPARED = ['open', 'high', 'low', 'close', 'volume', 'spread'] as const;

function isSameBar(bars: BarCollector, a: number, b: number): boolean {
  return COMPARED.every((column) => Object.is(bars[column][a], bars[column][b]));
}

function twoBars(bars: BarCollector, a: number, b: number, file: string): EngineError {
  const stamp = new Date(bars.time[a]!).toISOString();
  const line = (row: number) => COMPARED.map((column) => bars[column][row]).join(',');
  return new EngineError(
    'data-invalid',
    `${file} was not imported. It has two different bars at ${stamp}: rows ${a + 1} (${line(a)}) and ${b + 1} (${line(b)}), as ${COMPARED.join(',')}. ` +
      'Take the wrong one out. Where a clock was put back at that hour, set the time zone of the file.',
    { file, remedy: 'set-time-zone' },
  );
}
