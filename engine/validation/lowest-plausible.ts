import { blockLengths } from '../statistics/block-length.ts';
import { drawStationaryPath, type Uniform } from '../statistics/stationary-bootstrap.ts';

const PATHS = 10_000;
const SHARE = 0.01;

/**
 * The net log return under which one of 100 stretches of `days` market days ends that are drawn from a stitched curve's day sums
 * by the stationary bootstrap (block of `blockLengths`). Null without day sums or days.
 */
export function lowestPlausible(daySums: Float64Array, days: number, random: Uniform): number | null {
  if (daySums.length === 0 || days < 1) return null;
  const meanBlock = blockLengths(daySums).stationary;
  const path = new Int32Array(days);
  const sums = new Float64Array(PATHS);
  for (let one = 0; one < PATHS; one++) {
    drawStationaryPath(path, daySums.length, meanBlock, random);
    let sum = 0;
    for (const day of path) sum += daySums[day]!;
    sums[one] = sum;
  }
  return sums.sort()[SHARE * PATHS]!;
}
