import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Trades of real accounts, as statements of their brokers have them. */
export function brokerTrades(db: Database): void {
  const change = `
    CREATE TABLE broker_trades (
      account      TEXT     NOT NULL,
      ticket       TEXT     NOT NULL,
      symbol       TEXT     NOT NULL,
      direction    INTEGER  NOT NULL,
      volume       REAL     NOT NULL,
      open_time    INTEGER  NOT NULL,
      open_price   REAL     NOT NULL,
      close_time   INTEGER,
      close_price  REAL,
      commission   REAL     NOT NULL,
      swap         REAL     NOT NULL,
      profit       REAL     NOT NULL,
      source       TEXT     NOT NULL,
      at           INTEGER  NOT NULL,
      PRIMARY KEY (account, ticket)
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
