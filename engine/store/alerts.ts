import type { Selectable } from 'kysely';
import type { AlertsTable, AlertTargetsTable } from './alert-tables.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';

export type AlertTargetRow = Selectable<AlertTargetsTable>;
export type AlertRow = Selectable<AlertsTable>;

/** Alerts that were sent are kept this long. */
const KEPT_MS = 7 * 86_400_000;

/** By name. */
export function alertTargets(store: Reader): AlertTargetRow[] {
  return store.all(sqlBuilder.selectFrom('alert_targets').selectAll().orderBy('name'));
}

/** In the place of one of the same name. */
export function saveAlertTarget(store: Store, row: AlertTargetRow): void {
  store.transaction(() => {
    store.run(sqlBuilder.deleteFrom('alert_targets').where('name', '=', row.name));
    store.insert('alert_targets', row);
  });
}

/** What waits for it is not sent; false where there is none. */
export function deleteAlertTarget(store: Store, name: string): boolean {
  return store.transaction(() => {
    store.run(sqlBuilder.deleteFrom('alerts').where('target', '=', name));
    return store.run(sqlBuilder.deleteFrom('alert_targets').where('name', '=', name)).changes > 0;
  });
}

export function insertAlert(
  store: Store,
  row: Pick<AlertRow, 'id' | 'target' | 'at' | 'event' | 'alert'>,
): void {
  const waiting = { attempts: 0, next_at: row.at, sent_at: null, given_up: 0, error: null };
  store.insert('alerts', { ...row, ...waiting });
}

/** What is not sent, oldest first. */
export function unsentAlerts(store: Reader): AlertRow[] {
  return store.all(
    sqlBuilder.selectFrom('alerts').selectAll().where('sent_at', 'is', null).orderBy('number'),
  );
}

/** Of each target the oldest alert, where it is due: they go out in order. The caller has it until `until`, ms UTC. */
export function claimAlerts(
  store: Store,
  now: number,
  until: number,
  targets: readonly string[],
): AlertRow[] {
  return store.transaction(() => {
    const first = new Map<string, AlertRow>();
    for (const row of unsentAlerts(store)) {
      if (row.given_up === 0 && targets.includes(row.target) && !first.has(row.target))
        first.set(row.target, row);
    }
    const due = [...first.values()].filter(({ next_at }) => next_at <= now);
    for (const { id } of due) updateAlert(store, id, { next_at: until });
    return due;
  });
}

export function updateAlert(
  store: Store,
  id: string,
  change: Partial<Pick<AlertRow, 'attempts' | 'next_at' | 'sent_at' | 'given_up' | 'error'>>,
): void {
  store.run(sqlBuilder.updateTable('alerts').set(change).where('id', '=', id));
}

/** Those that were sent long ago are forgotten. */
export function forgetAlerts(store: Store, now: number): void {
  store.run(sqlBuilder.deleteFrom('alerts').where('sent_at', '<', now - KEPT_MS));
}

/** What is known of a thing; undefined: it was never looked at. */
export function alertState(store: Reader, key: string): string | undefined {
  return store.first(sqlBuilder.selectFrom('alert_states').select('value').where('key', '=', key))?.value;
}

export function setAlertState(store: Store, key: string, value: string): void {
  store.run(sqlBuilder.deleteFrom('alert_states').where('key', '=', key));
  store.insert('alert_states', { key, value });
}
