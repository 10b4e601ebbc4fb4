import type { Timeframe } from '../../contract/timeframe.ts';
import { type Candles, candlesWithin, lowerBound } from '../candles.ts';
import type { DayStart } from '../time/day-start.ts';
import { resample } from './resample.ts';
import { createViewDigester, type ViewDigester } from './view-digest.ts';

/** The candles of one series that a run may see: enough to find them again, and to know that they are the same. */
export interface StoredView {
  /** Of the candles themselves (see view-digest.ts). */
  readonly digest: string;
  /** Opening time of the first of them, ISO 8601 UTC; they end with the last evaluated window. */
  readonly first: string;
  readonly bars: number;
  /** The stored series they are from: itself, or the shorter one they were resampled from. */
  readonly source: Timeframe;
  /** When its days began, where it was resampled. */
  readonly dayStart?: DayStart;
}

/** A view with what its run says of it. */
export interface PlacedView extends StoredView {
  readonly timeframe: Timeframe;
  /** When the last evaluated window ends, ms UTC. */
  readonly end: number;
}

/** Of series that are in memory: their months are gone through once. */
const digesters = new WeakMap<Candles, ViewDigester>();

function digesterOf(series: Candles): ViewDigester {
  let digester = digesters.get(series);
  if (digester === undefined) {
    digester = createViewDigester(series);
    digesters.set(series, digester);
  }
  return digester;
}

function cut(series: Candles, from: number, to: number): { candles: Candles; digest: () => string } {
  const first = lowerBound(series.time, from);
  const candles = candlesWithin(series, { from, to });
  return { candles, digest: () => digesterOf(series).digest(first, first + candles.length) };
}

/** What a series was resampled from, and the start of its days. */
export interface ViewBase {
  readonly timeframe: Timeframe;
  readonly dayStart: DayStart;
}

/** A view on a series that begins at `from` and ends at `end` (ms UTC), as it is kept. */
export function storeView(series: Candles, from: number, end: number, base?: ViewBase): StoredView {
  const { candles, digest } = cut(series, from, end);
  const first = new Date(candles.time[0] ?? from).toISOString();
  const bars = candles.length;
  return base === undefined
    ? { digest: digest(), first, bars, source: series.timeframe }
    : { digest: digest(), first, bars, source: base.timeframe, dayStart: base.dayStart };
}

/** The candles of a view that ends at `end`, from a series that has them; undefined from one that has other ones. */
export function findView(series: Candles, stored: StoredView, end: number): Candles | undefined {
  const { candles, digest } = cut(series, Date.parse(stored.first), end);
  // What is not as long needs no digest.
  return candles.length === stored.bars && digest() === stored.digest ? candles : undefined;
}

/** Digests of those views that a series has, itself or resampled. */
export function viewsIn(series: Candles, views: readonly PlacedView[]): Set<string> {
  const byTimeframe = Map.groupBy(views, (view) => `${view.timeframe} ${view.dayStart}`);
  return new Set(
    [...byTimeframe.values()].flatMap((wanted) => {
      const [{ timeframe, dayStart = 'utc' }] = wanted as [PlacedView];
      const candles = timeframe === series.timeframe ? series : resample(series, timeframe, dayStart);
      return wanted
        .filter((view) => findView(candles, view, view.end) !== undefined)
        .map(({ digest }) => digest);
    }),
  );
}
