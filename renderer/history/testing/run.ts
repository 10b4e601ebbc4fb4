import type {
  MetricsDto,
  RunDetailDto,
  RunDto,
  StakeDto,
  StrategyResultDto,
} from '../../../engine/contract/dto/index.ts';

const STAKE: StakeDto = {
  roi: 0.04,
  hitRate: 0.5,
  hitRateTp1: null,
  averageWin: 0.002,
  averageLoss: 0.0015,
  profitFactor: 1.1,
  kelly: { fraction: 0.06, error: 0.05, halved: 0.03 },
  longestLosingStreak: 5,
};

/** An ordinary run, changed where a test says so. */
export function run(change: Partial<RunDto> = {}): RunDto {
  return {
    id: 1,
    uuid: '0b9c5a4e-0000-4000-8000-000000000001',
    modelType: 'ridge',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 60,
    horizon: 6,
    target: 'return',
    encoder: 'normalized',
    indicatorTimeframes: { rsi: ['H1'] },
    hyperparameters: { alpha: 1 },
    synthetic: false,
    status: 'completed',
    kept: true,
    job: { queueId: 4, name: 'Morning grid' },
    bestRegimes: ['bull_trending'],
    bestStrategy: 0,
    sharpe: 1.2,
    sharpeError: 2,
    maxDrawdown: 0.05,
    winRate: 0.5,
    profitFactor: 1.1,
    expectancy: 0.0001,
    totalReturn: 0.02,
    trades: 30,
    composite: 0.52,
    stake: STAKE,
    rmse: 0.001,
    mae: 0.0008,
    r2: 0.01,
    rankIc: 0.04,
    error: null,
    createdAt: '2026-03-01T00:00:00.000Z',
    seconds: 3,
    ...change,
  };
}

const METRICS: MetricsDto = {
  sharpe: 1,
  sharpeError: 2,
  composite: 0.52,
  longestLosingStreak: 5,
  sortino: 1.2,
  maxDrawdown: 0.05,
  calmar: 0.8,
  winRate: 0.5,
  profitFactor: 1.1,
  expectancy: 0.0001,
  totalReturn: 0.02,
  trades: 30,
  exposure: 0.4,
};

export function strategy(index: number, change: Partial<StrategyResultDto> = {}): StrategyResultDto {
  return {
    index,
    predictionMethod: 'direct',
    ensembleMethod: 'mean',
    confidenceThreshold: 0.6,
    lookbackWindow: 50,
    selection: METRICS,
    holdout: METRICS,
    regimes: [METRICS],
    holdoutRegimes: [METRICS],
    ...change,
  };
}

export function metrics(change: Partial<MetricsDto>): MetricsDto {
  return { ...METRICS, ...change };
}

export function detail(change: Partial<RunDetailDto> = {}): RunDetailDto {
  return {
    ...run(),
    trainRows: 1400,
    artifactFile: 'artifacts/1.rgm',
    artifactBytes: 4000,
    basis: {},
    holdoutLook: {
      from: '2026-01-28T22:00:00.000Z',
      to: '2026-02-27T22:00:00.000Z',
      opened: { at: '2026-03-01T09:30:00.000Z', by: 'window' },
      hidden: null,
    },
    leftOut: null,
    beside: null,
    importance: [],
    regimes: ['bull_trending'],
    strategies: [strategy(0)],
    contenders: [],
    missingTable: null,
    scores: null,
    audit: [],
    errorStack: null,
    ...change,
  };
}
