// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ChampionDto, StakeDto } from '../../../engine/contract/dto/index.ts';
import { show } from '../../testing/render.tsx';
import { firstShown } from '../places.ts';
import { detail, metrics, strategy } from '../testing/run.ts';
import { ResultsOverview } from './results-overview.tsx';

const STAKE: StakeDto = {
  roi: 0.1,
  hitRate: 0.5,
  hitRateTp1: null,
  averageWin: 0.001,
  averageLoss: 0.001,
  profitFactor: 1,
  kelly: null,
  longestLosingStreak: 2,
};

/** Its best strategy over all bars is the second; champion it is with the first. */
const RUN = detail({
  regimes: ['bull_trending'],
  strategies: [
    strategy(0, { lookbackWindow: 50, selection: metrics({ sharpe: 0.3 }) }),
    strategy(1, { lookbackWindow: 200, selection: metrics({ sharpe: 5.6, sharpeError: 2.2 }) }),
  ],
  stake: STAKE,
});

const won = (change: Partial<ChampionDto> = {}): ChampionDto => ({
  ...metrics({ sharpe: 4.04, sharpeError: 2 }),
  symbol: 'EURUSD',
  timeframe: 'H1',
  modelType: 'ridge',
  horizon: 6,
  target: 'return',
  daysHistory: 60,
  encoder: 'normalized',
  regime: 'bull_trending',
  champion: 'EURUSD/H1/bull_trending',
  verdict: 'none',
  verdictReason: 'Not validated yet: nothing is known out of sample.',
  outOfSample: null,
  runId: RUN.uuid,
  job: null,
  strategy: RUN.strategies[0]!,
  strategyIndex: 0,
  roundTrip: null,
  stake: { ...STAKE, roi: 0.42 },
  scores: { result: 0.5, stake: 0.5, profit: 0.5, wins: 0.5, runUp: 0.5 },
  achievedAt: '2026-03-01T00:00:00.000Z',
  holdout: metrics({ sharpe: -0.7, sharpeError: 3.4 }),
  holdoutLook: RUN.holdoutLook,
  p: 0.31,
  luck: {
    sharpe: 4.5,
    marketP: 0.4,
    deflatedSharpe: 0.3,
    tries: 2700,
    effectiveTries: 812.4,
    overfitting: { pbo: 0.46, lossOutOfSample: 0.61, strategies: 2000 },
    trackRecord: { needed: 1048, bars: 410 },
    missing: null,
  },
  stale: null,
  modelMissing: false,
  scoredAgain: null,
  outdated: null,
  synthetic: false,
  robustness: null,
  ...change,
});

describe('the overview of a run', () => {
  it('shows the strategy that it is champion with, and no other', () => {
    show(<ResultsOverview run={RUN} champions={[won(), won({ runId: 'another', strategyIndex: 1 })]} />);
    expect(screen.getAllByRole('heading').map((one) => one.textContent)).toEqual([
      'Champion of Bull trending: Direct, mean, confidence threshold 0.6, lookback 50',
    ]);
    expect(screen.getByText('4.0 ± 2.0')).toBeTruthy();
    expect(screen.getByText('−0.7 ± 3.4')).toBeTruthy();
    expect(screen.getByText('42.0 %')).toBeTruthy();
    expect(screen.queryByText('5.6 ± 2.2')).toBeNull();
  });

  it('has a part for each regime that it is champion of, and says where it stands aside', () => {
    const second = won({ regime: 'calm_ranging', strategyIndex: 1, stale: 'Rules have changed.' });
    show(<ResultsOverview run={RUN} champions={[won(), second]} />);
    expect(screen.getAllByRole('region').map((one) => one.getAttribute('aria-label'))).toEqual([
      'Champion of Bull trending',
      'Champion of Calm ranging',
    ]);
    expect(screen.getByText('Rules have changed.', { exact: false })).toBeTruthy();
  });

  it('shows its best strategy where it is champion of nothing', () => {
    show(<ResultsOverview run={RUN} champions={[]} />);
    expect(screen.getByRole('heading').textContent).toMatch(/^Best strategy: .* lookback 200$/);
    expect(screen.getByText('5.6 ± 2.2')).toBeTruthy();
    expect(screen.getByText('10.0 %')).toBeTruthy();
  });
});

it('the other tabs open with the same strategy, alone in its regime', () => {
  expect(firstShown(RUN, [won()])).toEqual({ strategyIndex: 0, alone: 'bull_trending' });
  expect(firstShown(RUN, [])).toEqual({ strategyIndex: 1, alone: null });
  expect(firstShown(RUN, [won({ strategyIndex: 77 })])).toEqual({ strategyIndex: 1, alone: null });
});
