/** Results of one thing by market day, ascending: days since 1970-01-01, and net log return; a day without a trade is 0. */
export interface DailyResults {
  readonly day: readonly number[];
  readonly net: readonly number[];
}

/** Sums of returns by bar over the market days that the bars open on. */
export function dailyResults(netReturn: ArrayLike<number>, marketDay: ArrayLike<number>): DailyResults {
  const day: number[] = [];
  const net: number[] = [];
  for (let bar = 0; bar < netReturn.length; bar++) {
    if (day.at(-1) !== marketDay[bar]) {
      day.push(marketDay[bar]!);
      net.push(0);
    }
    net[net.length - 1]! += netReturn[bar]!;
  }
  return { day, net };
}

/** Days in common below which a correlation says nothing. */
const LEAST_DAYS = 20;

/** Pearson correlation of daily results over the days that both have; null for fewer than 20, and where one does not vary. */
export function dailyCorrelation(a: DailyResults, b: DailyResults): number | null {
  const other = new Map(b.day.map((day, i) => [day, b.net[i]!]));
  const pairs = a.day.flatMap((day, i) => {
    const net = other.get(day);
    return net === undefined ? [] : [[a.net[i]!, net] as const];
  });
  if (pairs.length < LEAST_DAYS) return null;
  const mean = (of: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  const [meanA, meanB] = [mean(0), mean(1)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [x, y] of pairs) {
    ab += (x - meanA) * (y - meanB);
    aa += (x - meanA) ** 2;
    bb += (y - meanB) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

/**
 * Results of several with the same share of capital each, restored every day: the log of one and the mean of what each day brings.
 * What has no such day, is flat on it.
 */
export function equalShares(all: readonly DailyResults[]): DailyResults {
  const sums = new Map<number, number>();
  for (const { day, net } of all) {
    for (const [i, d] of day.entries()) sums.set(d, (sums.get(d) ?? 0) + Math.expm1(net[i]!));
  }
  const day = [...sums.keys()].sort((a, b) => a - b);
  return { day, net: day.map((d) => Math.log1p(sums.get(d)! / all.length)) };
}

/** Largest fall of equity from its highest point so far, as a fraction of that; equity starts at 1 and is looked at each day's end. */
export function dailyDrawdown({ net }: DailyResults): number {
  let [sum, peak, deepest] = [0, 0, 0];
  for (const r of net) {
    sum += r;
    peak = Math.max(peak, sum);
    deepest = Math.max(deepest, -Math.expm1(sum - peak));
  }
  return deepest;
}

/** A position in a pair of currencies, from one moment up to another, ms since 1970-01-01 UTC. */
export interface HeldPair {
  readonly base: string;
  readonly quote: string;
  readonly direction: 1 | -1;
  readonly from: number;
  readonly to: number;
}

/** How much of one currency is held; one position, long of its base, is 1 of that and -1 of its quote. */
export interface CurrencyExposure {
  readonly currency: string;
  /** Over the whole span, weighted by time: of what is held, and of its size. */
  readonly mean: number;
  readonly meanSize: number;
  /** The largest size, with its sign, and when it began. */
  readonly most: number;
  readonly mostAt: number;
  /** Share of the span in which its size exceeds the cap. */
  readonly overCap: number;
}

/** @param span begin and end of the time that is looked at, ms since 1970-01-01 UTC */
export function currencyExposures(
  held: readonly HeldPair[],
  cap: number,
  span: { readonly from: number; readonly to: number },
): CurrencyExposure[] {
  const changes = new Map<string, Map<number, number>>();
  const change = (currency: string, at: number, by: number) => {
    const own = changes.get(currency) ?? new Map<number, number>();
    changes.set(currency, own.set(at, (own.get(at) ?? 0) + by));
  };
  for (const { base, quote, direction, from, to } of held) {
    change(base, from, direction);
    change(base, to, -direction);
    change(quote, from, -direction);
    change(quote, to, direction);
  }
  const length = span.to - span.from;
  return [...changes]
    .map(([currency, own]): CurrencyExposure => {
      const times = [...own.keys()].sort((a, b) => a - b);
      let [now, sum, size, over, most, mostAt] = [0, 0, 0, 0, 0, times[0]!];
      for (const [i, at] of times.entries()) {
        now += own.get(at)!;
        const lasts = (times[i + 1] ?? at) - at;
        sum += now * lasts;
        size += Math.abs(now) * lasts;
        if (Math.abs(now) > cap) over += lasts;
        if (Math.abs(now) > Math.abs(most)) [most, mostAt] = [now, at];
      }
      return { currency, mean: sum / length, meanSize: size / length, most, mostAt, overCap: over / length };
    })
    .sort((a, b) => Math.abs(b.most) - Math.abs(a.most) || (a.currency < b.currency ? -1 : 1));
}
