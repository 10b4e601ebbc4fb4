import { grouped } from '../../contract/counted.ts';
import { EngineError } from '../../contract/errors.ts';
import type { AppliedTimeZone } from '../reading/read-series.ts';
import type { BarColumns } from '../reading/sort-bars.ts';
import type { FormerBars } from './former-bars.ts';
import type { MergeResult } from './merge.ts';

/** An import that nobody asks for and sees: what would be a question, or a note to think about, is an error. */
export interface Unattended {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

/** So many bars may be corrected at a time. */
const FEW = 20;
/** The clock that wrote a file may go a little before this one. */
const CLOCKS_DIFFER = 5 * 60_000;

/**
 * Refuses a time zone that nobody said, or one by which the newest bar is still to come.
 * @throws EngineError `invalid-input`
 */
export function refuseGuess(
  file: string,
  timezone: AppliedTimeZone,
  { time, length }: BarColumns,
  { now }: Unattended,
): void {
  if (timezone.source === 'default') {
    throw new EngineError(
      'invalid-input',
      `${file} does not say which time zone it is in, and its bars do not tell. Import it once by hand with its time zone, or say the zone of all files of the folder.`,
      { file, remedy: 'set-time-zone' },
    );
  }
  const newest = time[length - 1]!;
  if (newest <= now + CLOCKS_DIFFER) return;
  throw new EngineError(
    'invalid-input',
    `${file} was read with times of ${timezone.name}, and its newest bar, ${minute(newest)} UTC, is still to come: it is now ${minute(now)} UTC. Import it once by hand with its time zone.`,
    { file, remedy: 'set-time-zone' },
  );
}

/**
 * Refuses to take stored bars for moved or rescaled.
 * @throws EngineError `invalid-input`
 */
export function refuseMoved(file: string, { replaced, notes }: FormerBars): void {
  if (replaced === 0) return;
  throw new EngineError(
    'invalid-input',
    `${file} does not go on with what is stored. ${notes.join(' ').replace('were replaced', 'would be replaced')} Import it by hand if that is right.`,
    { file },
  );
}

/**
 * Refuses bars that are mostly other than those that are stored of the same times: a broker corrects a few, never its history.
 * @throws EngineError `invalid-input`
 */
export function refuseOthers(file: string, { changed, same }: Pick<MergeResult, 'changed' | 'same'>): void {
  if (changed < FEW || changed <= same) return;
  throw new EngineError(
    'invalid-input',
    `${file} has other prices, volumes or spreads than are stored for ${grouped(changed)} of ${grouped(changed + same)} bars: it looks like another source. Import it by hand if that is right.`,
    { file },
  );
}

function minute(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
