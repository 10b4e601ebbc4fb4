import { counted } from '../../contract/counted.ts';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../../contract/timeframe.ts';

/** The most frequent distance between neighboring bars, in ms; undefined below two bars. `time` is ascending. */
export function typicalSpacing(time: Float64Array): number | undefined {
  const counts = new Map<number, number>();
  for (let i = 1; i < time.length; i++) {
    const distance = time[i]! - time[i - 1]!;
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  let best: number | undefined;
  let bestCount = 0;
  for (const [distance, count] of counts) {
    if (count > bestCount || (count === bestCount && distance < (best as number))) {
      best = distance;
      bestCount = count;
    }
  }
  return best;
}

/** The timeframe whose bars lie that far apart. */
export function timeframeOfSpacing(spacing: number | undefined): Timeframe | undefined {
  return TIMEFRAMES.find((timeframe) => timeframeMs(timeframe) === spacing);
}

const SHORTEST_MONTH = 28 * 86_400_000;
const LONGEST_MONTH = 31 * 86_400_000;

/** Why bars so far apart are of no timeframe that there is, and what to do. */
export function spacingRefusal(spacing: number): string {
  if (spacing >= SHORTEST_MONTH && spacing <= LONGEST_MONTH) {
    return 'Its bars are those of months (MN1), of which there are too few to learn from: W1 is the longest timeframe. Export W1, or D1, of which W1 is made.';
  }
  return `Its bars are ${describeSpacing(spacing)} apart, which is none of ${TIMEFRAMES.join(', ')}. Export one of these, or a shorter one that divides it.`;
}

/** `90 minutes`, `2 days`. */
export function describeSpacing(ms: number): string {
  const [size, unit] = (
    [
      [86_400_000, 'day'],
      [3_600_000, 'hour'],
      [60_000, 'minute'],
      [1000, 'second'],
    ] as const
  ).find(([unitMs]) => ms >= unitMs && ms % unitMs === 0) ?? [1, 'millisecond'];
  return counted(ms / size, unit);
}
