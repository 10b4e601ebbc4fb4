import { z } from 'zod';

/** As what tables leave: for spreadsheets, for data tools, and for scripts, as a list of objects. */
export const TABLE_FORMATS = ['csv', 'parquet', 'json'] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Beside a file that a table is written to. */
export const tableFormatField = z
  .enum(TABLE_FORMATS)
  .optional()
  .describe('format of the file: csv, parquet or json; without it what its name ends in, else csv');

/** What a table is written as. */
export function tableFormatOf(asked: TableFormat | undefined, file: string | undefined): TableFormat {
  const ending = file?.toLowerCase().match(/\.(parquet|json)$/)?.[1] as TableFormat | undefined;
  return asked ?? ending ?? 'csv';
}
