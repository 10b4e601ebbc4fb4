import { apiInputs, type Input } from '../contract/api/index.ts';
import { DEFAULT_SCHEDULE } from '../contract/api/schedules.ts';
import { cronSentence, DEFAULT_CRON, DEFAULT_ZONE, parseCron } from '../contract/cron.ts';
import type { ScheduleDto, TrainedNameDto, TrainingDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { didYouMean } from '../contract/nearest.ts';
import { type AskedTraining, askedAgain, wishesOf } from '../registry/asked.ts';
import {
  findSchedule,
  listSchedules,
  removeSchedule,
  type ScheduleRow,
  setSchedule,
} from '../store/schedules.ts';
import { trainingsOfSchedule } from '../store/submissions.ts';
import type { ScheduleDeps } from './deps.ts';
import { occurrencesOf } from './occurrences.ts';
import { titleOf, trainingSummary } from './rows.ts';
import type { Trainings } from './trainings.ts';
import { takeLeft } from './turns.ts';
import { createWatch, whose, wishesIn } from './watch.ts';

/** How often it is looked at the clock. A timer of a week would sleep through a machine that sleeps, and a clock that is set. */
const LOOK_MS = 1000;
/** Trainings of a schedule that are told of. */
const MOST_RUNS = 10;
const NEXT = 5;
const SAYS = { source: 'schedule/schedules:begin' } as const;

/** What is asked for once, otherwise than the schedule says. */
export type ScheduleChanges = Omit<Input<'schedule.start'>, 'name'>;

/**
 * When production trainings begin by themselves. A time that passed while nothing was open is made up for once, however many did; times
 * that come while its last training is still at work are left out.
 */
export interface Schedules {
  list(): ScheduleDto[];
  /** @throws EngineError `not-found` */
  show(name: string, count?: number): ScheduleDto;
  /** @throws EngineError `invalid-input` for a time that never comes */
  preview(cron: string, zone: string, count: number): { readonly sentence: string; readonly next: string[] };
  /** @throws EngineError `invalid-input` for a time that never comes, and for half a name */
  set(wanted: Input<'schedule.set'>): ScheduleDto;
  /** @throws EngineError `not-found` */
  remove(name: string): ScheduleDto[];
  /** @throws as `Trainings.start` */
  start(name: string, changes: ScheduleChanges): TrainingDto;
  /** @throws as `Trainings.run` */
  run(name: string, changes: ScheduleChanges): Promise<TrainedNameDto[]>;
  /** Where it is on and its time has come, or what it began was interrupted; null: neither. @throws as `run` */
  runDue(name: string): Promise<TrainedNameDto[] | null>;
  /** Begins what is due. */
  look(): void;
  /** A window or server looks at the clock from now on. */
  begin(): void;
  end(): void;
}

export interface SchedulesDeps
  extends Pick<ScheduleDeps, 'store' | 'isHost' | 'processes' | 'feed' | 'emit' | 'now'> {
  readonly trainings: Pick<Trainings, 'create' | 'start' | 'run' | 'open' | 'finish'>;
}

export function createSchedules(deps: SchedulesDeps): Schedules {
  const { store, isHost, processes, feed, emit, now, trainings } = deps;
  let timer: NodeJS.Timeout | undefined;

  const tell = () => emit({ type: 'workspace.changed', what: 'schedules' });

  function requireRow(name: string): ScheduleRow {
    const row = findSchedule(store, name);
    if (row !== undefined) return row;
    if (name === DEFAULT_SCHEDULE) return defaultRow(now());
    const names = [DEFAULT_SCHEDULE, ...listSchedules(store).map((one) => one.name)];
    throw new EngineError('not-found', `There is no schedule ${name}.${didYouMean(name, names)}`);
  }

  function dto(row: ScheduleRow, count = NEXT): ScheduleDto {
    const { name, cron, zone } = row;
    const asked = wishesIn(row);
    const due = row.enabled === 1 ? dueOf(row) : undefined;
    return {
      name,
      enabled: row.enabled === 1,
      cron,
      zone,
      sentence: cronSentence(parseCron(cron), zone),
      title: titleOf(asked),
      asked: askedAgain(asked),
      next: occurrencesOf(cron, zone).after(now(), count).map(iso),
      missed: due === undefined ? null : iso(due),
      runs: trainingsOfSchedule(store, name, MOST_RUNS).map((one) =>
        trainingSummary(one, { processes, isHost }),
      ),
    };
  }

  function list(): ScheduleDto[] {
    const rows = listSchedules(store);
    const isThere = rows.some(({ name }) => name === DEFAULT_SCHEDULE);
    return (isThere ? rows : [defaultRow(now()), ...rows]).map((row) => dto(row));
  }

  function nextOf(cron: string, zone: string, count: number): number[] {
    const next = occurrencesOf(cron, zone).after(now(), count);
    if (next.length > 0) return next;
    throw new EngineError(
      'invalid-input',
      `${JSON.stringify(cron)} never comes: it names no day that there is.`,
    );
  }

  const { look, dueOf, trustClock } = createWatch(deps, tell);

  function lookSafely(): void {
    try {
      look();
    } catch (error) {
      feed.error(null, `Schedules could not be looked at: ${(error as Error).message}`, SAYS);
    }
  }

  const changed = (name: string, changes: ScheduleChanges) =>
    withChanges(wishesIn(requireRow(name)), changes);

  return {
    list,
    show: (name, count) => dto(requireRow(name), count),
    preview: (cron, zone, count) => ({
      sentence: cronSentence(parseCron(cron), zone),
      next: nextOf(cron, zone, count).map(iso),
    }),
    set({ name, enabled, cron, zone, training }) {
      if (training !== undefined) wishesOf(training);
      store.transaction(() => {
        const before = findSchedule(store, name) ?? { ...defaultRow(now()), name };
        const row: ScheduleRow = {
          ...before,
          enabled: (enabled ?? before.enabled === 1) ? 1 : 0,
          cron: cron ?? before.cron,
          zone: zone ?? before.zone,
          wishes: training === undefined ? before.wishes : JSON.stringify(training),
        };
        nextOf(row.cron, row.zone, 1);
        // Times before it was so are none of its times.
        const isOther = row.cron !== before.cron || row.zone !== before.zone || row.enabled > before.enabled;
        setSchedule(store, isOther ? { ...row, handled_at: now() } : row);
      });
      tell();
      return dto(requireRow(name));
    },
    remove(name) {
      requireRow(name);
      removeSchedule(store, name);
      tell();
      return list();
    },
    start(name, changes) {
      const asked = changed(name, changes);
      return trainings.start(asked, whose(asked, name));
    },
    async run(name, changes) {
      const asked = changed(name, changes);
      return trainings.run(asked, whose(asked, name));
    },
    async runDue(name) {
      const row = store.transaction(() => {
        const schedule = requireRow(name);
        if (schedule.enabled === 0) return undefined;
        const trusted = trustClock(schedule);
        const left = isHost ? undefined : takeLeft(deps, name);
        if (left !== undefined) return left;
        const due = dueOf(trusted);
        if (due === undefined) return undefined;
        setSchedule(store, { ...trusted, handled_at: due });
        const asked = wishesIn(schedule);
        return trainings.open(asked, { ...whose(asked, name), origin: 'schedule' });
      });
      return row === undefined ? null : trainings.finish(row);
    },
    look,
    begin() {
      if (!isHost || timer !== undefined) return;
      timer = setInterval(lookSafely, LOOK_MS);
      timer.unref();
      lookSafely();
    },
    end() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** What is there before anybody set anything. */
function defaultRow(at: number): ScheduleRow {
  return {
    name: DEFAULT_SCHEDULE,
    enabled: 0,
    cron: DEFAULT_CRON,
    zone: DEFAULT_ZONE,
    wishes: JSON.stringify(apiInputs['production.start'].parse({})),
    handled_at: at,
  };
}

/** Trials are those of a search. */
function withChanges(asked: AskedTraining, changes: ScheduleChanges): AskedTraining {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { ...asked, ...(changes.trials !== undefined && { optimize: true }), ...given };
}

const iso = (time: number) => new Date(time).toISOString();
