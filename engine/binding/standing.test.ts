import { expect, it } from 'vitest';
import type { Basis } from './basis.ts';
import { type ScoredRun, standingOf } from './standing.ts';

const BASIS: Basis = {
  as_of: '2026-06-12T21:00:00.000Z',
  windows: {
    training: { from: '2025-12-14T21:00:00.000Z', to: '2026-02-12T21:00:00.000Z' },
    start: '2026-02-12T21:00:00.000Z',
    evaluated: [
      { name: 'selection', from: '2026-02-12T21:00:00.000Z', to: '2026-05-13T21:00:00.000Z' },
      { name: 'holdout', from: '2026-05-13T21:00:00.000Z', to: '2026-06-12T21:00:00.000Z' },
    ],
  },
  candles: { digest: 'c', first: '2025-01-01T00:00:00.000Z', bars: 9000, source: 'H1' },
  higher_timeframes: {},
  training: { members: 3, seed: 1 },
  costs: { spreadPips: 1, slippagePips: 0, commissionPerSide: 0, swapLongPips: 0, swapShortPips: 0 },
  inference_grid: {
    prediction_methods: ['direct'],
    ensemble_methods: ['mean'],
    confidence_thresholds: [0],
    lookback_windows: [50],
  },
  regimes: 'r',
  pipeline_version: 3,
};
const TODAY = { basis: BASIS, symbol: 'BTCUSDT', timeframe: 'H1' };

const standing = (basis: Partial<Basis>, of: Partial<ScoredRun> = {}) =>
  standingOf({ ...TODAY, basis: { ...BASIS, ...basis }, ...of }, TODAY, 'bull');

it('is that of today where bars, costs, rules and pipeline are', () => {
  expect(standing({})).toEqual({ kind: 'current' });
  expect(
    standing({
      training: { members: 5, seed: 2 },
      inference_grid: { ...BASIS.inference_grid, confidence_thresholds: [0.5] },
      higher_timeframes: { H4: BASIS.candles },
      // A longer training window, which begins in another year: what it is evaluated on is the same.
      windows: {
        ...BASIS.windows,
        training: { ...BASIS.windows.training, from: '2020-01-01T00:00:00.000Z' },
      },
      candles: { ...BASIS.candles, digest: 'd', first: '2019-01-01T00:00:00.000Z' },
    }),
  ).toEqual({ kind: 'current' });
});

it.each<[Partial<Basis>, string]>([
  [{ costs: { ...BASIS.costs, commissionPerSide: 0.0005 } }, 'the trading costs changed'],
  [{ candles: { ...BASIS.candles, digest: 'd' } }, 'its candles changed'],
  [{ as_of: '2026-06-05T21:00:00.000Z' }, 'the as-of date changed'],
  [
    { windows: { ...BASIS.windows, evaluated: BASIS.windows.evaluated.slice(1) } },
    'the holdout or selection window changed',
  ],
  [
    { regimes: 'q', pipeline_version: 1, as_of: undefined as never },
    "Regimen's pipeline and the regime rules changed",
  ],
])('is stale after a change of %j', (change, reason) => {
  expect(standing(change)).toEqual({ kind: 'stale', reason });
});

it('knows other regime rules by the bars that its own regime labels', () => {
  const labels = { bull: 'l', calm: 'l' };
  const now = { ...TODAY, basis: { ...BASIS, regimes: 'q', regime_labels: labels } };
  const of = (regime_labels: Record<string, string>, changes: Partial<Basis> = {}) =>
    standingOf({ ...TODAY, basis: { ...BASIS, regime_labels, ...changes } }, now, 'bull').kind;
  expect(of({ bull: 'l', calm: 'k' })).toBe('current');
  expect(of({ bull: 'k', calm: 'l' })).toBe('stale');
  expect(of({ calm: 'l' })).toBe('stale');
  expect(standingOf({ ...TODAY, basis: BASIS }, now, 'bull').kind).toBe('stale');
});

it('is stale where a part is not known', () => {
  const { costs: _, ...others } = BASIS;
  expect(standingOf({ ...TODAY, basis: others }, TODAY, 'bull')).toMatchObject({ kind: 'stale' });
});

it('leaves another market its own candles, dates and costs', () => {
  const other = {
    as_of: '2026-06-15T00:00:00.000Z',
    candles: { ...BASIS.candles, digest: 'd' },
    costs: { ...BASIS.costs, spreadPips: 3 },
  };
  expect(standing(other, { symbol: 'EURUSD' })).toEqual({ kind: 'current' });
  expect(standing({ ...other, pipeline_version: 1 }, { symbol: 'EURUSD' })).toMatchObject({ kind: 'stale' });
});
