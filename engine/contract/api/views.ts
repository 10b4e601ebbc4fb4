import { z } from 'zod';
import type { SavedViewDto } from '../dto/index.ts';
import { resultInputs } from './results.ts';

/** Tables whose columns, order and filters can be kept under a name. */
export const VIEWED_TABLES = ['history', 'champions'] as const;
export type ViewedTable = (typeof VIEWED_TABLES)[number];

/** What a view of each table may ask for: what the table is exported with, files aside. */
export const viewQueries = {
  history: resultInputs['history.export'].omit({
    csv: true,
    format: true,
    overwrite: true,
    separator: true,
    decimal: true,
    offset: true,
  }),
  champions: resultInputs['champions.export'].omit({ csv: true, format: true, overwrite: true }),
} as const;

const tableField = z.enum(VIEWED_TABLES).describe('the table that it is a view of: history or champions');
const nameField = z
  .string()
  .trim()
  .min(1, 'a view has a name')
  .max(80, 'the name of a view has at most 80 characters')
  .describe('what the view is called');

export const viewInputs = {
  /** Columns, orders and filters of tables that somebody gave a name. */
  'views.list': z.strictObject({}),
  /** In the place of a view of that table with the same name. */
  'views.save': z
    .strictObject({
      table: tableField,
      name: nameField,
      query: z.record(z.string().max(40), z.union([z.string().max(1000), z.number(), z.boolean()])),
    })
    .superRefine(({ table, query }, ctx) => {
      const read = viewQueries[table].safeParse(query);
      for (const { path, message } of read.error?.issues ?? []) {
        ctx.addIssue({ code: 'custom', message, path: ['query', ...path] });
      }
    }),
  'views.remove': z.strictObject({ table: tableField, name: nameField }),
} as const;

export interface ViewResults {
  'views.list': readonly SavedViewDto[];
  'views.save': SavedViewDto;
  'views.remove': SavedViewDto;
}
