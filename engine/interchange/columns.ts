import type { TableFormat } from '../contract/table-format.ts';
import { findTimeZone } from '../contract/time-zone.ts';
import { isoIn } from '../contract/zone-days.ts';
import { csvLine } from '../files/csv.ts';
import { type ColumnKind, parquetTable } from './parquet/write-table.ts';

export type Cell = string | number | null;

/** A column of a table: name, value of a row, and what kind of value that is; absent: a number. */
export type Column<Row> = readonly [string, (row: Row) => Cell, ColumnKind?];

/**
 * The same columns with times on the clock of a zone, offset included (UTC without one). Of texts: a Parquet file has instants, which have no zone.
 */
export function columnsIn<Row>(columns: readonly Column<Row>[], zone = 'UTC'): readonly Column<Row>[] {
  const clock = findTimeZone(zone);
  if (clock.name === 'UTC') return columns;
  return columns.map((column): Column<Row> => {
    const [name, cell, kind] = column;
    if (kind !== 'time') return column;
    return [
      name,
      (row) => {
        const value = cell(row);
        return value === null ? null : isoIn(clock, Date.parse(String(value)));
      },
      kind,
    ];
  });
}

/** Rows as a file of one of the formats, their times on the clock of a zone. */
export function tableFile<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  format: TableFormat,
  zone?: string,
): string | Uint8Array {
  if (format === 'parquet') {
    return parquetTable(
      columns.map(([name, cell, kind = 'number']) => ({ name, kind, values: rows.map(cell) })),
    );
  }
  const shown = columnsIn(columns, zone);
  if (format === 'json') {
    return jsonRows(rows.map((row) => shown.map(([name, cell, kind]) => [name, jsonCell(cell(row), kind)])));
  }
  const head = csvLine(shown.map(([name]) => name));
  return head + rows.map((row) => csvLine(shown.map(([, cell]) => cell(row)))).join('');
}

/** A list of objects, one a line. */
function jsonRows(rows: readonly (readonly (readonly [string, unknown])[])[]): string {
  return `[\n${rows.map((row) => JSON.stringify(Object.fromEntries(row))).join(',\n')}\n]\n`;
}

/** A flag as a truth value. */
export function jsonCell(value: Cell, kind: ColumnKind | undefined): Cell | boolean {
  return kind === 'flag' && value !== null ? value === 'yes' : value;
}
