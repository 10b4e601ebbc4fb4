import { describe, expect, it } from 'vitest';
import type { MetricsDto, RunDetailDto } from '../../../engine/contract/dto/index.ts';
import { runText } from './run.ts';

const METRICS: MetricsDto = {
  sharpe: 1,
  sharpeError: 2,
  composite: 0.5,
  longestLosingStreak: 3,
  sortino: null,
  maxDrawdown: 0.012,
  calmar: null,
  winRate: 0.5,
  profitFactor: null,
  expectancy: 0,
  totalReturn: 0.1,
  trades: 20,
  exposure: 0.4,
};

const RUN: RunDetailDto = {
  contenders: [],
  missingTable: null,
  id: 12,
  uuid: '3fcaf5e2-3a26-855c-b4be-42c3dc5d31b2',
  modelType: 'ridge',
  symbol: 'EURUSD',
  timeframe: 'H1',
  daysHistory: 90,
  horizon: 1,
  target: 'return',
  encoder: 'normalized',
  indicatorTimeframes: { rsi: ['H1', 'H4'] },
  hyperparameters: { alpha: 1 },
  synthetic: false,
  status: 'completed',
  kept: false,
  job: null,
  bestRegimes: [],
  bestStrategy: 24,
  expectancy: 0,
  totalReturn: 0.1,
  sharpe: 24,
  sharpeError: 2,
  maxDrawdown: 0.012,
  winRate: 0.5,
  profitFactor: null,
  trades: 20,
  composite: 0.5,
  rmse: 0.00189,
  mae: 0.00142,
  r2: -0.33,
  rankIc: 0.019,
  error: null,
  createdAt: '2026-06-15T12:30:45.000Z',
  seconds: 0.3,
  trainRows: 1532,
  artifactFile: null,
  artifactBytes: 3000,
  basis: {},
  holdoutLook: {
    from: '2026-01-28T22:00:00.000Z',
    to: '2026-02-27T22:00:00.000Z',
    opened: { at: '2026-03-01T09:30:00.000Z', by: 'window' },
    hidden: null,
  },
  leftOut: null,
  beside: null,
  importance: Array.from({ length: 12 }, (_, i) => ({
    feature: `feature_${i}`,
    gain: (12 - i) / 78,
    splits: null,
  })),
  regimes: ['bull_trending', 'unclassified'],
  strategies: Array.from({ length: 25 }, (_, index) => ({
    index,
    predictionMethod: 'direct',
    ensembleMethod: 'mean',
    confidenceThreshold: 0.5,
    lookbackWindow: 50 + index,
    selection: { ...METRICS, sharpe: index },
    holdout: { ...METRICS, sharpe: -index },
    regimes: [METRICS, METRICS],
    holdoutRegimes: [METRICS, METRICS],
  })),
  audit: [
    {
      at: '2026-06-15T12:30:45.000Z',
      symbol: 'EURUSD',
      timeframe: 'H1',
      regime: 'bull_trending',
      decision: 'pushed_out',
      oldScore: 1,
      oldScoreError: null,
      oldStoredScore: 1,
      newScore: 2,
      newScoreError: 1.6,
      margin: 1,
      trades: 20,
      reason: 'Run 13 took its place.',
    },
  ],
  stake: null,
  scores: null,
  errorStack: null,
};

describe('runText', () => {
  it('shows the ten best strategies with their holdout, and the ten most important features', () => {
    const text = runText(RUN);
    const strategies = [
      ...text.matchAll(/^direct mean c0\.5 W(\d+) +(\S+) ± 2\.0 .* (−\S+) ± 2\.0 +1\.2 % +20$/gm),
    ];
    expect(strategies.map(([, window, sharpe, holdout]) => [window, sharpe, holdout])).toEqual(
      Array.from({ length: 10 }, (_, i) => [`${74 - i}`, `${24 - i}.0`, `−${24 - i}.0`]),
    );
    expect(text.match(/^feature_\d+/gm)).toEqual(Array.from({ length: 10 }, (_, i) => `feature_${i}`));
    expect(text).toContain('Ridge, EURUSD H1, 90 days of training, 1 bar ahead, normalized features');
    expect(text).toContain('RMSE 1.89e-3, MAE 1.42e-3, R2 −0.3300, rank IC 0.019');
    expect(text).toContain('Model deleted (3.0 kB saved); champion of no regime');
    expect(text).toMatch(/bull_trending +pushed out +2\.0 ± 1\.6 +1\.0 +Run 13 took its place\./);
  });

  it('shows what each model of a target left out: ranks of results, classes beside what a constant gets', () => {
    const figures = { rmse: 0.5, mae: 0.4, r2: -0.01, rankIc: 0.042 };
    const sides = (['long', 'short'] as const).map((side) => ({ side, ...figures, classes: null }));
    expect(runText({ ...RUN, leftOut: sides })).toContain(
      '  LONG: Spearman 0.042, RMSE 0.500 ATR, R2 −0.0100\n  SHORT: Spearman 0.042,',
    );
    const classes = {
      rows: 2920,
      positives: 730,
      accuracy: 0.62,
      baseRate: 0.75,
      balancedAccuracy: 0.52,
      balancedAccuracyError: 0.03,
      precision: 0.3,
      recall: 0.4,
      f1: 0.34,
      rocAuc: 0.53,
      rocAucError: null,
      logLoss: 0.57,
      baseLogLoss: 0.56,
      brier: 0.19,
      baseBrier: null,
      confusion: { truePositives: 1, falsePositives: 2, trueNegatives: 3, falseNegatives: 4 },
      calibration: [],
    };
    const text = runText({ ...RUN, leftOut: [{ side: 'both', ...figures, classes }] });
    expect(text).toMatch(/^Model +2,920 +25\.0 % +0\.620 \(0\.750\) +0\.520 ± 0\.030 +0\.530 /m);
    expect(text).toMatch(/0\.570 \(0\.560\) +0\.190 \(–\)/);
  });

  it('shows why a run failed, and nothing that it does not have', () => {
    const text = runText({
      ...RUN,
      status: 'failed',
      error: 'The labels have no variance.',
      errorStack: 'EngineError: The labels have no variance.\n    at fit',
      strategies: [],
      importance: null,
      audit: [],
    });
    expect(text).toMatch(/Failed: The labels have no variance\.\nEngineError: .*\n {4}at fit$/);
    expect(text).not.toMatch(/strategies|features:|Decisions/);
  });
});
