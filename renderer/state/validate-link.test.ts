import { expect, it } from 'vitest';
import { readHash } from './ui.ts';
import { readValidateTarget, type ValidateTarget, validateHash } from './validate-link.ts';

it.each<ValidateTarget>([
  { kind: 'market', symbol: 'EURUSD', timeframe: 'H1' },
  { kind: 'run', run: '0198c5f2-aaaa' },
  { kind: 'champion', champion: 'EURUSD/H1/bull_trending' },
  { kind: 'champion', champion: 'EURUSD/H1/bull_trending/2' },
  { kind: 'champions' },
  { kind: 'grid', queueId: 12 },
])('a link to $kind opens the form with it', (target) => {
  const { place, params } = readHash(validateHash(target));
  expect(place).toBe('queue');
  expect(readValidateTarget(params.validate!)).toEqual(target);
});

it('is readable as an address that is typed', () => {
  const { params } = readHash('#/queue?validate=EURUSD/H1/bull_trending');
  expect(readValidateTarget(params.validate!)).toEqual({
    kind: 'champion',
    champion: 'EURUSD/H1/bull_trending',
  });
});

it.each(['', 'job:x', 'EURUSD', 'EURUSD/X9', '/H1', 'nonsense:1'])('%j names nothing', (text) => {
  expect(readValidateTarget(text)).toBeUndefined();
});

it('without anything in it leads to the empty form', () => {
  expect(readHash(validateHash()).params).toEqual({ validate: '' });
});
