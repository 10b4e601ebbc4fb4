import type { RowRange } from '../../models/model.ts';
import type { MetricName } from '../metrics.ts';
import type { SimulationMarket } from '../simulator.ts';

/** The definitions again, one after the other, on lists: what the fast way from signal to signal is held to. */

export interface PlainTrade {
  readonly direction: number;
  readonly entry: number;
  exit: number;
}

/** Net log return of every bar of a window, and the trades behind it. */
export interface PlainSimulation {
  readonly trades: readonly PlainTrade[];
  /** Per bar of the window. */
  readonly bars: readonly { readonly net: number; readonly position: number }[];
  /** Per trade, net log return. */
  readonly results: readonly number[];
  /** Per trade, what it puts at risk. */
  readonly stakes: readonly number[];
}

/** Decides first which trades there are, then books each bar by asking who held it. */
export function plainSimulation(
  signal: ArrayLike<number>,
  market: SimulationMarket,
  horizon: number,
  { from, to }: RowRange,
): PlainSimulation {
  const trades: PlainTrade[] = [];
  for (let t = from; t + 1 < to; t++) {
    const fill = t + 1;
    const open = trades.find((p) => p.entry < fill && p.exit > fill);
    if (open && signal[t] === -open.direction) open.exit = fill;
    const busy = trades.some((p) => p.exit > fill);
    if (signal[t] !== 0 && !busy && fill + horizon < to) {
      trades.push({ direction: signal[t], entry: fill, exit: fill + horizon });
    }
  }
  const bars = Array.from({ length: to - from }, (_, index) => {
    const i = from + index;
    const holder = trades.find((p) => p.entry <= i && i < p.exit);
    if (!holder) return { net: 0, position: 0 };
    let net = holder.direction === 1 ? market.long[i] : market.short[i];
    if (i === holder.entry) net -= market.costPerSide[i];
    if (i === holder.exit - 1) net -= market.costPerSide[holder.exit];
    return { net, position: holder.direction };
  });
  return {
    trades,
    bars,
    results: trades.map((p) => sum(bars.slice(p.entry - from, p.exit - from).map(({ net }) => net))),
    stakes: trades.map((p) => market.stake[p.entry]),
  };
}

export type Figures = Readonly<Record<MetricName, number>>;

/** NaN stands for "not defined". */
export function plainFigures(
  { bars, results: y, stakes }: Pick<PlainSimulation, 'bars' | 'results' | 'stakes'>,
  perYear: number,
): Figures {
  const r = bars.map(({ net }) => net);
  const T = r.length;
  const n = y.length;
  const over = (a: number, b: number) => (n > 0 && b !== 0 ? a / b : Number.NaN);
  const mean = sum(r) / T;
  const squaredDistances = sum(r.map((x) => (x - mean) ** 2));
  const varies = squaredDistances > 1e-12 * sum(r.map((x) => x * x));
  const sharpe = varies ? over(mean, Math.sqrt(squaredDistances / (T - 1))) * Math.sqrt(perYear) : Number.NaN;

  const tOf = (list: readonly number[]) => sum(list) / Math.sqrt(sum(list.map((x) => x * x)));
  const t = tOf(y);
  const ofLength = Math.sqrt(perYear / T);
  const sharpeError = Number.isNaN(sharpe)
    ? Number.NaN
    : sum(y) === 0
      ? ofLength
      : Math.max(ofLength, sharpe / t);

  const equity = running([0, ...r]).map(Math.exp);
  const maxDrawdown =
    n === 0 ? Number.NaN : Math.max(...equity.map((x, i) => 1 - x / Math.max(...equity.slice(0, i + 1))));

  const won = y.filter((x) => x > 0);
  const lost = y.filter((x) => !(x > 0));
  const gains = sum(won);
  const losses = -sum(lost);
  const z = y.map((x, k) => x / stakes[k]);
  const streaks = y
    .map((x) => (x > 0 ? 'w' : 'l'))
    .join('')
    .split('w');
  const kelly = n < 30 ? Number.NaN : over(sum(z), sum(z.map((x) => x * x)));
  const scores = plainScores(y, z);
  return {
    sharpe,
    sharpeError,
    sortino: over(mean, Math.sqrt(sum(r.map((x) => Math.min(x, 0) ** 2)) / T)) * Math.sqrt(perYear),
    maxDrawdown,
    calmar: over(Math.exp(mean * perYear) - 1, maxDrawdown),
    winRate: over(won.length, n),
    profitFactor: over(gains, losses),
    expectancy: over(sum(y), n),
    totalReturn: n === 0 ? Number.NaN : Math.exp(sum(r)) - 1,
    trades: n,
    exposure: n === 0 ? Number.NaN : bars.filter(({ position }) => position !== 0).length / T,
    longestLosingStreak: n === 0 ? Number.NaN : Math.max(...streaks.map((streak) => streak.length)),
    composite: sum(scores) / 5,
    roi: over(sum(y), sum(stakes)),
    averageWin: over(gains, won.length),
    averageLoss: over(losses, lost.length),
    kelly,
    kellyError: kelly / tOf(z),
    scoreResult: scores[0],
    scoreStake: scores[1],
    scoreProfit: scores[2],
    scoreWins: scores[3],
    scoreRunUp: scores[4],
  };
}

function plainScores(y: readonly number[], z: readonly number[]): number[] {
  const n = y.length;
  if (n === 0) return Array(5).fill(Number.NaN);
  if (y.every((x) => x === 0)) return Array(5).fill(0.5);
  const f = (x: number) => 0.5 + (0.5 * x) / (1 + Math.abs(x));
  const t = (list: readonly number[]) => sum(list) / Math.sqrt(sum(list.map((x) => x * x)));
  const won = y.filter((x) => x > 0);
  const lost = y.filter((x) => x <= 0);
  const size = sum(y.map(Math.abs)) / n;
  const averageWin = sum(won) / won.length;
  const averageLoss = -sum(lost) / lost.length;
  const breakEven = lost.length === 0 ? 0 : won.length === 0 ? 1 : averageLoss / (averageWin + averageLoss);
  const path = running([0, ...y]);
  const rises = path.map((x, i) => x - Math.min(...path.slice(0, i + 1)));
  const falls = path.map((x, i) => Math.max(...path.slice(0, i + 1)) - x);
  return [
    f(t(y)),
    f(t(z)),
    f((Math.sqrt(n) / 2) * Math.log((sum(won) + size) / (-sum(lost) + size))),
    f((won.length / n - breakEven) / Math.sqrt(0.25 / n)),
    f(2 * Math.log((Math.max(...rises) + size) / (Math.max(...falls) + size))),
  ];
}

/** Sums of the first one, the first two, ... */
function running(list: readonly number[]): number[] {
  let total = 0;
  return list.map((x) => {
    total += x;
    return total;
  });
}

function sum(list: readonly number[]): number {
  return list.reduce((a, b) => a + b, 0);
}

/** The largest difference between figures, in units of the larger of 1 and the figure; Infinity where only one is defined. */
export function largestDifference(found: Figures, wanted: Figures): number {
  const names = Object.keys(wanted) as MetricName[];
  return Math.max(
    ...names.map((name) => {
      const [a, b] = [found[name], wanted[name]];
      if (Number.isNaN(a) || Number.isNaN(b))
        return Number.isNaN(a) && Number.isNaN(b) ? 0 : Number.POSITIVE_INFINITY;
      return Math.abs(a - b) / Math.max(1, Math.abs(b));
    }),
  );
}
