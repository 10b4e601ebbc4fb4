import { storedJson } from '../contract/stored-json.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { FormerCandlesTable } from './schema.ts';

/** A candle file of a series that has another one by now. */
export interface FormerCandles {
  /** Name in the folder of candles. */
  readonly file: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly digest: string;
  /** ms since 1970-01-01 UTC */
  readonly replacedAt: number;
  /** Digests of the views that it is kept for. */
  readonly views: readonly string[];
}

export function insertFormerCandles(store: Store, { replacedAt, views, ...former }: FormerCandles): void {
  const row: FormerCandlesTable = { ...former, replaced_at: replacedAt, views: JSON.stringify(views) };
  store.insert('former_candles', row);
}

/** Those of one symbol or of all, the newest first. */
export function formerCandles(store: Reader, symbol?: string): FormerCandles[] {
  const all = sqlBuilder
    .selectFrom('former_candles')
    .selectAll()
    .orderBy('replaced_at', 'desc')
    .orderBy('file');
  return store
    .all(symbol === undefined ? all : all.where('symbol', '=', symbol))
    .map(({ replaced_at: replacedAt, views, ...row }) => ({
      ...row,
      replacedAt,
      views: storedJson<string[]>(views, `the record of ${row.file}`),
    }));
}

export function deleteFormerCandles(store: Store, file: string): void {
  store.run(sqlBuilder.deleteFrom('former_candles').where('file', '=', file));
}
