import { storedJson } from '../contract/stored-json.ts';
import type { AskedTraining } from '../registry/asked.ts';
import { findSchedule, listSchedules, type ScheduleRow, setSchedule } from '../store/schedules.ts';
import { listTrainings } from '../store/submissions.ts';
import type { ScheduleDeps } from './deps.ts';
import { occurrencesOf } from './occurrences.ts';
import { isLeft } from './rows.ts';
import type { Trainings } from './trainings.ts';

const SAYS = { source: 'schedule/watch:look' } as const;

export interface WatchDeps extends Pick<ScheduleDeps, 'store' | 'processes' | 'feed' | 'now'> {
  readonly trainings: Pick<Trainings, 'create'>;
}

/** Which schedules' times have come. */
export interface Watch {
  /** Begins what is due. */
  look(): void;
  /** The last time of a schedule, where that has not had its training. */
  dueOf(row: ScheduleRow): number | undefined;
  /** A schedule as it counts once the clock was looked at. */
  trustClock(row: ScheduleRow): ScheduleRow;
}

/** `tell`: schedules changed. */
export function createWatch({ store, processes, feed, now, trainings }: WatchDeps, tell: () => void): Watch {
  function dueOf({ cron, zone, handled_at }: ScheduleRow): number | undefined {
    const last = occurrencesOf(cron, zone).lastUpTo(now());
    return last !== undefined && last > handled_at ? last : undefined;
  }

  /** Begins its training, if nobody else did in between. */
  function beginDue(name: string): void {
    const begun = store.transaction(() => {
      const row = findSchedule(store, name);
      const due = row?.enabled === 1 ? dueOf(row) : undefined;
      if (row === undefined || due === undefined) return undefined;
      setSchedule(store, { ...row, handled_at: due });
      const open = listTrainings(store, ['running', 'pending']).find((one) => one.schedule === name);
      const isAtWork = open !== undefined && !(open.origin === 'command line' && isLeft(open, processes));
      if (isAtWork) return { due, id: null };
      const asked = wishesIn(row);
      const { id } = trainings.create(asked, { ...whose(asked, name), origin: 'schedule' });
      return { due, id };
    });
    if (begun === undefined) return;
    const { due, id } = begun;
    const late = now() - due > 60_000 ? ', which passed while nothing was open' : '';
    if (id === null) {
      feed.warn(null, `Schedule ${name}: ${iso(due)} is left out, its last training is not done yet`, SAYS);
    } else feed.info(null, `Schedule ${name}: production training ${id} for ${iso(due)}${late}`, SAYS);
    tell();
  }

  /**
   * A clock that was ahead and was set back would keep a schedule waiting until it is there again. Where a whole time of it lies between,
   * it counts from now on; where none does, its last one was just had.
   */
  function trustClock(row: ScheduleRow): ScheduleRow {
    if (row.handled_at <= now()) return row;
    const [next] = occurrencesOf(row.cron, row.zone).after(now(), 1);
    if (next === undefined || next >= row.handled_at) return row;
    feed.warn(null, `Schedule ${row.name}: the clock was set back; it goes on from now`, SAYS);
    const trusted = { ...row, handled_at: now() };
    setSchedule(store, trusted);
    return trusted;
  }

  function look(): void {
    for (const row of listSchedules(store)) {
      if (row.enabled === 0) continue;
      if (dueOf(trustClock(row)) !== undefined) beginDue(row.name);
    }
  }

  return { look, dueOf, trustClock };
}

export function wishesIn({ name, wishes }: ScheduleRow): AskedTraining {
  return storedJson<AskedTraining>(wishes, `what schedule ${name} asks for`);
}

export const whose = ({ symbol, modelType }: AskedTraining, schedule: string) => ({
  label: symbol === undefined ? 'production' : modelType,
  schedule,
});

const iso = (time: number) => new Date(time).toISOString();
