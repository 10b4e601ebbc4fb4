import type { Handlers } from '../contract/api/index.ts';
import type { Schedules } from '../schedule/schedules.ts';

type ScheduleMethod = Extract<keyof Handlers, `schedule.${string}`>;

export function scheduleHandlers(schedules: Schedules): Pick<Handlers, ScheduleMethod> {
  return {
    'schedule.list': () => schedules.list(),
    'schedule.show': ({ name, count }) => schedules.show(name, count),
    'schedule.next': ({ cron, zone, count }) => schedules.preview(cron, zone, count),
    'schedule.set': (wanted) => schedules.set(wanted),
    'schedule.remove': ({ name }) => schedules.remove(name),
    'schedule.start': ({ name, ...changes }) => schedules.start(name, changes),
    'schedule.run': async ({ name, due, ...changes }) => ({
      results: await (due ? schedules.runDue(name) : schedules.run(name, changes)),
    }),
  };
}
