import type { Selectable } from 'kysely';
import { EngineError } from '../contract/errors.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { unsoundOf } from './soundness.ts';
import type { TokensTable } from './submission-tables.ts';

export type TokenRow = Selectable<TokensTable>;

export function insertToken(store: Store, row: Omit<TokenRow, 'id' | 'revoked_at'>): number {
  return store.insert('tokens', { ...row, revoked_at: null });
}

/** All that were ever made, oldest first. One whose row is not what was written opens nothing. */
export function listTokens(store: Reader): TokenRow[] {
  const rows = store.all(sqlBuilder.selectFrom('tokens').selectAll().orderBy('id'));
  if (rows.length === 0) return rows;
  const damaged = unsoundOf(store, 'tokens');
  return rows.filter(({ id }) => !damaged.has(id));
}

/** @throws EngineError `not-found`, `conflict` for one that is revoked already */
export function revokeToken(store: Store, id: number, at: number): TokenRow {
  return store.transaction(() => {
    const row = listTokens(store).find((one) => one.id === id);
    if (row === undefined) {
      throw new EngineError(
        'not-found',
        `There is no token ${id}: \`token list\` shows those that there are.`,
      );
    }
    if (row.revoked_at !== null)
      throw new EngineError('conflict', `Token ${id} "${row.name}" is revoked already.`);
    store.run(sqlBuilder.updateTable('tokens').set({ revoked_at: at }).where('id', '=', id));
    return { ...row, revoked_at: at };
  });
}
