import type { Selectable } from 'kysely';
import type { BrokerTradesTable } from './broker-trades-table.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';

export type BrokerTradeRow = Selectable<BrokerTradesTable>;

/** By time; of one account or of all. */
export function brokerTrades(store: Reader, account?: string): BrokerTradeRow[] {
  let query = sqlBuilder.selectFrom('broker_trades').selectAll().orderBy('open_time').orderBy('ticket');
  if (account !== undefined) query = query.where('account', '=', account);
  return store.all(query);
}

/** Trades of a statement, each in the place of what an earlier statement had of it; returns how many are new and how many changed. */
export function saveBrokerTrades(
  store: Store,
  account: string,
  rows: readonly Omit<BrokerTradeRow, 'account'>[],
): { added: number; changed: number } {
  return store.transaction(() => {
    const known = new Map(brokerTrades(store, account).map((row) => [row.ticket, row]));
    let [added, changed] = [0, 0];
    for (const row of rows) {
      const before = known.get(row.ticket);
      if (before === undefined) added++;
      else if (isSame(before, row)) continue;
      else {
        // A statement of earlier knows less of a trade that was left since.
        if (row.close_time === null && before.close_time !== null) continue;
        changed++;
        const same = sqlBuilder.deleteFrom('broker_trades').where('account', '=', account);
        store.run(same.where('ticket', '=', row.ticket));
      }
      store.insert('broker_trades', { account, ...row });
    }
    return { added, changed };
  });
}

const COMPARED = [
  'symbol',
  'direction',
  'volume',
  'open_time',
  'open_price',
  'close_time',
  'close_price',
  'commission',
  'swap',
  'profit',
] as const;

function isSame(a: BrokerTradeRow, b: Omit<BrokerTradeRow, 'account'>): boolean {
  return COMPARED.every((column) => a[column] === b[column]);
}

/** Returns how many there were. */
export function deleteBrokerTrades(store: Store, account: string): number {
  return store.run(sqlBuilder.deleteFrom('broker_trades').where('account', '=', account)).changes;
}
