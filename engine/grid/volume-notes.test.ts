import { expect, it } from 'vitest';
import { randomCandles } from '../market/testing/random-candles.ts';
import { volumeNotes } from './volume-notes.ts';

const traded = randomCandles(50);
const silent = { ...traded, volume: new Float64Array(50) };
const load = (symbol: string) => (symbol === 'EURUSD' ? silent : traded);
const regime = (name: string, rules: { volume?: string; momentum?: string }, active = true) => ({
  name,
  rules,
  active,
});
const axes = { symbol: ['EURUSD', 'GBPUSD'], timeframe: ['H1', 'H4'] as const };

it('names markets without volume and the regimes that ask for it', () => {
  const regimes = [
    regime('busy', { volume: '> 1.5x average' }),
    regime('quiet', { volume: '<= 50th percentile' }),
    regime('fast', { momentum: '> 0' }),
    regime('off', { volume: '> 1' }, false),
  ];
  expect(volumeNotes(regimes, axes, load)).toEqual([
    'busy can never get a bar of EURUSD H1, EURUSD H4, which have no volume: its rule is volume > 1.5x average.',
    'quiet tells no bars apart by volume in EURUSD H1, EURUSD H4, which have no volume: its rule, volume <= 50th percentile, holds on every bar.',
  ]);
  expect(volumeNotes(regimes, { ...axes, symbol: ['GBPUSD'] }, load)).toEqual([]);
});
