import type { Selectable } from 'kysely';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { ForwardBarsTable, ForwardTestsTable } from './forward-tables.ts';
import { allSeries } from './series.ts';

export type ForwardTestRow = Selectable<ForwardTestsTable>;
export type ForwardBarRow = Selectable<ForwardBarsTable>;

/** The newest first. */
export function forwardTests(store: Reader, name?: string): ForwardTestRow[] {
  let query = sqlBuilder.selectFrom('forward_tests').selectAll().orderBy('id', 'desc');
  if (name !== undefined) query = query.where('name', '=', name);
  return store.all(query);
}

/** Of versions that are in charge. */
export function openForwardTests(store: Reader): ForwardTestRow[] {
  return store.all(
    sqlBuilder.selectFrom('forward_tests').selectAll().where('ended_at', 'is', null).orderBy('id'),
  );
}

/** What is put in charge, and where. */
interface Charged extends Pick<ForwardTestRow, 'name' | 'version' | 'symbol' | 'timeframe'> {
  readonly at: number;
}

/** A version begins to trade on paper, on bars that are not stored yet; to be called in the transaction that puts it in charge. */
export function beginForwardTest(store: Store, { at, ...row }: Charged): void {
  store.insert('forward_tests', {
    ...row,
    begun_at: at,
    after_close: newestClose(store, row.symbol, row.timeframe) ?? at,
    ended_at: null,
    promise: null,
    stale_at: null,
    stale_reason: null,
    message: null,
  });
}

/** Close of the newest stored bar that a timeframe is made of, ms UTC. */
function newestClose(store: Reader, symbol: string, timeframe: Timeframe): number | undefined {
  const closes = allSeries(store)
    .filter((row) => row.symbol === symbol && timeframeMs(row.timeframe) <= timeframeMs(timeframe))
    .map((row) => row.last_time + timeframeMs(row.timeframe));
  return closes.length === 0 ? undefined : Math.max(...closes);
}

/** Nobody of a name is in charge any more; to be called in the transaction that says so. */
export function endForwardTests(store: Store, name: string, at: number): void {
  const open = sqlBuilder.updateTable('forward_tests').set({ ended_at: at });
  store.run(open.where('name', '=', name).where('ended_at', 'is', null));
}

export function changeForwardTest(
  store: Store,
  id: number,
  change: Partial<Pick<ForwardTestRow, 'promise' | 'stale_at' | 'stale_reason' | 'message'>>,
): void {
  store.run(sqlBuilder.updateTable('forward_tests').set(change).where('id', '=', id));
}

/** By time. */
export function forwardBars(store: Reader, id: number): ForwardBarRow[] {
  return store.all(
    sqlBuilder.selectFrom('forward_bars').selectAll().where('test_id', '=', id).orderBy('time'),
  );
}

/** Opening time of the newest bar that it traded on, ms UTC. */
export function newestForwardBar(store: Reader, id: number): number | undefined {
  const newest = sqlBuilder
    .selectFrom('forward_bars')
    .select('time')
    .where('test_id', '=', id)
    .orderBy('time', 'desc')
    .limit(1);
  return store.first(newest)?.time;
}

/** Those that are newer than what is there, so that a bar is there once, whoever scores it. Returns how many. */
export function appendForwardBars(
  store: Store,
  id: number,
  bars: readonly Omit<ForwardBarRow, 'test_id'>[],
): number {
  return store.transaction(() => {
    const newest = newestForwardBar(store, id) ?? Number.NEGATIVE_INFINITY;
    const fresh = bars.filter(({ time }) => time > newest);
    for (const bar of fresh) store.insert('forward_bars', { test_id: id, ...bar });
    return fresh.length;
  });
}
