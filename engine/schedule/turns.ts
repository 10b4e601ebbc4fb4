import type { TrainingOrigin } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { livenessOf, type Owner, sameOwner } from '../queue/owner.ts';
import type { AskedTraining } from '../registry/asked.ts';
import { allSeries } from '../store/series.ts';
import {
  findTraining,
  insertTraining,
  listTrainings,
  type TrainingRow,
  updateTraining,
} from '../store/submissions.ts';
import type { ScheduleDeps } from './deps.ts';
import { askedOf, COMMAND_ENDED, isLeft, titleOf } from './rows.ts';

/** Whose turn it is: trainings of a workspace are done one at a time, by whatever processes have it open. */

/** Who asked for a training, and what the model is called there. */
export interface TrainingOf {
  readonly origin: TrainingOrigin;
  readonly label: string;
  readonly schedule?: string | null;
}

type TurnDeps = Pick<ScheduleDeps, 'store' | 'processes' | 'now'>;

/** The one that is to be done next by a window or server, which is this process's from then on. */
export function claimNext({ store, processes, now }: TurnDeps): TrainingRow | undefined {
  // A transaction writes, even if it changes nothing.
  if (listTrainings(store, ['running', 'pending']).length === 0) return undefined;
  return store.transaction(() => {
    const begun = listTrainings(store, ['running']).filter((row) => {
      const isOver = row.origin === 'command line' && isLeft(row, processes);
      if (isOver) {
        updateTraining(store, row.id, { state: 'interrupted', error: COMMAND_ENDED, finished_at: now() });
      }
      return !isOver;
    });
    // A command's own is done by it alone.
    if (begun.some((row) => row.origin === 'command line' || isElsewhere(row, processes))) return undefined;
    const next = begun[0] ?? listTrainings(store, ['pending'])[0];
    if (next === undefined) return undefined;
    const of = {
      state: 'running' as const,
      owner: JSON.stringify(processes.self),
      started_at: next.started_at ?? now(),
    };
    updateTraining(store, next.id, of);
    return { ...next, ...of };
  });
}

/** What a schedule asked for and a process left when it ended, for a command that does the schedule's work; now its own. */
export function takeLeft({ store, processes, now }: TurnDeps, schedule: string): TrainingRow | undefined {
  const left = listTrainings(store, ['running', 'pending']).find(
    (row) => row.schedule === schedule && row.origin === 'schedule' && isLeft(row, processes),
  );
  if (left === undefined) return undefined;
  const of = {
    state: 'running' as const,
    owner: JSON.stringify(processes.self),
    started_at: left.started_at ?? now(),
  };
  updateTraining(store, left.id, of);
  return { ...left, ...of };
}

/** Whether the process that does it may still be there, and is another. */
function isElsewhere({ id, owner }: TrainingRow, processes: ScheduleDeps['processes']): boolean {
  if (owner === null) return false;
  const whose = storedJson<Owner>(owner, `the owner of training ${id}`);
  return !sameOwner(whose, processes.self) && livenessOf(whose, processes) !== 'dead';
}

/** @throws EngineError `conflict` where one of the same name is not done yet */
export function assertNoOther({ store, processes }: TurnDeps, asked: AskedTraining): void {
  const title = titleOf(asked);
  const busy = listTrainings(store, ['running', 'pending']).find(
    (row) => titleOf(askedOf(row)) === title && !(row.origin === 'command line' && isLeft(row, processes)),
  );
  if (busy === undefined) return;
  throw new EngineError(
    'conflict',
    `${title}: a production training is at work already (${busy.id}). Wait for it, or cancel it.`,
  );
}

/** What a command does itself, now. @throws EngineError `workspace-busy` while another is at work */
export function beginHere(deps: TurnDeps, asked: AskedTraining, of: TrainingOf): TrainingRow {
  const { store, processes, now } = deps;
  return store.transaction(() => {
    const other = listTrainings(store, ['running']).find((row) => !isLeft(row, processes));
    if (other !== undefined) {
      throw new EngineError(
        'workspace-busy',
        `The production training of ${titleOf(askedOf(other))} (${other.id}) is at work in another process. They are done one at a time: wait for it, or cancel it.`,
      );
    }
    const owner = JSON.stringify(processes.self);
    const left = of.origin === 'command line' ? leftBefore(deps, asked) : undefined;
    if (left !== undefined) {
      const begun = { state: 'running' as const, owner, error: null, finished_at: null };
      updateTraining(store, left.id, begun);
      return { ...left, ...begun };
    }
    const row: TrainingRow = {
      ...pendingTraining(deps, asked, of),
      state: 'running',
      owner,
      started_at: now(),
    };
    insertTraining(store, row);
    return row;
  });
}

/** What a killed command left of the same training, which goes on where no candles came since. */
function leftBefore({ store, processes }: TurnDeps, asked: AskedTraining): TrainingRow | undefined {
  const wishes = JSON.stringify(asked);
  const left = listTrainings(store, ['running', 'interrupted']).findLast(
    (row) =>
      row.origin === 'command line' &&
      row.wishes === wishes &&
      isLeft(row, processes) &&
      (row.state === 'running' || row.error === COMMAND_ENDED),
  );
  const { symbol } = asked;
  const changed = allSeries(store).some(
    (series) =>
      (symbol === undefined || series.symbol === symbol) && series.imported_at > (left?.started_at ?? 0),
  );
  return changed ? undefined : left;
}

export function pendingTraining(
  { store, now }: Pick<ScheduleDeps, 'store' | 'now'>,
  asked: AskedTraining,
  { origin, label, schedule }: TrainingOf,
): TrainingRow {
  const createdAt = now();
  return {
    id: freeId(store, label, createdAt),
    label,
    origin,
    wishes: JSON.stringify(asked),
    state: 'pending',
    jobs: '[]',
    owner: null,
    names: '[]',
    error: null,
    created_at: createdAt,
    started_at: null,
    finished_at: null,
    schedule: schedule ?? null,
  };
}

/** Two in the same millisecond have different ids. */
function freeId(store: ScheduleDeps['store'], label: string, from: number): string {
  for (let at = from; ; at += 1) {
    const id = `train_${label}_${(at / 1000).toFixed(3)}`;
    if (findTraining(store, id) === undefined) return id;
  }
}
