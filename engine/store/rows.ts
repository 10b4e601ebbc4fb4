import type { RawBuilder } from 'kysely';
import { type Reader, sqlBuilder } from './database.ts';

/** By text, which no type can tell from a change: it begins with `select` or `with`. */
export function rows<O>(store: Reader, query: RawBuilder<unknown>): O[] {
  return store.all<O>({ compile: () => query.compile(sqlBuilder) as never, isSelectQueryBuilder: true });
}
