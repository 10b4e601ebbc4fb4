import { expect, it } from 'vitest';
import { daysThatFit } from './build-grid.ts';

const over = (days: number) => ({
  first: '2020-01-01T00:00:00.000Z',
  last: new Date(Date.UTC(2020, 0, 1) + days * 86_400_000).toISOString(),
});

it('proposes the longest windows that leave room for selection and holdout, by the shortest series', () => {
  expect(daysThatFit([over(4000)])).toEqual([730, 1825]);
  expect(daysThatFit([over(4000), over(515)])).toEqual([180, 365]);
  expect(daysThatFit([over(514)])).toEqual([90, 180]);
  expect(daysThatFit([over(180)])).toEqual([30]);
  expect(daysThatFit([over(100)])).toEqual([]);
});
