import { expect, it } from 'vitest';
import { type Basis, basisDigest, describeChange, runKey } from './basis.ts';

const COSTS: Basis['costs'] = {
  spreadPips: 1,
  slippagePips: 0.2,
  commissionPerSide: 0,
  swapLongPips: 0.5,
  swapShortPips: 0.5,
};
const STRATEGIES: Basis['inference_grid'] = {
  prediction_methods: ['direct'],
  ensemble_methods: ['mean'],
  confidence_thresholds: [0.5],
  lookback_windows: [50],
};
const BASIS: Basis = {
  candles: 'c1',
  higher_timeframes: { H4: 'h1', D1: 'd1' },
  windows: { holdout_days: 30, selection_days: 90 },
  costs: COSTS,
  inference_grid: STRATEGIES,
  regimes: 'r1',
  training: { members: 3, seed: 42 },
  pipeline_version: 1,
};

const CHANGES: readonly [Partial<Basis>, string][] = [
  [{ candles: 'c2' }, 'its candles changed since'],
  [{ higher_timeframes: { H4: 'h2', D1: 'd1' } }, 'the candles of its higher timeframes changed since'],
  [{ windows: { holdout_days: 31, selection_days: 90 } }, 'the holdout or selection window changed since'],
  [{ costs: { ...COSTS, spreadPips: 2 } }, 'the trading costs changed since'],
  [{ inference_grid: { ...STRATEGIES, lookback_windows: [50, 60] } }, 'the inference grid changed since'],
  [{ regimes: 'r2' }, 'the regime rules changed since'],
  [{ training: { members: 3, seed: 43 } }, 'training.members or training.seed changed since'],
  [{ pipeline_version: 2 }, "Regimen's pipeline changed since"],
];

it.each(CHANGES)('%j changes the run key, and is said', (change, text) => {
  const now = { ...BASIS, ...change };
  expect(runKey('hash', basisDigest(now))).not.toBe(runKey('hash', basisDigest(BASIS)));
  expect(describeChange(BASIS, now)).toBe(text);
});

it('has a change for every part', () => {
  expect(new Set(CHANGES.flatMap(([change]) => Object.keys(change)))).toEqual(new Set(Object.keys(BASIS)));
});

it('joins several changes, and counts a part that an older run did not know', () => {
  const now = { ...BASIS, candles: 'c2', regimes: 'r2', costs: { ...COSTS, slippagePips: 3 } };
  expect(describeChange(BASIS, now)).toBe(
    'its candles, the trading costs and the regime rules changed since',
  );
  const { costs: _costs, ...older } = BASIS;
  expect(describeChange(older, BASIS)).toBe('the trading costs changed since');
});

it('gives another key to another configuration, whatever the order of keys', () => {
  expect(runKey('a', basisDigest(BASIS))).not.toBe(runKey('b', basisDigest(BASIS)));
  const reordered = Object.fromEntries(Object.entries(BASIS).toReversed()) as unknown as Basis;
  expect(basisDigest(reordered)).toBe(basisDigest(BASIS));
});
