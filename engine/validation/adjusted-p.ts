import { tossCoins } from '../statistics/coins.ts';
import { stepDownPs } from '../statistics/step-down.ts';

/** A stitched curve as coins are tossed for it. */
export interface StitchedDays {
  /** Market days, ascending: days since 1970-01-01. */
  readonly days: ArrayLike<number>;
  /** Net log returns summed by them. */
  readonly daySums: Float64Array;
  /** Root of the sum of the squared net log returns of its bars; 0 without a trade. */
  readonly denominator: number;
}

/**
 * One-sided p of each curve of a market, adjusted for all of them together: the step-down maximum over the coins of the market's
 * days (`stepDownPs`), a curve being 0 on days that it does not cover. Of models and of procedures apart: the caller passes
 * one kind, the latest validation of each subject and scheme.
 */
export function adjustedPs(symbol: string, curves: readonly StitchedDays[]): Float64Array {
  const place = new Map<number, number>();
  const days = [...new Set(curves.flatMap((curve) => Array.from(curve.days)))].sort((a, b) => a - b);
  for (const [index, day] of days.entries()) place.set(day, index);
  const sums = new Float64Array(curves.length * days.length);
  curves.forEach((curve, index) => {
    for (let i = 0; i < curve.days.length; i++) {
      sums[index * days.length + place.get(curve.days[i]!)!] = curve.daySums[i]!;
    }
  });
  const denominators = Float64Array.from(curves, ({ denominator }) => denominator);
  return stepDownPs(tossCoins(symbol, days), sums, denominators);
}
