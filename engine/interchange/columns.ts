import type { TableFormat } from '../contract/table-format.ts';
import { csvLine } from '../files/csv.ts';
import { type ColumnKind, parquetTable } from './parquet/write-table.ts';

export type Cell = string | number | null;

/** A column of a table: name, value of a row, and what kind of value that is; absent: a number. */
export type Column<Row> = readonly [string, (row: Row) => Cell, ColumnKind?];

/** Rows as a file of one of the two formats. */
export function tableFile<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  format: TableFormat,
): string | Uint8Array {
  if (format === 'parquet') {
    return parquetTable(
      columns.map(([name, cell, kind = 'number']) => ({ name, kind, values: rows.map(cell) })),
    );
  }
  if (format === 'json') {
    return jsonRows(
      rows.map((row) => columns.map(([name, cell, kind]) => [name, jsonCell(cell(row), kind)])),
    );
  }
  const head = csvLine(columns.map(([name]) => name));
  return head + rows.map((row) => csvLine(columns.map(([, cell]) => cell(row)))).join('');
}

/** A list of objects, one a line. */
function jsonRows(rows: readonly (readonly (readonly [string, unknown])[])[]): string {
  return `[\n${rows.map((row) => JSON.stringify(Object.fromEntries(row))).join(',\n')}\n]\n`;
}

/** A flag as a truth value. */
export function jsonCell(value: Cell, kind: ColumnKind | undefined): Cell | boolean {
  return kind === 'flag' && value !== null ? value === 'yes' : value;
}
