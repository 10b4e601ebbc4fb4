import type { Store } from './database.ts';
import { sqlBuilder } from './database.ts';
import type { RegimesTable } from './schema.ts';

/**
 * Takes over the configuration's regimes. One that is no longer configured stays, inactive: older runs and
 * champions speak of it.
 */
export function syncRegimes(store: Store, rows: readonly RegimesTable[]): void {
  store.transaction(() => {
    store.run(sqlBuilder.updateTable('regimes').set({ active: 0 }));
    for (const row of rows) {
      const { name: _name, ...rest } = row;
      store.run(
        sqlBuilder
          .insertInto('regimes')
          .values(row)
          .onConflict((c) => c.column('name').doUpdateSet(rest)),
      );
    }
  });
}

export function allRegimes(store: Store): RegimesTable[] {
  return store.all(
    sqlBuilder
      .selectFrom('regimes')
      .selectAll()
      .orderBy('active', 'desc')
      .orderBy('position')
      .orderBy('name'),
  );
}
