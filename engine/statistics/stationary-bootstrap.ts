import { EngineError } from '../contract/errors.ts';
import type { Prng } from '../random/prng.ts';

/** What a bootstrap needs of a random stream. */
export type Uniform = Pick<Prng, 'float'>;

/**
 * Fills `rows` with one path of the stationary bootstrap over a series of `length` values: indices 0..length - 1 in blocks
 * that begin anywhere, wrap round at the end and have geometric lengths with the mean `meanBlock` (values, at least 1).
 * `rows` may be shorter or longer than the series. A step draws one number, and a second one where a block begins.
 * Source: Politis and Romano, The Stationary Bootstrap, JASA 89 (1994).
 *
 * @throws EngineError `internal` for a mean block below 1 or an empty series
 */
export function drawStationaryPath(
  rows: Int32Array,
  length: number,
  meanBlock: number,
  random: Uniform,
): void {
  if (!(meanBlock >= 1 && length >= 1)) {
    throw new EngineError(
      'internal',
      `A bootstrap path needs a mean block of at least 1 and a series, found ${meanBlock} and ${length} values.`,
    );
  }
  const chance = 1 / meanBlock;
  let row = 0;
  for (let step = 0; step < rows.length; step++) {
    const u = random.float();
    if (step === 0 || u < chance) row = Math.floor(random.float() * length);
    else row = row + 1 === length ? 0 : row + 1;
    rows[step] = row;
  }
}
