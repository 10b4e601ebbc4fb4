import type { QualityReport } from '../contract/quality.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { Session } from '../market/trading-week.ts';
import type { Reader, Store } from './database.ts';
import { sqlBuilder } from './database.ts';
import type { SeriesTable } from './schema.ts';

/** Records a series' current candle file; an earlier record of the same symbol and timeframe is replaced. */
export function saveSeries(store: Store, row: SeriesTable): void {
  const { symbol: _symbol, timeframe: _timeframe, ...rest } = row;
  store.run(
    sqlBuilder
      .insertInto('series')
      .values(row)
      .onConflict((c) => c.columns(['symbol', 'timeframe']).doUpdateSet(rest)),
  );
}

export function deleteSeries(store: Store, symbol: string, timeframe: Timeframe): void {
  store.run(sqlBuilder.deleteFrom('series').where('symbol', '=', symbol).where('timeframe', '=', timeframe));
}

export function findSeries(store: Reader, symbol: string, timeframe: Timeframe): SeriesTable | undefined {
  return store.first(
    sqlBuilder
      .selectFrom('series')
      .selectAll()
      .where('symbol', '=', symbol)
      .where('timeframe', '=', timeframe),
  );
}

/** When the market of a series trades; of one whose report does not say, in the currency week. */
export function sessionOf({ quality }: SeriesTable): Session {
  return (JSON.parse(quality) as Partial<QualityReport>).session ?? 'currency-week';
}

export function allSeries(store: Reader): SeriesTable[] {
  return store.all(sqlBuilder.selectFrom('series').selectAll().orderBy('symbol').orderBy('timeframe'));
}
