import type { Selectable } from 'kysely';
import type { TrainingState } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { SubmissionsTable, TrainingsTable } from './submission-tables.ts';

export type SubmissionRow = Selectable<SubmissionsTable>;
export type TrainingRow = Selectable<TrainingsTable>;

export function findSubmission(store: Reader, key: string): SubmissionRow | undefined {
  return store.first(sqlBuilder.selectFrom('submissions').selectAll().where('key', '=', key));
}

export function insertSubmission(store: Store, row: SubmissionRow): void {
  store.insert('submissions', row);
}

/** Keys are for asking again soon: those from before `time` are forgotten. */
export function forgetSubmissions(store: Store, time: number): void {
  store.run(sqlBuilder.deleteFrom('submissions').where('created_at', '<', time));
}

export function insertTraining(store: Store, row: TrainingRow): void {
  store.insert('trainings', row);
}

/** Newest first, so many of them. */
export function newestTrainings(store: Reader, most: number): TrainingRow[] {
  return store.all(
    sqlBuilder
      .selectFrom('trainings')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(most),
  );
}

/** Of a schedule, newest first, so many of them. */
export function trainingsOfSchedule(store: Reader, schedule: string, most: number): TrainingRow[] {
  return store.all(
    sqlBuilder
      .selectFrom('trainings')
      .selectAll()
      .where('schedule', '=', schedule)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(most),
  );
}

/** Oldest first. */
export function listTrainings(store: Reader, states?: readonly TrainingState[]): TrainingRow[] {
  const all = sqlBuilder.selectFrom('trainings').selectAll().orderBy('created_at').orderBy('id');
  return store.all(states === undefined ? all : all.where('state', 'in', states));
}

export function findTraining(store: Reader, id: string): TrainingRow | undefined {
  return store.first(sqlBuilder.selectFrom('trainings').selectAll().where('id', '=', id));
}

/** @throws EngineError `not-found` */
export function requireTraining(store: Reader, id: string): TrainingRow {
  const row = findTraining(store, id);
  if (row !== undefined) return row;
  throw new EngineError('not-found', `There is no job ${JSON.stringify(id)} in this workspace.`);
}

export function updateTraining(store: Store, id: string, change: Partial<Omit<TrainingRow, 'id'>>): void {
  store.run(sqlBuilder.updateTable('trainings').set(change).where('id', '=', id));
}
