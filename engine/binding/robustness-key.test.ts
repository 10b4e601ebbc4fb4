import { expect, test } from 'vitest';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import type { Basis } from './basis.ts';
import { robustnessKey, robustnessSeed, type ScoredChampion } from './robustness-key.ts';

const RANGE = { from: '2025-01-01T00:00:00.000Z', to: '2025-04-01T00:00:00.000Z' };
const BASIS = {
  as_of: '2025-05-01T00:00:00.000Z',
  windows: { training: RANGE, start: RANGE.to, evaluated: [{ name: 'selection', ...RANGE }] },
  candles: { digest: 'a', first: RANGE.from },
  higher_timeframes: {},
  training: { members: 3, seed: 1 },
  costs: { spreadPips: 1, slippagePips: 0, commissionPerSide: 0, swapLongPips: 0, swapShortPips: 0 },
  inference_grid: { lookback_windows: [50] },
  regimes: 'rules',
  regime_labels: { bull: 'labels', bear: 'others' },
  pipeline_version: PIPELINE_VERSION,
} as unknown as Basis;
const CHAMPION: ScoredChampion = {
  configuration: {
    modelType: 'ridge',
    encoder: 'normalized',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 60,
    horizon: 6,
    target: 'return',
    indicatorTimeframes: {},
    hyperparameters: { alpha: 1 },
  },
  trained: BASIS,
  scored: BASIS,
  regime: 'bull',
  strategy: {
    predictionMethod: 'direct',
    ensembleMethod: 'mean',
    confidenceThreshold: 0,
    lookbackWindow: 50,
  },
};
const KEY = robustnessKey(CHAMPION, 'sharpe')!;

const scoredOn = (change: Partial<Basis>): ScoredChampion => ({
  ...CHAMPION,
  scored: { ...BASIS, ...change },
});

test.each<[string, ScoredChampion]>([
  ['another model', { ...CHAMPION, trained: { ...BASIS, training: { members: 3, seed: 2 } } }],
  ['another configuration', { ...CHAMPION, configuration: { ...CHAMPION.configuration, horizon: 12 } }],
  ['other windows', scoredOn({ windows: { ...BASIS.windows, evaluated: [] } })],
  ['other candles', scoredOn({ candles: { ...BASIS.candles, digest: 'b' } })],
  ['other costs', scoredOn({ costs: { ...BASIS.costs, spreadPips: 2 } })],
  ['another inference grid', scoredOn({ inference_grid: {} as Basis['inference_grid'] })],
  ['other labels of its regime', scoredOn({ regime_labels: { bull: 'more' } })],
  ['another regime', { ...CHAMPION, regime: 'bear' }],
  ['another strategy', { ...CHAMPION, strategy: { ...CHAMPION.strategy, lookbackWindow: 100 } }],
])('%s gives another key', (_, champion) => {
  expect(robustnessKey(champion, 'sharpe')).not.toBe(KEY);
});

test('so does another score, and nothing else: rules that label the same bars leave it what it is', () => {
  expect(robustnessKey(CHAMPION, 'composite')).not.toBe(KEY);
  const other = scoredOn({ regimes: 'others', regime_labels: { bull: 'labels', bear: 'new' } });
  expect(robustnessKey(other, 'sharpe')).toBe(KEY);
});

test('there is none of what another pipeline computed', () => {
  expect(robustnessKey(scoredOn({ pipeline_version: PIPELINE_VERSION - 1 }), 'sharpe')).toBeUndefined();
});

test('a seed is what its key begins with', () => {
  expect(robustnessSeed(KEY).toString(16).padStart(12, '0')).toBe(KEY.slice(0, 12));
});
