import type { Finding, QualityReport } from '../../contract/quality.ts';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import { weekendStubs } from '../importing/weekend-days.ts';
import { barsDue, type FoundSession, findSession } from '../instruments/session.ts';
import { tradingFigures } from '../instruments/trading-figures.ts';
import { barsDueBetween, isTradingBar } from '../time/calendar.ts';
import { hasDayStart } from '../time/day-start.ts';
import { findDailyLeaks } from './daily-leak.ts';
import { upperMedian } from './upper-median.ts';

const EXAMPLES = 5;
const LARGEST_GAPS = 10;
const JUMP_FACTOR = 10;
/** A raster that is off UTC (H4, D1 and W1 of a server in another zone) is one that many bars share. */
const RASTER_SHARE = 0.05;

/** Examines a series. `duplicates` is what its import counted. */
export function qualityReport(candles: Candles, duplicates = 0): QualityReport {
  const { time, open, high, low, close, length } = candles;
  const medianRange = upperMedian(high.map((value, i) => value - low[i]!));
  const bodyOutside = new Finder(time);
  const flat = new Finder(time);
  const jumps = new Finder(time);
  const weekend = new Finder(time);
  for (let i = 0; i < length; i++) {
    const top = Math.max(open[i]!, close[i]!);
    const bottom = Math.min(open[i]!, close[i]!);
    if (top > high[i]! || bottom < low[i]!) bodyOutside.add(i);
    if (high[i] === low[i] && top === high[i] && bottom === low[i]) flat.add(i);
    const before = i === 0 ? open[0]! : close[i - 1]!;
    const trueRange = Math.max(high[i]!, before) - Math.min(low[i]!, before);
    if (trueRange > JUMP_FACTOR * medianRange) jumps.add(i);
    if (!isTradingBar(time[i]!, candles.timeframe)) weekend.add(i);
  }
  const found = findSession(candles, weekend.count);
  const { session, closed } = found;
  const gaps = findGaps(candles, found);
  const stubs = new Finder(time);
  for (const i of candles.timeframe === 'D1' ? weekendStubs(candles) : []) stubs.add(i);
  const leaks = new Finder(time);
  for (const i of findDailyLeaks(candles, medianRange)) leaks.add(i);
  return {
    bars: length,
    first: length === 0 ? null : iso(time[0]!),
    last: length === 0 ? null : iso(time[length - 1]!),
    coverage: length === 0 ? 0 : length / (length + gaps.missingBars),
    session,
    ...(closed.length === 0 ? {} : { closed }),
    gaps,
    duplicates,
    bodyOutsideRange: bodyOutside.finding(),
    flatBars: flat.finding(),
    offGrid: findOffGrid(candles).finding(),
    weekendBars: session === 'continuous' ? { count: 0, examples: [] } : weekend.finding(),
    ...(length === 0 || candles.volume.some((volume) => volume > 0) ? {} : { withoutVolume: true as const }),
    ...(candles.timeframe === 'D1' ? { weekendStubs: stubs.finding() } : {}),
    jumps: jumps.finding(),
    dailyLeak: leaks.finding(),
    trading: tradingFigures(candles, candles.symbol),
  };
}

class Finder {
  count = 0;
  private readonly time: Float64Array;
  private readonly examples: string[] = [];

  constructor(time: Float64Array) {
    this.time = time;
  }

  add(index: number): void {
    this.count++;
    if (this.examples.length < EXAMPLES) this.examples.push(iso(this.time[index]!));
  }

  finding(): Finding {
    return { count: this.count, examples: this.examples };
  }
}

function findGaps({ time, length, timeframe }: Candles, session: FoundSession): QualityReport['gaps'] {
  const step = timeframeMs(timeframe);
  const gaps = new Finder(time);
  let missingBars = 0;
  const largest: { at: number; bars: number }[] = [];
  for (let i = 1; i < length; i++) {
    if (time[i]! - time[i - 1]! <= step) continue;
    const missing = barsBetween(time[i - 1]!, time[i]!, timeframe, session);
    if (missing === 0) continue;
    gaps.add(i - 1);
    missingBars += missing;
    largest.push({ at: i, bars: missing });
    // Never many in memory, however torn the series is.
    if (largest.length === 1000) keepLargest(largest);
  }
  keepLargest(largest);
  return {
    ...gaps.finding(),
    missingBars,
    largest: largest.map(({ at, bars }) => ({ from: iso(time[at - 1]!), to: iso(time[at]!), bars })),
  };
}

/** In place: the ten largest, the earlier one of two that are as large. */
function keepLargest(gaps: { readonly at: number; readonly bars: number }[]): void {
  gaps.sort((a, b) => b.bars - a.bars || a.at - b.at);
  gaps.length = Math.min(gaps.length, LARGEST_GAPS);
}

/** Bars due after the one at `from` that would have ended by `to`. */
function barsBetween(from: number, to: number, timeframe: Timeframe, found: FoundSession): number {
  switch (found.session) {
    case 'continuous':
      return Math.floor((to - from) / timeframeMs(timeframe)) - 1;
    case 'exchange-hours':
      return barsDue(found, from, to, timeframe);
    default:
      return barsDueBetween(from, to, timeframe);
  }
}

/** Up to H1 the raster is UTC's; H4, D1 and W1 follow the source's midnight, which daylight saving moves. */
function findOffGrid({ time, length, timeframe }: Candles): Finder {
  const step = timeframeMs(timeframe);
  const phases = new Map<number, number>([[0, length]]);
  if (hasDayStart(timeframe)) {
    for (let i = 0; i < length; i++) phases.set(time[i]! % step, (phases.get(time[i]! % step) ?? 0) + 1);
  }
  const offGrid = new Finder(time);
  for (let i = 0; i < length; i++) {
    if ((phases.get(time[i]! % step) ?? 0) < length * RASTER_SHARE) offGrid.add(i);
  }
  return offGrid;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
