import { parquetWriteBuffer } from 'hyparquet-writer';

/** `time`: ISO 8601 text, a timestamp in the file; `flag`: yes or no, a truth value there. */
export type ColumnKind = 'number' | 'integer' | 'text' | 'time' | 'flag';

export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** One per row; null: unknown. Of `number` also a typed array, whose NaN stay. */
  readonly values: readonly (string | number | null)[] | Float64Array;
}

const TYPES = {
  number: 'DOUBLE',
  integer: 'INT32',
  text: 'STRING',
  time: 'TIMESTAMP',
  flag: 'BOOLEAN',
} as const satisfies Record<ColumnKind, string>;

/**
 * A table as a Parquet file, compressed with Snappy. The types of columns are those of their kinds, whatever is in them, so that files of one
 * table can be read together.
 */
export function parquetTable(columns: readonly TableColumn[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, kind, values }) => ({
        name,
        type: TYPES[kind],
        data: dataOf(kind, values),
      })),
      createdBy: 'Regimen',
    }),
  );
}

function dataOf(kind: ColumnKind, values: TableColumn['values']): unknown[] | Float64Array {
  if (values instanceof Float64Array) return values;
  switch (kind) {
    case 'time':
      return values.map((value) => (value === null ? null : new Date(value)));
    case 'flag':
      return values.map((value) => (value === null ? null : value === 'yes'));
    default:
      return [...values];
  }
}
