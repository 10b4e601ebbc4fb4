import { EngineError } from '../../contract/errors.ts';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import { hasDayStart } from '../time/day-start.ts';
import { describeSpacing } from '../time/spacing.ts';
import { countedTimes, gridsOf } from '../time/time-grid.ts';

/** Where bars may begin. */
interface Raster {
  readonly name: string;
  readonly has: (ms: number) => boolean;
  /** Ms after a multiple of the timeframe, at that time. */
  readonly phaseAt: (ms: number) => number;
}

/** The first bar that stands on another grid, and both. */
export interface GridChange {
  readonly at: number;
  readonly before: string;
  readonly after: string;
  /** Bars of both stand side by side from then on. */
  readonly isMixture: boolean;
}

const HOUR = 3_600_000;
/** Of a part of a file, so many bars begin where its grid says; of that part the other grid has fewer than half. */
const MOSTLY = 0.95;
/** Fewer bars prove no grid. */
const FEWEST = 10;
/** Of a mixture each has so many that the other has not. */
const OFTEN = 0.25;
/** From March to April and from September to November clocks are moved, by an hour. */
const CLOCK_MONTHS: ReadonlySet<number> = new Set([2, 3, 8, 9, 10]);

/**
 * Where a file's bars stop standing on one grid: it was put together from two sources, such as days of midnight and of 17:00 in New York, or hours
 * that begin at the half. A change of an hour in the months in which clocks are moved is none: a source keeps the hour of its clock.
 *
 * @param time of the bars, ms UTC, ascending
 */
export function gridChange(time: Float64Array, timeframe: Timeframe): GridChange | undefined {
  // Weeks are too few, and counted from days of which holidays take the first.
  if (timeframe === 'W1') return undefined;
  const counted = hasDayStart(timeframe) ? countedTimes(time, timeframe) : time;
  if (counted.length < 2 * FEWEST) return undefined;
  const rasters = rastersOf(counted, timeframe);
  if (rasters.length < 2) return undefined;
  const sums = rasters.map((raster) => prefixSums(counted, raster));
  return cutAt(counted, rasters, sums, timeframe) ?? mixture(counted, rasters, sums, timeframe);
}

/** @throws EngineError `data-invalid` for a file whose bars stand on two grids */
export function refuseGridChange(file: string, time: Float64Array, timeframe: Timeframe): void {
  const change = gridChange(time, timeframe);
  if (change === undefined) return;
  const { at, before, after, isMixture } = change;
  const day = new Date(at).toISOString().slice(0, 10);
  const from = hasDayStart(timeframe) ? 'are counted from' : 'begin';
  const what = isMixture
    ? `its ${timeframe} bars ${from} ${before}, and from ${day} on others among them ${from} ${after}`
    : `until ${day} its ${timeframe} bars ${from} ${before}, from then on they ${from} ${after}`;
  const advice = isMixture
    ? 'Export it again from one source.'
    : 'Export it again from one source, or cut it there and import one part.';
  throw new EngineError(
    'data-invalid',
    `${file} was not imported: ${what}. Together they would overlap and be no series. ${advice}`,
    { file, before, after, at: new Date(at).toISOString() },
  );
}

function rastersOf(time: Float64Array, timeframe: Timeframe): Raster[] {
  const step = timeframeMs(timeframe);
  if (hasDayStart(timeframe)) {
    return gridsOf(step).map(({ name, zone, start }) => {
      const phaseAt = (ms: number) => modulo(start - zone.offsetAt(ms), step);
      return { name, phaseAt, has: (ms) => modulo(ms, step) === phaseAt(ms) };
    });
  }
  const counts = new Map<number, number>();
  for (const ms of time) {
    const phase = modulo(ms, step);
    counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= FEWEST)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 8)
    .map(([phase]) => ({
      name: `every ${describeSpacing(step)} from ${new Date(phase).toISOString().slice(11, phase % 60_000 === 0 ? 16 : 19)}`,
      phaseAt: () => phase,
      has: (ms) => modulo(ms, step) === phase,
    }));
}

/** Element i: how many of the first i bars a raster has. */
function prefixSums(time: Float64Array, { has }: Raster): Int32Array {
  const sums = new Int32Array(time.length + 1);
  for (let i = 0; i < time.length; i++) sums[i + 1] = sums[i]! + (has(time[i]!) ? 1 : 0);
  return sums;
}

