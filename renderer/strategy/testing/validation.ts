import { FOLD_METRICS, type FoldMetric } from '../../../engine/contract/criteria.ts';
import type {
  FoldDto,
  FoldFigureDto,
  FoldFiguresDto,
  ValidationBriefDto,
  ValidationCurveDto,
  ValidationDto,
} from '../../../engine/contract/dto/index.ts';
import { outOfSample } from '../../testing/champion.ts';

const GIVEN: Readonly<Partial<Record<FoldMetric, FoldFigureDto>>> = {
  accuracy: { value: 0.52, error: null, base: 0.56 },
  recall: { value: 0.61, error: null, base: 1 },
  roc_auc: { value: 0.54, error: 0.02, base: 0.5 },
  spearman: { value: 0.041, error: 0.021, base: null },
  sharpe: { value: 1.23, error: 2.46, base: null },
  trades: { value: 48, error: null, base: null },
};

export const FIGURES = Object.fromEntries(
  FOLD_METRICS.map((metric) => [metric, GIVEN[metric] ?? null]),
) as FoldFiguresDto;

export function fold(index: number, change: Partial<FoldDto> = {}): FoldDto {
  return {
    index,
    kind: 'rolling',
    state: 'completed',
    counted: true,
    train: { from: '2024-01-01T00:00:00.000Z', to: '2024-06-29T00:00:00.000Z', bars: 3000 },
    test: { from: '2024-07-01T00:00:00.000Z', to: '2024-08-30T00:00:00.000Z', bars: 1024 },
    metrics: FIGURES,
    error: null,
    reused: false,
    champions: null,
    ...change,
  };
}

/** Two counted folds, a hollow one, and one in which the first model is older. */
export function validation(change: Partial<ValidationDto> = {}): ValidationDto {
  return {
    id: 7,
    jobId: 12,
    jobState: 'completed',
    scheme: 'own',
    subject: 'model',
    symbol: 'EURUSD',
    timeframe: 'H1',
    title: 'ridge EURUSD H1',
    modelType: 'ridge',
    configHash: 'abc',
    strategy: null,
    regime: 'bull_trending',
    runId: null,
    champion: 'EURUSD/H1/bull_trending',
    testPeriodDays: 60,
    trainDays: 180,
    expandingWindow: false,
    folds: [fold(0), fold(1), fold(2, { counted: false }), fold(3, { kind: 'aging' })],
    missingFolds: 0,
    average: FIGURES,
    stitched: {
      folds: 2,
      bars: 2000,
      sharpe: 1.23,
      standardError: 1.74,
      t: 0.8225,
      p: 0.206,
      trades: 96,
      maxDrawdown: 0.043,
      return: 0.021,
      profitableFolds: 0.5,
    },
    regimes: [],
    storedBytes: 20_480,
    refit: null,
    aging: {
      ages: [
        { days: 30, fold: 0 },
        { days: 90, fold: 3 },
      ],
      spearmanPerMonth: 0.012,
      sharpePerMonth: -0.34,
    },
    criteria: [
      {
        metric: 'spearman',
        errors: 0,
        bound: 'least',
        threshold: 0.03,
        value: 0.0412,
        baseRate: null,
        met: true,
        distance: 0.0112,
      },
      {
        metric: 'sharpe',
        errors: 1,
        bound: 'above',
        threshold: 0,
        value: -0.51,
        baseRate: null,
        met: false,
        distance: -0.51,
      },
    ],
    met: false,
    verdict: 'none',
    verdictReason: 'Out of sample over 2 folds a Sharpe of 1.2 ± 1.7.',
    ...change,
  };
}

export function brief(change: Partial<ValidationBriefDto> = {}): ValidationBriefDto {
  return {
    id: 7,
    jobId: 12,
    scheme: 'own',
    subject: 'model',
    symbol: 'EURUSD',
    timeframe: 'H1',
    title: 'ridge EURUSD H1',
    createdAt: '2026-03-01T09:30:00.000Z',
    decisive: true,
    folds: 3,
    pending: 0,
    outOfSample: outOfSample({ folds: 2, trades: 96, sharpe: 1.23, sharpeError: 1.74, t: 0.8225, p: 0.31 }),
    verdict: 'none',
    verdictReason: 'Out of sample over 2 folds a Sharpe of 1.2 ± 1.7.',
    ...change,
  };
}

/** A day a fold. */
export function curve(change: Partial<ValidationCurveDto> = {}): ValidationCurveDto {
  return {
    id: 7,
    days: ['2024-07-01', '2024-09-02', '2024-11-04'],
    net: [1, 2.1, 2.1],
    band: { low: [-1, -2, -2], high: [2, 4, 4], paths: 1000 },
    folds: [
      { index: 0, counted: true, from: 0, to: 1, net: 1, hollow: null },
      { index: 1, counted: true, from: 1, to: 2, net: 1.1, hollow: null },
      { index: 2, counted: false, from: 2, to: 3, net: 5, hollow: [7.1] },
    ],
    hold: [0.5, -0.5, -0.5],
    yearly: 6.5,
    holdYearly: -1.5,
    barsPerYear: 6200,
    ...change,
  };
}
