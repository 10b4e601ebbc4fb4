import { timeframeOfSpacing, typicalSpacing } from '../../time/spacing.ts';
import type { TableLayout } from './format.ts';
import type { TextSample } from './sample.ts';
import { isEpoch, isStamp } from './stamp-look.ts';
import { type ClockDigits, EPOCH_UNITS, type EpochUnit } from './stamp-number.ts';

type FromSample =
  | 'delimiter'
  | 'decimalComma'
  | 'headerLines'
  | 'columns'
  | 'dateOrder'
  | 'epochUnit'
  | 'clockDigits'
  | 'hiddenLines';
type Optional = 'spreadUnit' | 'hints';

/** What most stamps count since 1970, where they are plain numbers. */
function epochUnit({ rows }: TextSample, [column, clock]: readonly number[]): EpochUnit | undefined {
  if (column === undefined || clock !== undefined) return undefined;
  const cells = rows.map((row) => row[column] ?? '');
  if (countsSeconds(cells)) return 1;
  const lengths = cells.filter(isEpoch).map((cell) => cell.split('.')[0]!.length);
  if (lengths.length === 0 || lengths.length < rows.length / 2) return undefined;
  const typical = lengths.sort((a, b) => a - b)[lengths.length >> 1]!;
  return EPOCH_UNITS.find((_, i) => typical <= 10 + 3 * i);
}

/** Whether numbers too short for an epoch of today are no dates either, and a timeframe's seconds apart: they are of before 1973. */
function countsSeconds(cells: readonly string[]): boolean {
  if (cells.length < 3 || !cells.every((cell) => /^-?\d{1,8}$/.test(cell))) return false;
  if (cells.filter((cell) => isStamp(cell, 'ymd')).length > cells.length / 2) return false;
  const spacing = typicalSpacing(Float64Array.from(cells, (cell) => Number(cell) * 1000).sort());
  return spacing !== 0 && timeframeOfSpacing(spacing) !== undefined;
}

/** How many digits the longest time of day has, where all of them are plain numbers in a column of their own. */
function clockDigits({ rows }: TextSample, [, clock]: readonly number[]): ClockDigits | undefined {
  if (clock === undefined) return undefined;
  const cells = rows.map((row) => row[clock] ?? '');
  if (!cells.every((cell) => /^\d{1,6}$/.test(cell)) || cells.every((cell) => /^0+$/.test(cell)))
    return undefined;
  const longest = Math.max(...cells.map((cell) => cell.length));
  return longest <= 2 ? 2 : longest <= 4 ? 4 : 6;
}

/** A layout on what the sample shows about the text itself; the format adds what its columns mean. */
export function layoutFrom(
  sample: TextSample,
  meaning: Omit<TableLayout, FromSample | Optional> & Partial<TableLayout>,
): TableLayout {
  return {
    delimiter: sample.delimiter,
    decimalComma: sample.decimalComma,
    headerLines: sample.headerLines,
    hiddenLines: sample.origin === undefined ? 0 : sample.headerLines,
    columns: sample.columns,
    dateOrder: sample.dateOrder,
    epochUnit: epochUnit(sample, meaning.stamp),
    clockDigits: clockDigits(sample, meaning.stamp),
    spreadUnit: 'price',
    hints: { notes: [] },
    ...meaning,
  };
}
