import type { TraceDto, TradeDto, TradeStatisticsDto } from '../../engine/contract/dto/index.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T00:00:00Z');
const BARS = 60;
const HOLDOUT_FROM = 40;

/** Opening time of a bar, as trades have it. */
export function barTime(bar: number): string {
  return new Date(START + bar * HOUR).toISOString();
}

/** A trade of six bars from bar 10 on, changed where a test says so. */
export function trade(number: number, change: Partial<TradeDto> = {}): TradeDto {
  return {
    number,
    opened: barTime(10),
    closed: barTime(16),
    side: 'long',
    entryPrice: 1.1,
    exitPrice: 1.1012,
    stop: null,
    takeProfit: null,
    bars: 6,
    costs: { spread: 1.2, slippage: 0.4, commission: 0.5, swap: -0.1 },
    netPips: 10,
    netPercent: 0.091,
    netReturn: 0.00091,
    mfe: 15,
    mae: 3,
    reason: 'time',
    regime: 'bull_trending',
    holdout: false,
    ...change,
  };
}

/** Of one trade at ten on a Monday. */
export function statistics(
  window: TradeStatisticsDto['window'],
  change: Partial<TradeStatisticsDto> = {},
): TradeStatisticsDto {
  const groups = (count: number, at: number) =>
    Array.from({ length: count }, (_, i) =>
      i === at ? { trades: 1, won: 1, netReturn: 0.00091 } : { trades: 0, won: 0, netReturn: 0 },
    );
  return {
    window,
    trades: 1,
    mean: 0.091,
    median: 0.091,
    deviation: null,
    skewness: null,
    best: 0.091,
    worst: 0.091,
    months: [
      { year: 2026, month: 2, return: -0.01 },
      { year: 2026, month: 3, return: 0.02 },
    ],
    hours: groups(24, 10),
    weekdays: groups(7, 0),
    bins: [{ from: 0, to: 0.1, count: 1 }],
    edgeRatio: 5,
    winnersMae: 3,
    ...change,
  };
}

/** What a strategy did on sixty bars, the last twenty of them the holdout. */
export function trace(change: Partial<TraceDto> = {}): TraceDto {
  const bars = Array.from({ length: BARS }, (_, bar) => bar);
  return {
    runId: '0b9c5a4e-0000-4000-8000-000000000001',
    strategy: {
      predictionMethod: 'direct',
      ensembleMethod: 'mean',
      confidenceThreshold: 0.6,
      lookbackWindow: 50,
    },
    strategyIndex: 3,
    alone: 'bull_trending',
    symbol: 'EURUSD',
    timeframe: 'H1',
    pip: 0.0001,
    time: bars.map((bar) => START + bar * HOUR),
    open: bars.map((bar) => 1.1 + (bar - 1) / 10_000),
    high: bars.map((bar) => 1.1 + (bar + 1) / 10_000),
    low: bars.map((bar) => 1.1 + (bar - 2) / 10_000),
    close: bars.map((bar) => 1.1 + bar / 10_000),
    forecast: bars.map((bar) => (bar < 20 ? null : (bar - 40) / 10_000)),
    confidence: bars.map((bar) => (bar < 20 ? null : bar / 60)),
    equity: bars.map((bar) => 1 + (bar % HOLDOUT_FROM) / 1000),
    drawdown: bars.map((bar) => (bar === 20 ? 0.031 : bar === 50 ? 0.052 : 0)),
    regime: bars.map((bar) => (bar < 30 ? 0 : 1)),
    regimes: ['bull_trending', 'unclassified'],
    holdoutFrom: HOLDOUT_FROM,
    holdoutLook: {
      from: '2026-01-28T22:00:00.000Z',
      to: '2026-02-27T22:00:00.000Z',
      opened: { at: '2026-03-01T09:30:00.000Z', by: 'window' },
      hidden: null,
    },
    statistics: [statistics('selection'), statistics('holdout')],
    trades: [trade(1), trade(2, { opened: barTime(45), closed: barTime(51), holdout: true, netPips: -4 })],
    ...change,
  };
}
