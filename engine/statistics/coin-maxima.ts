import { EngineError } from '../contract/errors.ts';
import { type CoinTosses, signedSums, signTable } from './coins.ts';

/** Maxima over no strategy at all; raised by `raiseCoinMaxima`. */
export function noCoinMaxima(coins: number): Float64Array {
  return new Float64Array(coins).fill(-Infinity);
}

/**
 * Raises `maxima` (one a coin) to M_b = max over the strategies of S*_b = sum_d e_b(d) x_d / den and writes each
 * strategy's own S = sum_d x_d / den to `scores`.
 *
 * `daySums` holds net log returns summed by market day, one strategy after the other, each as many as `tosses` has days.
 * `denominators` holds each strategy's root of the sum of its squared net bar returns over the window; one of 0 (or none
 * at all, NaN) leaves the strategy out, which is how those with too few trades are passed; their score is NaN. A strategy
 * with the bits of an earlier one is not computed again. S is a Sharpe ratio times root(bars / bars per year), see
 * `sharpeOfScore`.
 *
 * Source: sign flipping as in Romano and Wolf, Exact and Approximate Stepdown Methods for Multiple Hypothesis Testing,
 * JASA 100 (2005), with the maxima of Westfall and Young 1993.
 *
 * @throws EngineError `internal` where the lengths do not agree
 */
export function raiseCoinMaxima(
  tosses: CoinTosses,
  daySums: Float64Array,
  denominators: Float64Array,
  maxima: Float64Array,
  scores: Float64Array,
): void {
  const { days, coins } = tosses;
  const strategies = denominators.length;
  if (daySums.length !== strategies * days || scores.length !== strategies || maxima.length !== coins) {
    throw new EngineError(
      'internal',
      `Expected ${strategies} strategies x ${days} day sums, ${strategies} scores and ${coins} maxima, found ` +
        `${daySums.length}, ${scores.length} and ${maxima.length}.`,
    );
  }
  const sums = new Float64Array(coins);
  const table = signTable();
  const twins = createTwinFinder(daySums, denominators, days);
  for (let strategy = 0; strategy < strategies; strategy++) {
    const denominator = denominators[strategy]!;
    if (!(denominator > 0)) {
      scores[strategy] = Number.NaN;
      continue;
    }
    const twin = twins(strategy);
    if (twin !== strategy) {
      scores[strategy] = scores[twin]!;
      continue;
    }
    scores[strategy] = signedSums(tosses, daySums, strategy * days, sums, table) / denominator;
    raiseBy(sums, denominator, maxima);
  }
}

/** Maxima of several sets of strategies over the same days, raised by one strategy at a time. */
export interface CoinMaxima {
  /** No strategy was tried in any set. */
  clear(): void;
  /** Raises those of a set as `raiseCoinMaxima` does and returns the strategy's score S. `denominator` is above 0. */
  raise(set: number, daySums: Float64Array, denominator: number): number;
  /** A copy, one a coin. */
  maxima(set: number): Float64Array;
}

/** In plain TypeScript: what the compiled one is held to, and what there is where WebAssembly is not supported. */
export class PlainCoinMaxima implements CoinMaxima {
  readonly #tosses: CoinTosses;
  readonly #sets: readonly Float64Array[];
  readonly #sums: Float64Array;
  readonly #table = signTable();

  constructor(tosses: CoinTosses, sets: number) {
    this.#tosses = tosses;
    this.#sets = Array.from({ length: sets }, () => noCoinMaxima(tosses.coins));
    this.#sums = new Float64Array(tosses.coins);
  }

  clear(): void {
    for (const maxima of this.#sets) maxima.fill(-Infinity);
  }

  raise(set: number, daySums: Float64Array, denominator: number): number {
    const score = signedSums(this.#tosses, daySums, 0, this.#sums, this.#table) / denominator;
    raiseBy(this.#sums, denominator, this.#sets[set]!);
    return score;
  }

  maxima(set: number): Float64Array {
    return this.#sets[set]!.slice();
  }
}

function raiseBy(sums: Float64Array, denominator: number, maxima: Float64Array): void {
  for (let coin = 0; coin < maxima.length; coin++) {
    const score = sums[coin]! / denominator;
    if (score > maxima[coin]!) maxima[coin] = score;
  }
}

/** Raises `into` to the larger of both, coin by coin: order and repetition change nothing. */
export function mergeCoinMaxima(into: Float64Array, other: Float64Array): void {
  for (let coin = 0; coin < into.length; coin++) {
    if (other[coin]! > into[coin]!) into[coin] = other[coin]!;
  }
}

/**
 * Chance that the best of everything that went into `maxima` reaches `score` without any edge:
 * (1 + #{b: M_b >= S}) / (1 + number of coins).
 */
export function familyWiseP(maxima: Float64Array, score: number): number {
  let reached = 1;
  for (let coin = 0; coin < maxima.length; coin++) if (maxima[coin]! >= score) reached++;
  return reached / (maxima.length + 1);
}

/**
 * What luck alone reaches in `share` of all cases, as a score: the k-th largest maximum, k = floor(share (1 + number of
 * coins)), so that a score above it is one whose family-wise p is at most `share`. The maxima's 95 % quantile by default.
 * -Infinity where nothing was tried.
 */
export function luckOfMaxima(maxima: Float64Array, share = 0.05): number {
  const rank = Math.max(1, Math.floor(share * (maxima.length + 1)));
  const sorted = maxima.slice().sort();
  return sorted[sorted.length - rank] ?? Number.NaN;
}

/** The annual Sharpe ratio that a score S over `bars` bars stands for: S sqrt(bars per year / bars). */
export function sharpeOfScore(score: number, barsPerYear: number, bars: number): number {
  return score * Math.sqrt(barsPerYear / bars);
}

/**
 * The reverse, exact: S = sum x / root(sum x^2) of returns whose annual Sharpe ratio this is. With a the ratio per bar and its
 * deviation over n - 1, S = n a / root(n - 1 + n a^2).
 */
export function scoreOfSharpe(sharpe: number, barsPerYear: number, bars: number): number {
  const a = sharpe / Math.sqrt(barsPerYear);
  return (bars * a) / Math.sqrt(bars - 1 + bars * a * a);
}

/** Finds for a strategy the first one asked for that has the same bits; itself where there is none. */
function createTwinFinder(
  daySums: Float64Array,
  denominators: Float64Array,
  days: number,
): (strategy: number) => number {
  const words = new Int32Array(daySums.buffer, daySums.byteOffset, daySums.length * 2);
  let slots = 16;
  while (slots < 2 * denominators.length) slots *= 2;
  const table = new Int32Array(slots).fill(-1);

  function hashOf(strategy: number): number {
    let hash = 0x811c_9dc5 | 0;
    for (let i = strategy * days * 2; i < (strategy + 1) * days * 2; i++) {
      hash = Math.imul(hash ^ words[i]!, 0x0100_0193);
    }
    return (hash ^ (hash >>> 15)) & (slots - 1);
  }

  function alike(a: number, b: number): boolean {
    if (denominators[a] !== denominators[b]) return false;
    const offset = (b - a) * days;
    for (let i = a * days; i < (a + 1) * days; i++) if (daySums[i] !== daySums[i + offset]) return false;
    return true;
  }

  return (strategy) => {
    let slot = hashOf(strategy);
    for (; table[slot]! >= 0; slot = (slot + 1) & (slots - 1)) {
      if (alike(table[slot]!, strategy)) return table[slot]!;
    }
    table[slot] = strategy;
    return strategy;
  };
}
