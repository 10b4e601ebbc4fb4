import type { QualityReport } from '../contract/quality.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { Session } from '../market/time/trading-week.ts';
import type { Reader, Store } from './database.ts';
import { sqlBuilder } from './database.ts';
import { fixedQuery } from './fixed-query.ts';
import type { SeriesTable } from './schema.ts';
import { filesOfChanges } from './series-changes.ts';
import { damagedRow, isUnsound } from './soundness.ts';

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

/** @throws EngineError `artifact-damaged` where it is not what was written, or should be there */
export function findSeries(store: Reader, symbol: string, timeframe: Timeframe): SeriesTable | undefined {
  const row = store.first(seriesOf(symbol, timeframe));
  if (isUnsound(store, 'series', { symbol, timeframe })) {
    throw damagedRow(store.file, { kind: 'series', owner: `${symbol} ${timeframe}` });
  }
  return row;
}

const seriesOf = fixedQuery((symbol: string, timeframe: Timeframe) =>
  sqlBuilder.selectFrom('series').selectAll().where('symbol', '=', symbol).where('timeframe', '=', timeframe),
);

/** When the market of a series trades; of one whose report does not say, in the currency week. */
export function sessionOf({ quality }: SeriesTable): Session {
  return (
    storedJson<Partial<QualityReport>>(quality, 'the quality report of a series').session ?? 'currency-week'
  );
}

/** Candle files that the database names, with their digests: today's, former ones that runs need, and those that an undo would bring back. */
export function storedCandleFiles(store: Reader): { file: string; digest: string }[] {
  const columns = ['file', 'digest'] as const;
  return [
    ...store.all(sqlBuilder.selectFrom('series').select(columns).orderBy('file')),
    ...store.all(sqlBuilder.selectFrom('former_candles').select(columns).orderBy('file')),
    ...filesOfChanges(store).map(({ file, digest }) => ({ file, digest })),
  ];
}

/** When the first of today's series was imported, milliseconds since 1970-01-01 UTC; null without any. */
export function firstImport(store: Reader): number | null {
  const row = store.first(sqlBuilder.selectFrom('series').select((e) => e.fn.min('imported_at').as('at')));
  return row?.at ?? null;
}

export function allSeries(store: Reader): SeriesTable[] {
  return store.all(sqlBuilder.selectFrom('series').selectAll().orderBy('symbol').orderBy('timeframe'));
}
