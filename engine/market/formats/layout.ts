import type { TableLayout } from './format.ts';
import type { TextSample } from './sample.ts';

type FromSample = 'delimiter' | 'decimalComma' | 'headerLines' | 'columns' | 'dateOrder';
type Optional = 'spreadUnit' | 'hints';

/** A layout on what the sample shows about the text itself; the format adds what its columns mean. */
export function layoutFrom(
  sample: TextSample,
  meaning: Omit<TableLayout, FromSample | Optional> & Partial<TableLayout>,
): TableLayout {
  return {
    delimiter: sample.delimiter,
    decimalComma: sample.decimalComma,
    headerLines: sample.headerLines,
    columns: sample.columns,
    dateOrder: sample.dateOrder,
    spreadUnit: 'price',
    hints: { notes: [] },
    ...meaning,
  };
}
