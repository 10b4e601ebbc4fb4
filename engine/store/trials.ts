import type { Selectable } from 'kysely';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { assertSound } from './soundness.ts';
import type { TrialsTable } from './trials-table.ts';

export type TrialRow = Selectable<TrialsTable>;

/** Once: a trial that is there stays. */
export function insertTrial(store: Store, row: TrialRow): void {
  store.insert('trials', row);
}

/** By study and number. @throws EngineError `artifact-damaged` where one is not what was written */
export function trialsOf(store: Reader, queueId: number): TrialRow[] {
  assertSound(store, 'trials', [queueId]);
  return store.all(
    sqlBuilder
      .selectFrom('trials')
      .selectAll()
      .where('queue_id', '=', queueId)
      .orderBy('study')
      .orderBy('trial'),
  );
}

/** Those of each study from a number on, unchecked: who puts them together with what was read before checks the whole. */
export function trialsFrom(store: Store, queueId: number, first: readonly number[]): TrialRow[] {
  const statement = store.prepare(
    'SELECT * FROM trials WHERE queue_id = ? AND study = ? AND trial >= ? ORDER BY trial',
  );
  return first.flatMap((trial, study) => statement.all(queueId, study, trial) as TrialRow[]);
}

/** A trial of this key that was tried on all folds, in whatever search. */
export function wholeTrial(store: Reader, key: string): TrialRow | undefined {
  const row = store.first(
    sqlBuilder
      .selectFrom('trials')
      .selectAll()
      .where('key', '=', key)
      .where('state', '=', 'completed')
      .orderBy('queue_id')
      .limit(1),
  );
  if (row !== undefined) assertSound(store, 'trials', [row.queue_id]);
  return row;
}

/** Mean seconds of a search's trials by study, those that were known before left out. */
export function trialSeconds(
  store: Reader,
  queueId: number,
): { readonly study: number; readonly trials: number; readonly seconds: number }[] {
  return store.all(
    sqlBuilder
      .selectFrom('trials')
      .select((e) => [
        'study',
        e.fn.countAll<number>().as('trials'),
        e.fn.avg<number>('seconds').as('seconds'),
      ])
      .where('queue_id', '=', queueId)
      .where('state', '!=', 'failed')
      .where('seconds', '>', 0)
      .groupBy('study'),
  );
}
