import type { ViewedTable } from '../contract/api/views.ts';
import type { SavedViewDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';

/** By table and name. */
export function savedViews(store: Reader): SavedViewDto[] {
  return store
    .all(sqlBuilder.selectFrom('views').selectAll().orderBy('subject').orderBy('name'))
    .map(({ subject, name, query, at }) => ({
      table: subject,
      name,
      query: storedJson<SavedViewDto['query']>(query, `the view ${name} of ${subject}`),
      savedAt: new Date(at).toISOString(),
    }));
}

/** In the place of one with the same name. In a transaction. */
export function saveView(
  store: Store,
  { table, name, query }: Omit<SavedViewDto, 'savedAt'>,
  at: number,
): void {
  deleteView(store, table, name);
  store.insert('views', { subject: table, name, query: JSON.stringify(query), at });
}

export function deleteView(store: Store, table: ViewedTable, name: string): void {
  store.run(sqlBuilder.deleteFrom('views').where('subject', '=', table).where('name', '=', name));
}
