import type {
  FoldDto,
  ValidationBriefDto,
  ValidationCurveDto,
  ValidationDto,
} from '../../../engine/contract/dto/index.ts';
import {
  foldFigures,
  fold as foldFixture,
  validation as validationFixture,
} from '../../../engine/contract/testing/validation.ts';
import { outOfSample } from '../../testing/champion.ts';

export const FIGURES = foldFigures({
  accuracy: [0.52, null, 0.56],
  recall: [0.61, null, 1],
  roc_auc: [0.54, 0.02, 0.5],
  spearman: [0.041, 0.021],
  sharpe: [1.23, 2.46],
  trades: [48],
});

export const fold = (index: number, change: Partial<FoldDto> = {}): FoldDto =>
  foldFixture(index, { metrics: FIGURES, ...change });

/** Two counted folds, a hollow one, and one in which the first model is older. */
export function validation(change: Partial<ValidationDto> = {}): ValidationDto {
  const quick = validationFixture();
  return {
    ...quick,
    scheme: 'own',
    title: 'ridge EURUSD H1',
    strategy: null,
    regime: 'bull_trending',
    champion: 'EURUSD/H1/bull_trending',
    folds: [fold(0), fold(1), fold(2, { counted: false }), fold(3, { kind: 'aging' })],
    average: FIGURES,
    stitched: { ...quick.stitched, bars: 2000, t: 0.8225 },
    aging: {
      ages: [
        { days: 30, fold: 0 },
        { days: 90, fold: 3 },
      ],
      spearmanPerMonth: 0.012,
      sharpePerMonth: -0.34,
    },
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
