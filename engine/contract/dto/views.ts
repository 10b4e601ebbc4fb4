/** Columns, order and filters of a table under a name. */
export interface SavedViewDto {
  readonly table: 'history' | 'champions';
  readonly name: string;
  /** What the Api's list of the table is asked for, with `columns`; what is not there is as usual. */
  readonly query: Readonly<Record<string, string | number | boolean>>;
  /** ISO 8601 UTC. */
  readonly savedAt: string;
}
