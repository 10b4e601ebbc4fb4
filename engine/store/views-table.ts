import type { ViewedTable } from '../contract/api/views.ts';

/** A view of a table of the window and the command line, under its name. */
export interface ViewsTable {
  subject: ViewedTable;
  name: string;
  /** JSON: what the Api's list of the table is asked for. */
  query: string;
  /** When it was saved, ms since 1970-01-01 UTC. */
  at: number;
}
