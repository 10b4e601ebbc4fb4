import type { TradeGroupDto, TradeStatisticsDto } from '../contract/dto/index.ts';
import { momentsOf } from '../statistics/moments.ts';

/** What is counted of a trade. */
export interface CountedTrade {
  /** Opening time of the bar it was entered at, ms since 1970-01-01 UTC. */
  readonly entryTime: number;
  /** Net log return. */
  readonly netReturn: number;
  /** Furthest in its favor and against it, one unit for both. */
  readonly mfe: number;
  readonly mae: number;
}

/** What the trades of one window come to, by when they were made and by how they went. */
export type TradeStatistics = Omit<TradeStatisticsDto, 'window' | 'months'>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function tradeStatistics(trades: readonly CountedTrade[]): TradeStatistics {
  const results = trades.map(({ netReturn }) => 100 * Math.expm1(netReturn)).sort((a, b) => a - b);
  const moments = momentsOf(Float64Array.from(results));
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const against = meanOf(trades.map(({ mae }) => mae));
  const winners = trades
    .filter(({ netReturn }) => netReturn > 0)
    .map(({ mae }) => mae)
    .sort((a, b) => a - b);
  return {
    trades: trades.length,
    mean: trades.length === 0 ? null : meanOf(results),
    median: quantileOf(results, 0.5),
    deviation: moments?.standardDeviation ?? null,
    skewness: moments?.skewness ?? null,
    best: results.at(-1) ?? null,
    worst: results[0] ?? null,
    hours: groupsOf(trades, 24, (time) => Math.floor(time / HOUR_MS) % 24),
    // 1970-01-01 was a Thursday.
    weekdays: groupsOf(trades, 7, (time) => (Math.floor(time / DAY_MS) + 3) % 7),
    bins: binsOf(results),
    edgeRatio: against > 0 ? meanOf(trades.map(({ mfe }) => mfe)) / against : null,
    winnersMae: quantileOf(winners, 0.9),
  };
}

function groupsOf(
  trades: readonly CountedTrade[],
  count: number,
  groupOf: (time: number) => number,
): TradeGroupDto[] {
  const groups = Array.from({ length: count }, () => ({ trades: 0, won: 0, netReturn: 0 }));
  for (const { entryTime, netReturn } of trades) {
    const group = groups[groupOf(entryTime)]!;
    group.trades++;
    if (netReturn > 0) group.won++;
    group.netReturn += netReturn;
  }
  return groups;
}

/** Quantile of ascending values, between neighbors in a straight line (Hyndman and Fan 1996, type 7); null of none. */
function quantileOf(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const below = sorted[low]!;
  return below + (at - low) * ((sorted[low + 1] ?? below) - below);
}

/** More bins than this are no picture any more. */
const MOST_BINS = 40;

/**
 * Bins about as wide as 2 IQR / cuberoot(n) (Freedman and Diaconis 1981), or what makes at most MOST_BINS of them, 1, 2 or 5
 * times a power of ten; one edge is 0, so that no bin has both winners and losers.
 */
function binsOf(sorted: readonly number[]): TradeStatistics['bins'] {
  if (sorted.length === 0) return [];
  const lowest = sorted[0]!;
  const highest = sorted[sorted.length - 1]!;
  const middle = quantileOf(sorted, 0.75)! - quantileOf(sorted, 0.25)!;
  const wanted = (2 * middle) / Math.cbrt(sorted.length);
  const width = Math.max(
    rounded(wanted > 0 ? wanted : Math.max(Math.abs(highest), 0.01), Math.SQRT1_2),
    rounded((highest - lowest) / (MOST_BINS - 2), 1),
  );
  const first = Math.floor(lowest / width);
  const last = Math.floor(highest / width);
  const bins = Array.from({ length: last - first + 1 }, (_, i) => ({
    from: (first + i) * width,
    to: (first + i + 1) * width,
    count: 0,
  }));
  for (const value of sorted) bins[Math.floor(value / width) - first]!.count++;
  return bins;
}

/** The least of 1, 2 and 5 times a power of ten that is at least `share` of a width; 0 of 0. */
function rounded(width: number, share: number): number {
  if (!(width > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(share * width));
  return power * ([1, 2, 5].find((factor) => power * factor >= share * width) ?? 10);
}

/** What one calendar month (UTC) brought. */
export interface MonthlyReturn {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** Fraction of what there was when it began. */
  readonly return: number;
}

/**
 * Returns of each month that has a bar, oldest first: the equity after its last bar over that after the last bar before it, 1 at
 * the start. `equity` is that at the next open, by bar; `time` its opening, ms since 1970-01-01 UTC. Months are those of the
 * bars' openings; what a bar's last moment earns counts to the month that it opened in.
 */
export function monthlyReturns(time: ArrayLike<number>, equity: ArrayLike<number>): MonthlyReturn[] {
  const months: MonthlyReturn[] = [];
  let before = 1;
  for (let bar = 0; bar < time.length; bar++) {
    const date = new Date(time[bar]!);
    const next = bar + 1 < time.length ? new Date(time[bar + 1]!) : undefined;
    if (next?.getUTCMonth() === date.getUTCMonth() && next.getUTCFullYear() === date.getUTCFullYear())
      continue;
    months.push({
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      return: equity[bar]! / before - 1,
    });
    before = equity[bar]!;
  }
  return months;
}
