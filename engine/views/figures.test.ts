import { expect, it } from 'vitest';
import { exampleChampion } from '../store/testing/example-rows.ts';
import { stakeOf } from './figures.ts';

const row = exampleChampion(1, 'bull', 1);

it.each([
  [0.12, 0.06],
  [0.9, 0.25],
  [-0.3, 0],
])('a Kelly fraction of %d is staked as %d', (kelly, halved) => {
  expect(stakeOf({ ...row, kelly, kelly_error: 0.1 }).kelly).toEqual({ fraction: kelly, error: 0.1, halved });
});

it('without one nothing is advised', () => {
  expect(stakeOf({ ...row, kelly: null, kelly_error: null }).kelly).toBeNull();
});
