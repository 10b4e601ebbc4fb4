import { z } from 'zod';

/** As what tables leave: for spreadsheets, and for data tools. */
export const TABLE_FORMATS = ['csv', 'parquet'] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Beside a file that a table is written to. */
export const tableFormatField = z
  .enum(TABLE_FORMATS)
  .optional()
  .describe('format of the file: csv or parquet; without it parquet where it ends in .parquet, else csv');

/** What a table is written as. */
export function tableFormatOf(asked: TableFormat | undefined, file: string | undefined): TableFormat {
  return asked ?? (file?.toLowerCase().endsWith('.parquet') ? 'parquet' : 'csv');
}
