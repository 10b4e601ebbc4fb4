import { counted } from '../../contract/counted.ts';
import { EngineError } from '../../contract/errors.ts';
import { type Candles, lowerBound, pickCandles } from '../candles.ts';
import { refuseOtherGrid } from '../time/time-grid.ts';

/** What is stored, less those bars that an import has again, elsewhere or at another scale. */
export interface FormerBars {
  readonly candles: Candles;
  /** Stored bars that are left out, since the import has them as they should be. */
  readonly replaced: number;
  readonly notes: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** Clocks are moved by quarters of an hour, and at most from one end of the world to the other. */
const SHIFT_STEP = 15 * MINUTE;
const LONGEST_SHIFT = 26 * HOUR;
const SAMPLE = 500;
/** The share of the sample that has to be there again, in all shifts that are taken together, and in each one. */
const MOSTLY = 0.9;
const OFTEN = 0.1;
/** Fewer bars that are like no other prove nothing. */
const FEW = 10;
/** A market does not go this far from one bar to the next, or between two exports of it. */
const LEVEL = 1.5;
/** Of series that lie further apart nothing is said. */
const NEAR = 7 * 24 * HOUR;

/**
 * Holds an import against what is stored of its series. Bars that it has again at other times (the time zone was another) or multiplied (the
 * scale was) take the place of those: joined, the two would be a mixture of both.
 *
 * @throws EngineError `invalid-input` where prices are of another level (it is another market), or bars are counted from another time of day
 */
export function formerBars(stored: Candles, incoming: Candles): FormerBars {
  const nothing = { candles: stored, replaced: 0, notes: [] };
  if (stored.length === 0 || incoming.length === 0) return nothing;
  const factor = rescaled(stored, incoming);
  if (factor !== undefined) {
    const again = new Set(incoming.time);
    return without(
      stored,
      (i) => again.has(stored.time[i]!),
      (count) => [`${bars(count)} stored ${short(factor)} times as high are the same: they were replaced.`],
    );
  }
  refuseOtherLevel(stored, incoming);
  const shifts = movedBy(stored, incoming);
  if (shifts.length === 0) {
    refuseOtherGrid(stored, incoming);
    return nothing;
  }
  const again = new Set<number>();
  for (let i = 0; i < incoming.length; i++) {
    for (const shift of shifts) {
      const at = sameBarAt(stored, incoming, i, incoming.time[i]! + shift);
      if (at >= 0) again.add(at);
    }
  }
  const hours = shifts.map(
    (shift) => `${short(Math.abs(shift) / HOUR)} hours ${shift > 0 ? 'later' : 'earlier'}`,
  );
  return without(
    stored,
    (i) => again.has(i),
    (count) => [
      `${bars(count)} stored ${hours.join(' and ')} are the same: the time zone was another. They were replaced.`,
    ],
  );
}

function without(
  stored: Candles,
  isAgain: (i: number) => boolean,
  notes: (count: number) => readonly string[],
): FormerBars {
  const kept = Array.from({ length: stored.length }, (_, i) => i).filter((i) => !isAgain(i));
  const replaced = stored.length - kept.length;
  return { candles: pickCandles(stored, kept), replaced, notes: notes(replaced) };
}

/** What stored prices are divided by to be those of the import, where that is one number other than 1 for nearly all common bars. */
function rescaled(stored: Candles, incoming: Candles): number | undefined {
  const ratios: number[] = [];
  for (const i of sampleOf(incoming)) {
    const at = indexAt(stored, incoming.time[i]!);
    if (at >= 0) ratios.push(stored.close[at]! / incoming.close[i]!);
  }
  if (ratios.length < 10) return undefined;
  const typical = median(ratios);
  const alike = ratios.filter((ratio) => Math.abs(ratio / typical - 1) < 1e-4);
  return alike.length >= ratios.length * MOSTLY && (typical > LEVEL || typical < 1 / LEVEL)
    ? typical
    : undefined;
}

/** Compared where both have bars, or where one follows the other within days. */
function refuseOtherLevel(stored: Candles, incoming: Candles): void {
  const from = Math.max(stored.time[0]!, incoming.time[0]!);
  const to = Math.min(stored.time[stored.length - 1]!, incoming.time[incoming.length - 1]!);
  if (from - to > NEAR) return;
  const own = median(closesAround(stored, (from + to) / 2));
  const other = median(closesAround(incoming, (from + to) / 2));
  const ratio = other / own;
  if (ratio < LEVEL && ratio > 1 / LEVEL) return;
  throw new EngineError(
    'invalid-input',
    `The prices are around ${short(other)}, those that are stored as ${stored.symbol} ${stored.timeframe} around ${short(own)} at that time: it looks like another market, or another scale. ` +
      'Import it under its own symbol, set the price scale, or replace what is stored.',
    { remedy: 'replace-series' },
  );
}

/** Up to 100 closes around a time. */
function closesAround({ time, close, length }: Candles, ms: number): number[] {
  const from = Math.max(0, Math.min(lowerBound(time, ms) - 50, length - 100));
  return [...close.subarray(from, from + 100)];
}

/**
 * By how much later bars of the import are stored, ms: none where many are stored at their own time; two where a zone keeps summer time and
 * the other does not.
 */
function movedBy(stored: Candles, incoming: Candles): number[] {
  const sample = sampleOf(incoming).filter(
    (i) =>
      incoming.time[i]! >= stored.time[0]! - LONGEST_SHIFT &&
      incoming.time[i]! <= stored.time[stored.length - 1]! + LONGEST_SHIFT,
  );
  if (sample.length < 20) return [];
  const found = new Map<number, number[]>();
  for (let shift = -LONGEST_SHIFT; shift <= LONGEST_SHIFT; shift += SHIFT_STEP) {
    const again = sample.filter((i) => sameBarAt(stored, incoming, i, incoming.time[i]! + shift) >= 0);
    if (again.length >= sample.length * OFTEN) found.set(shift, again);
  }
  if ((found.get(0)?.length ?? 0) >= sample.length * OFTEN) return [];
  const best = [...found].sort((a, b) => b[1].length - a[1].length).slice(0, 3);
  const covered = new Set(best.flatMap(([, again]) => again));
  if (covered.size < sample.length * MOSTLY) return [];
  // Where the market stands still, bars are alike at any distance.
  const telling = onlyOnce(incoming, sample);
  const isTold = telling.filter((i) => covered.has(i)).length >= telling.length * MOSTLY;
  return telling.length >= FEW && isTold ? best.map(([shift]) => shift) : [];
}

/** Index of a stored bar at a time that has the prices of an incoming one; -1 without one. Flat bars prove nothing. */
function sameBarAt(stored: Candles, incoming: Candles, i: number, time: number): number {
  const at = indexAt(stored, time);
  if (at < 0 || incoming.high[i] === incoming.low[i]) return -1;
  const isSame =
    stored.open[at] === incoming.open[i] &&
    stored.high[at] === incoming.high[i] &&
    stored.low[at] === incoming.low[i] &&
    stored.close[at] === incoming.close[i];
  return isSame ? at : -1;
}

/** Those of some bars whose prices no other bar of the series has. */
function onlyOnce({ open, high, low, close, length }: Candles, sample: readonly number[]): number[] {
  const byClose = new Map<number, number[]>();
  for (const i of sample) byClose.set(close[i]!, [...(byClose.get(close[i]!) ?? []), i]);
  const again = new Set<number>();
  for (let j = 0; j < length; j++) {
    for (const i of byClose.get(close[j]!) ?? []) {
      if (i !== j && open[i] === open[j] && high[i] === high[j] && low[i] === low[j]) again.add(i);
    }
  }
  return sample.filter((i) => !again.has(i));
}

function indexAt({ time }: Candles, wanted: number): number {
  const at = lowerBound(time, wanted);
  return time[at] === wanted ? at : -1;
}

/** Evenly taken rows. */
function sampleOf({ length }: Candles): number[] {
  const step = Math.max(1, Math.floor(length / SAMPLE));
  return Array.from({ length: Math.floor(length / step) }, (_, k) => k * step);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

function bars(count: number): string {
  return counted(count, 'bar that was', 'bars that were');
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
