import type { TableLayout } from './format.ts';
import type { TextSample } from './sample.ts';
import { isEpoch } from './stamp-look.ts';
import { EPOCH_UNITS, type EpochUnit } from './stamp-number.ts';

type FromSample =
  | 'delimiter'
  | 'decimalComma'
  | 'headerLines'
  | 'columns'
  | 'dateOrder'
  | 'epochUnit'
  | 'hiddenLines';
type Optional = 'spreadUnit' | 'hints';

/** What most stamps count since 1970, where they are plain numbers. */
function epochUnit({ rows }: TextSample, [column, clock]: readonly number[]): EpochUnit | undefined {
  if (column === undefined || clock !== undefined) return undefined;
  const lengths = rows
    .map((row) => row[column] ?? '')
    .filter(isEpoch)
    .map((cell) => cell.split('.')[0]!.length);
  if (lengths.length === 0 || lengths.length < rows.length / 2) return undefined;
  const typical = lengths.sort((a, b) => a - b)[lengths.length >> 1]!;
  return EPOCH_UNITS.find((_, i) => typical <= 10 + 3 * i);
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
    spreadUnit: 'price',
    hints: { notes: [] },
    ...meaning,
  };
}
