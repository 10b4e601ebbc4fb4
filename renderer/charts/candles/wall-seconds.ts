import type { UTCTimestamp } from 'lightweight-charts';
import { wallTime } from '../../ui/format.ts';

/**
 * Wall clocks of points, ascending as the library wants them: in the hour that comes twice where summer ends they go on by the second. `instants`
 * gets which instant each stands for.
 */
export function wallSeconds(time: readonly number[], instants: Map<number, number>): UTCTimestamp[] {
  instants.clear();
  let last = Number.NEGATIVE_INFINITY;
  return time.map((ms) => {
    last = Math.max(wallTime(ms) / 1000, last + 1);
    instants.set(last, ms);
    return last as UTCTimestamp;
  });
}
