import { afterAll, beforeAll, expect, test } from 'vitest';
import { flipsOf, KINDS, type KindName, outcomeOf, textOf } from './flip-kinds.ts';
import { answersOf, type FlipPlace, prepareFlips } from './flipped.ts';

/** More of what `flips.test.ts` begins with. */
const FLIPS: Readonly<Record<KindName, number>> = {
  database: 50,
  'database after a kill': 15,
  'log of the database': 38,
  candles: 15,
  models: 15,
  checkpoints: 15,
  backups: 15,
  'marks of folders': 15,
  'the last verification': 15,
};
/** Others than those of `flips.test.ts`. */
const SEED = 20261129;

let place: FlipPlace;
beforeAll(async () => {
  place = await prepareFlips();
});
afterAll(() => place.remove());

test.each(Object.keys(FLIPS) as KindName[])(
  'a flipped bit gives no other figure without a word: %s',
  async (kind) => {
    const expected = await answersOf(place, KINDS[kind].workspace(place), true);
    for (const [n, flip] of flipsOf(place, kind, FLIPS[kind], SEED).entries()) {
      const { silent } = await outcomeOf(place, kind, flip, n, expected);
      expect(silent, textOf(flip)).toEqual([]);
    }
  },
);
