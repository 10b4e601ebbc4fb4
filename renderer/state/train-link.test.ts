import { expect, it } from 'vitest';
import { readTrainTarget, type TrainTarget, trainHash } from './train-link.ts';
import { readHash } from './ui.ts';

it.each<TrainTarget>([
  { symbol: 'EURUSD', timeframe: 'H1', regime: null },
  { symbol: 'EURUSD', timeframe: 'H4', regime: 'bull_trending' },
  'all',
])('a link to %j opens the form with it', (target) => {
  const { place, params } = readHash(trainHash(target));
  expect(place).toBe('queue');
  expect(readTrainTarget(params.train!)).toEqual(target);
});

it.each(['', 'EURUSD', 'EURUSD X9', 'a b c d e'])('%j names nothing', (text) => {
  expect(readTrainTarget(text)).toBeUndefined();
});

it('without anything in it leads to the empty form', () => {
  expect(readHash(trainHash()).params).toEqual({ train: '' });
});
