import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findChampion, formatChampion, parseChampion, referencesOf } from './champion-reference.ts';
import { TIMEFRAMES } from './timeframe.ts';

it('reads what it writes', () => {
  const reference = fc.record({
    symbol: fc.stringMatching(/^[A-Z0-9._-]{1,32}$/),
    timeframe: fc.constantFrom(...TIMEFRAMES),
    regime: fc.stringMatching(/^[a-z][a-z0-9_]{0,39}$/),
    rank: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(reference, (one) => {
      expect(parseChampion(formatChampion(one))).toEqual(one);
    }),
  );
});

it('leaves the rank out of the best, and takes letters and timeframes as people write them', () => {
  const best = { symbol: 'EURUSD', timeframe: 'H1', regime: 'bull_trending', rank: 1 } as const;
  expect(formatChampion(best)).toBe('EURUSD/H1/bull_trending');
  expect(formatChampion({ ...best, rank: 2 })).toBe('EURUSD/H1/bull_trending/2');
  for (const text of ['EURUSD/H1/bull_trending/1', ' eurusd/1h/Bull_Trending ']) {
    expect(parseChampion(text)).toEqual(best);
  }
});

it.each([
  '',
  'EURUSD',
  'EURUSD/H1',
  'EURUSD/H7/bull',
  'EURUSD/H1/',
  '/H1/bull',
  'EURUSD/H1/bull/0',
  'EURUSD/H1/bull/2/3',
  'EURUSD/H1/bull/x',
])('refuses %j with the form', (text) => {
  expect(() => parseChampion(text)).toThrow(
    `Expected a champion as SYMBOL/TIMEFRAME/REGIME[/RANK], such as EURUSD/H1/bull_trending, found ${JSON.stringify(text)}.`,
  );
});

const place = (regime: string) => ({ symbol: 'EURUSD', timeframe: 'H1', regime }) as const;

it('numbers those of one place in their order', () => {
  expect(referencesOf([place('calm'), place('bull'), place('bull'), place('calm')])).toEqual([
    'EURUSD/H1/calm',
    'EURUSD/H1/bull',
    'EURUSD/H1/bull/2',
    'EURUSD/H1/calm/2',
  ]);
});

it('finds a champion, or says which there are', () => {
  const champions = [{ champion: 'EURUSD/H1/calm' }, { champion: 'EURUSD/H1/bull/2' }];
  expect(findChampion(champions, 'eurusd/1h/bull/2')).toBe(champions[1]);
  expect(() => findChampion(champions, 'EURUSD/H1/clam')).toThrow(
    'There is no champion EURUSD/H1/clam. Did you mean "EURUSD/H1/calm"? There are EURUSD/H1/calm, EURUSD/H1/bull/2.',
  );
  expect(() => findChampion([], 'EURUSD/H1/calm')).toThrow(
    'There is no champion EURUSD/H1/calm. No champion is there yet: train a grid first.',
  );
  const many = Array.from({ length: 15 }, (_, i) => ({ champion: `A${i}/H1/x` }));
  expect(() => findChampion(many, 'EURUSD/H1/calm')).toThrow(/A11\/H1\/x and 3 more\.$/);
  expect(() => findChampion([champions[0]!], 'GBPUSD/D1/other')).toThrow(/There is EURUSD\/H1\/calm\.$/);
});
