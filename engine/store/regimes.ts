import { isDeepStrictEqual } from 'node:util';
import type { RegimeDefinition } from '../regimes/definition.ts';
import type { Reader, Store } from './database.ts';
import { sqlBuilder } from './database.ts';
import type { RegimesTable } from './schema.ts';

/**
 * Takes over the configuration's regimes. One that is no longer configured stays, without a position: older runs and
 * champions speak of it.
 */
export function syncRegimes(store: Store, definitions: readonly RegimeDefinition[]): void {
  const rows = definitions.map(
    (definition, position): RegimesTable => ({
      name: definition.name,
      position,
      definition: JSON.stringify(definition),
      active: definition.active ? 1 : 0,
    }),
  );
  // Every command comes by here, and one that fails must leave the file as it was.
  if (isDeepStrictEqual(configuredRegimes(store), rows)) return;
  store.transaction(() => {
    store.run(sqlBuilder.updateTable('regimes').set({ active: 0, position: null }));
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

/** The configured regimes, active or not, in the order in which they are tried. */
export function configuredRegimes(store: Reader): RegimesTable[] {
  return store.all(
    sqlBuilder.selectFrom('regimes').selectAll().where('position', 'is not', null).orderBy('position'),
  );
}
