import { openStore, type Store } from './database.ts';

/**
 * A database that comes into being with its first change: whoever only looks at a workspace that is not there, or asks for
 * something impossible, leaves nothing behind. `begin` writes what every database holds from its start.
 */
export function openDraft(file: string, begin: (store: Store) => void): Store {
  let isDraft = true;
  let current = openStore(':memory:');
  begin(current);

  function settled(): Store {
    if (!isDraft) return current;
    const real = openStore(file);
    begin(real);
    current.close();
    current = real;
    isDraft = false;
    return real;
  }

  return {
    file,
    get raw() {
      return current.raw;
    },
    // There is no log of what is not there yet.
    damagedLog: undefined,
    all: (query) => current.all(query),
    first: (query) => current.first(query),
    run: (query) => settled().run(query),
    insert: (table, row) => settled().insert(table, row),
    insertAll: (table, rows, shared) => settled().insertAll(table, rows, shared),
    // What changes anything by one of these does so in a transaction.
    prepare: (sql) => current.prepare(sql),
    transaction: (work) => settled().transaction(work),
    reading: (work) => current.reading(work),
    putLogAway: () => current.putLogAway(),
    close: () => current.close(),
  };
}
