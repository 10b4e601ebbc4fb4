import type { FoldMetric } from '../criteria.ts';
import { FOLD_METRICS } from '../criteria.ts';
import type { FoldDto, FoldFiguresDto, ValidationDto } from '../dto/index.ts';

/** Figures of a fold; those that are not given are not defined. */
export function foldFigures(
  given: Partial<Record<FoldMetric, readonly [value: number, error?: number | null, base?: number | null]>>,
): FoldFiguresDto {
  return Object.fromEntries(
    FOLD_METRICS.map((metric) => {
      const [value, error = null, base = null] = given[metric] ?? [];
      return [metric, value === undefined ? null : { value, error, base }];
    }),
  ) as FoldFiguresDto;
}

const FIGURES = foldFigures({
  accuracy: [0.524, null, 0.51],
  balanced_accuracy: [0.52, 0.02, 0.5],
  recall: [0.61, null, 1],
  precision: [0.53, null, 0.51],
  f1: [0.57, null, 0.68],
  roc_auc: [0.54, 0.02, 0.5],
  spearman: [0.0412, 0.0213],
  sharpe: [1.23, 2.46],
  win_rate: [0.55],
  max_drawdown: [0.04],
  trades: [48],
});

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
    chosenBy: null,
    ...change,
  };
}

/** A quick validation whose folds are all there, changed where a test says so. */
export function validation(change: Partial<ValidationDto> = {}): ValidationDto {
  return {
    id: 7,
    jobId: 12,
    jobState: 'completed',
    scheme: 'quick',
    subject: 'model',
    symbol: 'EURUSD',
    timeframe: 'H1',
    title:
      'ridge EURUSD H1, 180 days, 6 bars ahead, normalized; direct, mean, confidence threshold 0, lookback 100',
    modelType: 'ridge',
    configHash: 'abc',
    strategy: {
      predictionMethod: 'direct',
      ensembleMethod: 'mean',
      confidenceThreshold: 0,
      lookbackWindow: 100,
    },
    regime: null,
    runId: null,
    champion: null,
    testPeriodDays: 60,
    trainDays: 180,
    expandingWindow: false,
    folds: [fold(0), fold(1), fold(2, { kind: 'aging' })],
    missingFolds: 0,
    average: FIGURES,
    stitched: {
      folds: 2,
      bars: 2048,
      sharpe: 1.23,
      standardError: 1.74,
      t: 0.82,
      p: 0.206,
      trades: 96,
      maxDrawdown: 0.043,
      return: 0.021,
      profitableFolds: 0.5,
    },
    regimes: [],
    aging: {
      ages: [
        { days: 30, fold: 0 },
        { days: 90, fold: 2 },
      ],
      spearmanPerMonth: 0.012,
      sharpePerMonth: -0.34,
    },
    storedBytes: 20_480,
    refit: null,
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
