import { Cron } from 'croner';

/**
 * When a cron expression comes, in a time zone. Where clocks go forward a time that is skipped comes at the first one that there is, and
 * where they go back a time that is there twice comes once: the rules of cron(8), which croner has.
 */
export interface Occurrences {
  /** The first ones after a moment, in ms since 1970-01-01 UTC. */
  after(time: number, count: number): number[];
  /** The last one at a moment or before it. */
  lastUpTo(time: number): number | undefined;
}

export function occurrencesOf(cron: string, zone: string): Occurrences {
  // It only counts: nothing is started by it, so that time can be passed in.
  const pattern = new Cron(cron, { timezone: zone, paused: true });
  return {
    after: (time, count) => pattern.nextRuns(count, new Date(time)).map((date) => date.getTime()),
    // What it calls previous is before a moment.
    lastUpTo: (time) => pattern.previousRuns(1, new Date(time + 1))[0]?.getTime(),
  };
}