/** The cut after which most bars stand on another raster than before; the one that leaves the fewest out. */
function cutAt(
  time: Float64Array,
  rasters: readonly Raster[],
  sums: readonly Int32Array[],
  timeframe: Timeframe,
): GridChange | undefined {
  const n = time.length;
  const total = sums.map((sum) => sum[n]!);
  const single = Math.max(...total);
  let best = { fit: single, at: 0, a: 0, b: 0 };
  for (let at = FEWEST; at <= n - FEWEST; at++) {
    let a = 0;
    let b = 0;
    for (let r = 1; r < rasters.length; r++) {
      if (sums[r]![at]! > sums[a]![at]!) a = r;
      if (total[r]! - sums[r]![at]! > total[b]! - sums[b]![at]!) b = r;
    }
    const fit = sums[a]![at]! + total[b]! - sums[b]![at]!;
    if (fit > best.fit) best = { fit, at, a, b };
  }
  const { at, a, b } = best;
  if (at === 0 || a === b || best.fit < single + FEWEST) return undefined;
  const after = n - at;
  const isProved =
    sums[a]![at]! >= MOSTLY * at &&
    total[b]! - sums[b]![at]! >= MOSTLY * after &&
    sums[b]![at]! < at / 2 &&
    total[a]! - sums[a]![at]! < after / 2;
  const [one, other] = [rasters[a]!, rasters[b]!];
  if (!isProved || isClockChange(one, other, time[at]!, timeframe)) return undefined;
  return { at: time[at]!, before: one.name, after: other.name, isMixture: false };
}

/** Days of two kinds side by side. */
function mixture(
  time: Float64Array,
  rasters: readonly Raster[],
  sums: readonly Int32Array[],
  timeframe: Timeframe,
): GridChange | undefined {
  const n = time.length;
  // Bars of hours may begin with a session, beside those that are counted from its day.
  if (timeframe !== 'D1' || Math.max(...sums.map((sum) => sum[n]!)) >= MOSTLY * n) return undefined;
  for (let a = 0; a < rasters.length; a++) {
    for (let b = a + 1; b < rasters.length; b++) {
      const [one, other] = [rasters[a]!, rasters[b]!];
      const { only, both, turns, first, at } = sideBySide(sums[a]!, sums[b]!);
      if (only[0] + only[1] + both < MOSTLY * n || Math.min(...only) < OFTEN * n || turns < OFTEN * n)
        continue;
      if (distance(one, other, time[at]!, timeframe) <= HOUR) continue;
      const [before, after] = first === 0 ? [one, other] : [other, one];
      return { at: time[at]!, before: before.name, after: after.name, isMixture: true };
    }
  }
  return undefined;
}

/** How many bars stand on one of two rasters alone and how often it is another than before; `first` is that of the first such bar, `at` the first of the other. */
function sideBySide(one: Int32Array, other: Int32Array) {
  const only: [number, number] = [0, 0];
  let [both, turns, at] = [0, 0, 0];
  let [first, last] = [-1, -1];
  for (let i = 0; i + 1 < one.length; i++) {
    const [has, hasOther] = [one[i + 1]! > one[i]!, other[i + 1]! > other[i]!];
    if (has && hasOther) both++;
    if (has === hasOther) continue;
    const kind = has ? 0 : 1;
    only[kind]++;
    if (first === -1) first = kind;
    else if (kind !== last) turns++;
    if (kind !== first && only[kind] === 1) at = i;
    last = kind;
  }
  return { only, both, turns, first, at };
}

function isClockChange(one: Raster, other: Raster, at: number, timeframe: Timeframe): boolean {
  return distance(one, other, at, timeframe) === HOUR && CLOCK_MONTHS.has(new Date(at).getUTCMonth());
}

/** How far the bars of two rasters lie apart at a time, ms. */
function distance(one: Raster, other: Raster, at: number, timeframe: Timeframe): number {
  const step = timeframeMs(timeframe);
  const apart = modulo(one.phaseAt(at) - other.phaseAt(at), step);
  return Math.min(apart, step - apart);
}

function modulo(ms: number, step: number): number {
  return ((ms % step) + step) % step;
}
