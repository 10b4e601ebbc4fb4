import type { CandleBars } from './candle-data.ts';

/** Bars from `from` to `to`; fractions of a bar and places beyond the data are allowed. */
export interface BarsInView {
  readonly from: number;
  readonly to: number;
}

/** Bars that a chart begins with: more of them are a click away, and would be lines. */
const FIRST_VIEW = 240;

export const firstView = (bars: number): BarsInView => ({
  from: Math.max(0, bars - FIRST_VIEW),
  to: bars + 2,
});

/**
 * What of all bars a chart is given: points of `step` bars each, from the bar `first` on. A hundred thousand bars in sight are more than a
 * screen has pixels, and more than can be drawn in a frame.
 */
export interface Level {
  /** A power of two. */
  readonly step: number;
  /** Below 0 where the first point is not full: points are counted from the newest bar, so that those that come before change none. */
  readonly first: number;
  readonly points: number;
}

/** Points in sight at the most: one or two to a pixel. */
const MOST_IN_SIGHT = 1500;
/** Points that a chart holds at the most: to go on to the next ones takes a part of a frame. */
const MOST_HELD = 4000;

/** The level for what is in sight of so many bars; `now` where that will do. */
export function levelFor(bars: number, { from, to }: BarsInView, now?: Level): Level {
  const span = Math.max(1, to - from);
  let step = 1;
  while (span / step > MOST_IN_SIGHT) step *= 2;
  // Not at each turn of the wheel there and back.
  if (now !== undefined && now.step > step && span / now.step > MOST_IN_SIGHT / 4) step = now.step;
  const all = Math.ceil(bars / step);
  const whole = { step, first: bars - all * step, points: all };
  if (all <= MOST_HELD) return isSame(now, whole) ? now! : whole;
  if (now?.step === step && hasRoom(now, bars, { from, to })) return now;
  const middle = Math.round((bars - (from + to) / 2) / step);
  const newest = Math.min(Math.max(0, middle - MOST_HELD / 2), all - MOST_HELD);
  return { step, first: bars - (newest + MOST_HELD) * step, points: MOST_HELD };
}

const isSame = (a: Level | undefined, b: Level) =>
  a?.step === b.step && a.first === b.first && a.points === b.points;

/** Whether half of what is in sight is there on both sides, or nothing more is. */
function hasRoom({ first, step, points }: Level, bars: number, { from, to }: BarsInView): boolean {
  const room = (to - from) / 2;
  const end = first + points * step;
  return (
    (first <= 0 || first <= from - room) && (end >= bars || end >= to + room) && (bars - end) % step === 0
  );
}

/** Where a bar's middle is, in points. */
export const toPoint = ({ first, step }: Level, bar: number): number => (bar - first + 0.5) / step - 0.5;
/** The other way round. */
export const toBar = ({ first, step }: Level, point: number): number => (point + 0.5) * step - 0.5 + first;

interface Candle {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Several bars as one: the first open, the last close, the highest high and the lowest low. */
export function candlesAt({ step, first, points }: Level, bars: CandleBars): Candle[] {
  const { time, open, high, low, close } = bars;
  return Array.from({ length: points }, (_, point) => {
    const from = Math.max(0, first + point * step);
    const to = first + (point + 1) * step;
    let [highest, lowest] = [high[from]!, low[from]!];
    for (let bar = from + 1; bar < to; bar++) {
      if (high[bar]! > highest) highest = high[bar]!;
      if (low[bar]! < lowest) lowest = low[bar]!;
    }
    return { time: time[from]!, open: open[from]!, high: highest, low: lowest, close: close[to - 1]! };
  });
}

/** Of several bars the newest that has a value. */
export function valuesAt(
  { step, first, points }: Level,
  values: readonly (number | null)[],
): (number | null)[] {
  return Array.from({ length: points }, (_, point) => {
    const from = Math.max(0, first + point * step);
    for (let bar = first + (point + 1) * step - 1; bar >= from; bar--) {
      const value = values[bar];
      if (value !== null && value !== undefined) return value;
    }
    return null;
  });
}
