import { createPrng } from '../../random/prng.ts';
import {
  bandBorder,
  FIRST_BAND_DAY,
  type SimultaneousBand,
  simultaneousBand,
} from '../../statistics/simultaneous-band.ts';
import type { PromisedDays } from '../../validation/verdicts.ts';

/** What walk-forward promised of a version, as it is kept. */
export interface ForwardPromise {
  readonly validation: number;
  readonly band: SimultaneousBand;
}

const DAY_MS = 86_400_000;
/** The same days have the same band. */
const SEED = 20_010_101;
/** So long a test is held against what was promised at most. */
const MOST_DAYS = 400;

/**
 * The band of a test that lasts until its version expires: as many market days as there were in walk-forward in as many calendar days. Null
 * where its days do not vary.
 */
export function promiseOf(
  { validation, daySums, calendarDays }: PromisedDays,
  lastsMs: number,
): ForwardPromise | null {
  const marketDays = Math.round((lastsMs / DAY_MS) * (daySums.length / calendarDays));
  const days = Math.min(MOST_DAYS, Math.max(FIRST_BAND_DAY, marketDays));
  const band = simultaneousBand(daySums, { days, random: createPrng(SEED) });
  return band && { validation, band };
}

/** The first day, from 1, by whose end a test has left the band; undefined: it has not. */
export function dayLeft(daySums: Float64Array, band: SimultaneousBand): number | undefined {
  let sum = 0;
  for (let i = 0; i < daySums.length; i++) {
    sum += daySums[i]!;
    const border = bandBorder(band, i + 1);
    if (border !== null && sum < border) return i + 1;
  }
  return undefined;
}
