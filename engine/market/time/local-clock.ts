import type { TimeZone } from '../../contract/time-zone.ts';

/**
 * Reads the wall clock of bars that follow each other, upwards or downwards, in a zone. Where summer time ends an hour comes twice: which of
 * the two a bar is in tells the bar before it. A market that never closes has both.
 */
export function createLocalClock(zone: TimeZone): (localMs: number) => number {
  let last = Number.NaN;
  let isDescending = false;
  return (localMs) => {
    let utc = zone.toUtc(localMs);
    if (isDescending) {
      const second = zone.toUtcAgain(localMs);
      if (second < last) utc = second;
    } else if (utc <= last) {
      const second = zone.toUtcAgain(localMs);
      if (second > last) utc = second;
    }
    if (utc !== last) isDescending = utc < last;
    last = utc;
    return utc;
  };
}
