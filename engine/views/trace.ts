import { monthlyReturns, tradeStatistics } from '../backtest/trade-statistics.ts';
import type {
  HoldoutLookDto,
  StrategyDto,
  TraceDto,
  TradeDto,
  TradeStatisticsDto,
} from '../contract/dto/index.ts';
import type { EvaluationWindow } from '../pipeline/evaluation-span.ts';
import type { ModelTrace } from '../pipeline/trace.ts';
import type { RunRow } from '../store/runs.ts';

/** The strategy that was followed, and whether the holdout may be shown. */
export interface Followed {
  readonly strategy: StrategyDto;
  readonly strategyIndex: number;
  readonly alone: string | null;
  readonly look: HoldoutLookDto;
}

export function traceDto(
  row: RunRow,
  { strategy, strategyIndex, alone, look }: Followed,
  trace: ModelTrace,
): TraceDto {
  const { holdoutFrom } = trace;
  const shown = look.opened === null ? holdoutFrom : trace.time.length;
  return {
    runId: row.uuid,
    strategy,
    strategyIndex,
    alone,
    symbol: row.symbol,
    timeframe: row.timeframe,
    pip: trace.pip,
    time: Array.from(trace.time.subarray(0, shown)),
    open: Array.from(trace.open.subarray(0, shown)),
    high: Array.from(trace.high.subarray(0, shown)),
    low: Array.from(trace.low.subarray(0, shown)),
    close: Array.from(trace.close.subarray(0, shown)),
    forecast: Array.from(trace.forecast.subarray(0, shown), known),
    confidence: Array.from(trace.confidence.subarray(0, shown), known),
    equity: Array.from(trace.equity.subarray(0, shown)),
    drawdown: [
      ...drawdownOf(trace.equity.subarray(0, holdoutFrom)),
      ...drawdownOf(trace.equity.subarray(holdoutFrom, shown)),
    ],
    regime: Array.from(trace.regime.subarray(0, shown)),
    regimes: trace.regimeNames,
    holdoutFrom,
    holdoutLook: look,
    trades: tradeDtos(trace, look),
    statistics: statisticsDtos(trace, look),
  };
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** Distance of each value from the highest so far, 1 at the start, as a fraction of that. */
function drawdownOf(equity: Float64Array): number[] {
  let peak = 1;
  return Array.from(equity, (value) => {
    peak = Math.max(peak, value);
    return 1 - value / peak;
  });
}

/** Of each window that may be seen. */
export function statisticsDtos(trace: ModelTrace, look: HoldoutLookDto): TradeStatisticsDto[] {
  const { time, equity, holdoutFrom } = trace;
  const of = (window: EvaluationWindow, from: number, to: number): TradeStatisticsDto => ({
    window,
    ...tradeStatistics(trace.trades.filter((trade) => trade.window === window)),
    months: monthlyReturns(time.subarray(from, to), equity.subarray(from, to)),
  });
  const selection = of('selection', 0, holdoutFrom);
  return look.opened === null ? [selection] : [selection, of('holdout', holdoutFrom, time.length)];
}

/** Those of the holdout come after all others, so that numbers stay what they are. */
export function tradeDtos({ trades }: ModelTrace, look: HoldoutLookDto): TradeDto[] {
  const shown = look.opened === null ? trades.filter(({ window }) => window !== 'holdout') : trades;
  return shown.map((trade, index) => ({
    number: index + 1,
    opened: new Date(trade.entryTime).toISOString(),
    closed: new Date(trade.exitTime).toISOString(),
    side: trade.direction > 0 ? 'long' : 'short',
    entryPrice: trade.entryPrice,
    exitPrice: trade.exitPrice,
    stop: trade.stop,
    takeProfit: trade.takeProfit,
    bars: trade.bars,
    costs: trade.costs,
    netPips: trade.netPips,
    netPercent: 100 * Math.expm1(trade.netReturn),
    netReturn: trade.netReturn,
    mfe: trade.mfe,
    mae: trade.mae,
    reason: trade.reason,
    regime: trade.regime,
    holdout: trade.window === 'holdout',
  }));
}
