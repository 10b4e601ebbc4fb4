import { EngineError } from '../contract/errors.ts';
import { type CoinTosses, signedSums, signTable } from './coins.ts';

/**
 * One-sided p of every hypothesis "no edge", adjusted for all of them together: the step-down maximum over sign flips.
 * With S_(1) >= S_(2) >= ...: p_(j) = max(p_(j-1), (1 + #{b: max_(i>=j) S*_(i),b >= S_(j)}) / (1 + number of coins)).
 *
 * `daySums` holds net log returns summed by market day, one candidate after the other, each as many as `tosses` has days
 * (0 on days that a candidate does not cover); `denominators` each one's root of the sum of its squared net bar returns. A
 * candidate with the denominator 0 takes no part; its p is 1.
 *
 * Source: Romano and Wolf, Exact and Approximate Stepdown Methods for Multiple Hypothesis Testing, JASA 100 (2005).
 *
 * @throws EngineError `internal` where the lengths do not agree
 */
export function stepDownPs(
  tosses: CoinTosses,
  daySums: Float64Array,
  denominators: Float64Array,
): Float64Array {
  const { days, coins } = tosses;
  const candidates = denominators.length;
  if (daySums.length !== candidates * days) {
    throw new EngineError(
      'internal',
      `Expected ${candidates} candidates x ${days} day sums, found ${daySums.length}.`,
    );
  }
  const table = signTable();
  const signed = Array.from({ length: candidates }, (_, candidate) => {
    const denominator = denominators[candidate]!;
    const sums = new Float64Array(coins);
    const score = signedSums(tosses, daySums, candidate * days, sums, table) / denominator;
    for (let coin = 0; coin < coins; coin++) sums[coin]! /= denominator;
    return { candidate, score, sums };
  }).filter(({ candidate }) => denominators[candidate]! > 0);
  signed.sort((a, b) => b.score - a.score || a.candidate - b.candidate);

  const ps = new Float64Array(candidates).fill(1);
  const maxima = new Float64Array(coins).fill(-Infinity);
  // From the weakest up, so that the maxima always are those over the candidate itself and all weaker ones.
  for (const { candidate, score, sums } of signed.toReversed()) {
    let reached = 1;
    for (let coin = 0; coin < coins; coin++) {
      if (sums[coin]! > maxima[coin]!) maxima[coin] = sums[coin]!;
      if (maxima[coin]! >= score) reached++;
    }
    ps[candidate] = reached / (coins + 1);
  }
  let largest = 0;
  for (const { candidate } of signed) {
    largest = Math.max(largest, ps[candidate]!);
    ps[candidate] = largest;
  }
  return ps;
}
