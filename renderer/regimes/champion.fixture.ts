import type { ChampionDto } from '../../engine/contract/dto/index.ts';

/** A champion with ordinary figures, changed where a test says so. */
export function champion(change: Partial<ChampionDto> = {}): ChampionDto {
  return {
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime: 'bull_trending',
    runId: '0b9c5a4e-0000-4000-8000-000000000001',
    modelType: 'ridge',
    horizon: 6,
    daysHistory: 60,
    encoder: 'normalized',
    strategy: {
      predictionMethod: 'direct',
      ensembleMethod: 'mean',
      confidenceThreshold: 0.6,
      lookbackWindow: 50,
    },
    sharpe: 1.5,
    maxDrawdown: 0.04,
    winRate: 0.55,
    trades: 40,
    profitFactor: 1.4,
    totalReturn: 0.03,
    achievedAt: '2026-03-01T00:00:00.000Z',
    holdout: { sharpe: 0.9, maxDrawdown: 0.03, winRate: 0.52, trades: 12 },
    luck: { sharpe: 1.6, tries: 2700 },
    synthetic: false,
    ...change,
  };
}
