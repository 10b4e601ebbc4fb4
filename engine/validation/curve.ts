import type { CurveFoldDto, ValidationCurveDto } from '../contract/dto/index.ts';
import type { Candles } from '../market/candles.ts';
import { rowsWithin } from '../pipeline/windows.ts';
import { createPrng } from '../random/prng.ts';
import { bootstrapBand } from '../statistics/bootstrap-band.ts';
import type { StoredFold } from './fold-blob.ts';
import type { ReadFold, ReadValidation } from './to-dto.ts';

const DAY_MS = 86_400_000;
/** The same curve has the same band. */
const BAND_SEED = 20_010_101;
const BAND_PATHS = 1000;

/** A fold's days with the net log return of each. */
interface FoldDays {
  readonly days: readonly number[];
  readonly sums: readonly number[];
}

/**
 * The computed rolling folds of a validation by market days, in percent (100 times the summed log return): counted ones as one
 * curve with its band, others beside it. `candles`: the market's, where they are there.
 */
export function validationCurve(
  { row, folds, counted, stitched }: Pick<ReadValidation, 'row' | 'folds' | 'counted' | 'stitched'>,
  candles: Candles | undefined,
): ValidationCurveDto {
  const rolling = folds.filter(({ kind, result }) => kind === 'rolling' && result !== undefined);
  const band = bootstrapBand(stitched.daySums, { random: createPrng(BAND_SEED), paths: BAND_PATHS });
  const held = candles && heldReturns(rolling, candles);
  const place = new Map(Array.from(stitched.days, (day, index) => [day, index] as const));

  const days: string[] = [];
  const net: number[] = [];
  const low: number[] = [];
  const high: number[] = [];
  const hold: number[] = [];
  const parts: CurveFoldDto[] = [];
  let sum = 0;
  let holdSum = 0;
  let bounds: readonly [number, number] = [0, 0];
  rolling.forEach(({ index, counted: counts, result }, f) => {
    const own = byDay(result!, result!.netReturn);
    const market = held && byDay(result!, held[f]!);
    const from = days.length;
    const hollow: number[] = [];
    let alone = 0;
    own.days.forEach((day, i) => {
      alone += own.sums[i]!;
      if (counts) {
        sum += own.sums[i]!;
        holdSum += market?.sums[i] ?? 0;
        const at = place.get(day)!;
        if (band !== null) bounds = [band.low[at]!, band.high[at]!];
      } else hollow.push(100 * (sum + alone));
      days.push(new Date(day * DAY_MS).toISOString().slice(0, 10));
      net.push(100 * sum);
      hold.push(100 * holdSum);
      low.push(100 * bounds[0]);
      high.push(100 * bounds[1]);
    });
    parts.push({
      index,
      counted: counts,
      from,
      to: days.length,
      net: 100 * alone,
      hollow: counts ? null : hollow,
    });
  });
  const barsPerYear = counted.at(-1)?.result?.barsPerYear ?? null;
  const yearly = (total: number) =>
    barsPerYear === null || stitched.bars === 0 ? null : (100 * total * barsPerYear) / stitched.bars;
  return {
    id: row.id,
    days,
    net,
    band: band && { low, high, paths: BAND_PATHS },
    folds: parts,
    hold: held === undefined ? null : hold,
    yearly: yearly(sum),
    holdYearly: held === undefined ? null : yearly(holdSum),
    barsPerYear,
  };
}

function byDay({ marketDay }: Pick<StoredFold, 'marketDay'>, returns: Float64Array): FoldDays {
  const days: number[] = [];
  const sums: number[] = [];
  marketDay.forEach((day, i) => {
    if (days.at(-1) !== day) {
      days.push(day);
      sums.push(0);
    }
    sums[sums.length - 1]! += returns[i]!;
  });
  return { days, sums };
}

/**
 * Per fold and bar, the log return of a long position from the test window's first open to its last: ln(open[t+1] / open[t]), 0 for
 * the last bar. Undefined where a window has another number of bars now than when it was tested.
 */
function heldReturns(
  folds: readonly Pick<ReadFold, 'test' | 'result'>[],
  candles: Candles,
): Float64Array[] | undefined {
  const returns: Float64Array[] = [];
  for (const { test, result } of folds) {
    const { from: first, to } = rowsWithin(candles, test);
    const bars = to - first;
    if (bars !== result!.netReturn.length) return undefined;
    const own = new Float64Array(bars);
    for (let i = 0; i + 1 < bars; i++)
      own[i] = Math.log(candles.open[first + i + 1]! / candles.open[first + i]!);
    returns.push(own);
  }
  return returns;
}
