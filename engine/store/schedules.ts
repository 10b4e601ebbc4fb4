import type { Selectable } from 'kysely';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { SchedulesTable } from './submission-tables.ts';

export type ScheduleRow = Selectable<SchedulesTable>;

/** By name. */
export function listSchedules(store: Reader): ScheduleRow[] {
  return store.all(sqlBuilder.selectFrom('schedules').selectAll().orderBy('name'));
}

export function findSchedule(store: Reader, name: string): ScheduleRow | undefined {
  return store.first(sqlBuilder.selectFrom('schedules').selectAll().where('name', '=', name));
}

export function removeSchedule(store: Store, name: string): void {
  store.run(sqlBuilder.deleteFrom('schedules').where('name', '=', name));
}

/** Writes one down, or what is new about it. */
export function setSchedule(store: Store, row: ScheduleRow): void {
  if (findSchedule(store, row.name) === undefined) store.insert('schedules', row);
  else store.run(sqlBuilder.updateTable('schedules').set(row).where('name', '=', row.name));
}
