import type { StrategyDto, TraceDto, TradeDto } from '../contract/dto/index.ts';
import type { ModelTrace } from '../pipeline/trace.ts';
import type { RunRow } from '../store/runs.ts';

export function traceDto(
  row: RunRow,
  strategy: StrategyDto,
  strategyIndex: number,
  alone: string | null,
  trace: ModelTrace,
): TraceDto {
  return {
    runId: row.uuid,
    strategy,
    strategyIndex,
    alone,
    symbol: row.symbol,
    timeframe: row.timeframe,
    time: Array.from(trace.time),
    close: Array.from(trace.close),
    equity: Array.from(trace.equity),
    drawdown: [
      ...drawdownOf(trace.equity.subarray(0, trace.holdoutFrom)),
      ...drawdownOf(trace.equity.subarray(trace.holdoutFrom)),
    ],
    regime: Array.from(trace.regime),
    regimes: trace.regimeNames,
    holdoutFrom: trace.holdoutFrom,
    trades: tradeDtos(trace),
  };
}

/** Distance of each value from the highest so far, 1 at the start, as a fraction of that. */
function drawdownOf(equity: Float64Array): number[] {
  let peak = 1;
  return Array.from(equity, (value) => {
    peak = Math.max(peak, value);
    return 1 - value / peak;
  });
}

export function tradeDtos({ trades }: ModelTrace): TradeDto[] {
  return trades.map((trade, index) => ({
    number: index + 1,
    opened: new Date(trade.entryTime).toISOString(),
    closed: new Date(trade.exitTime).toISOString(),
    side: trade.direction > 0 ? 'long' : 'short',
    entryPrice: trade.entryPrice,
    exitPrice: trade.exitPrice,
    bars: trade.bars,
    costs: trade.costs,
    netPips: trade.netPips,
    netPercent: 100 * Math.expm1(trade.netReturn),
    netReturn: trade.netReturn,
    mfe: trade.mfe,
    mae: trade.mae,
    regime: trade.regime,
    holdout: trade.window === 'holdout',
  }));
}
