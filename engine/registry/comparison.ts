import type { ComparisonDto } from '../contract/dto/index.ts';
import { createPrng } from '../random/prng.ts';
import { pairedDifference } from '../statistics/paired-difference.ts';
import { stitch } from '../validation/stitched.ts';
import type { TestedWindows } from '../validation/verdicts.ts';

/** The same curves have the same interval. */
const SEED = 20_010_101;

/** Day by day what two models earned in the test windows that both have; null where they have none. */
export interface Paired {
  readonly days: Int32Array;
  readonly own: Float64Array;
  readonly other: Float64Array;
  readonly folds: number;
}

export function paired(
  own: Pick<TestedWindows, 'counted'>,
  other: Pick<TestedWindows, 'counted'>,
): Paired | null {
  type Window = TestedWindows['counted'][number];
  const same = (a: Window, b: Window) => a.test.from === b.test.from && a.test.to === b.test.to;
  const pairs = own.counted.flatMap((fold) => {
    const twin = other.counted.find((one) => same(one, fold));
    return twin === undefined ? [] : [[fold, twin] as const];
  });
  if (pairs.length === 0) return null;
  const ownCurve = stitch(
    pairs.map(([fold]) => fold.result!),
    pairs.at(-1)![0].result!.barsPerYear,
  );
  const otherCurve = stitch(
    pairs.map(([, twin]) => twin.result!),
    pairs.at(-1)![1].result!.barsPerYear,
  );
  const { days, daySums } = ownCurve;
  return { days, own: daySums, other: otherCurve.daySums, folds: pairs.length };
}

/**
 * How much more one earned than the other, net log return a market day, with the interval of a paired block bootstrap that holds the true
 * mean in 95 of 100 cases: `better` above 0, `worse` below it.
 */
export function comparisonOf(
  { days, own, other, folds }: Paired,
  names: Pick<ComparisonDto, 'version' | 'against'>,
): ComparisonDto {
  const { mean, low, high, judgement } = pairedDifference(own, other, { random: createPrng(SEED) });
  return { ...names, judgement, mean, low, high, days: days.length, folds };
}
