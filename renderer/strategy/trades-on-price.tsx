import { useCallback, useEffect, useMemo } from 'react';
import type { RunSpanDto, TraceDto, TradeDto } from '../../engine/contract/dto/index.ts';
import { CandleChart } from '../charts/candles/candle-chart.tsx';
import type { CandleSpan } from '../charts/candles/candle-data.ts';
import { tradeWindows, WINDOW_COLORS } from '../charts/trade-windows.ts';
import { type Bars, call, useBars, useRegimeTitle } from '../state/index.ts';
import { common } from '../ui/texts/common.ts';
import { texts } from './texts.ts';

interface TradesOnPriceProps {
  readonly trace: TraceDto;
  /** The trade that is looked at from near; undefined: the newest bars. */
  readonly trade: TradeDto | undefined;
}

/**
 * The bars that a strategy traded on, and those before them that its model learned from, on a ground of regimes, with its
 * entries and exits, forecasts and how sure it was.
 */
export function TradesOnPrice({ trace, trade }: TradesOnPriceProps) {
  const regimeTitle = useRegimeTitle();
  const { runId, time, holdoutFrom, strategy } = trace;
  const start = useMemo((): Bars => ({ ...trace, earlier: 1 }), [trace]);
  const ask = useCallback(
    (page: { readonly before?: number; readonly limit: number }) => call('run.bars', { run: runId, ...page }),
    [runId],
  );
  const { bars = start, page, askEarlier } = useBars(ask, start);
  // What was learned from and where the folds are is known with the page before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each strategy that is followed.
  useEffect(askEarlier, [start]);
  const spans = useMemo(
    () => (page === undefined ? windowSpans(time, holdoutFrom) : page.spans.map(spanOf)),
    [page, time, holdoutFrom],
  );
  const panes = useMemo(() => {
    const before = new Array<null>(bars.time.length - time.length).fill(null);
    const points = trace.forecast.map((value) => (value === null ? null : 10_000 * value));
    return [
      {
        title: texts.forecastBp,
        values: [...before, ...points],
        digits: 1,
        color: 'var(--accent)',
        level: 0,
      },
      {
        title: texts.confidence,
        values: [...before, ...trace.confidence],
        digits: 2,
        color: 'var(--running)',
        level: strategy.confidenceThreshold,
      },
    ];
  }, [bars.time.length, time.length, trace.forecast, trace.confidence, strategy.confidenceThreshold]);
  return (
    <CandleChart
      title={texts.priceAndRegimes({ symbol: trace.symbol, timeframe: trace.timeframe })}
      note={
        trade === undefined
          ? texts.barSelectionWindow({
              bars: time.length,
              holdout: trace.holdoutLook.opened === null ? '' : texts.andHoldout,
              trades: trace.trades.length,
            })
          : texts.aroundTradeOf({ number: trade.number, trades: trace.trades.length })
      }
      bars={bars}
      label={bars.regime}
      regimes={trace.regimes}
      regimeTitle={regimeTitle}
      trades={trace.trades}
      chosen={trade?.number}
      spans={spans}
      panes={panes}
      onEarlier={askEarlier}
    />
  );
}

const SPAN_LOOK = {
  training: { name: common.training, color: 'var(--mantine-color-dimmed)' },
  selection: { name: common.selection, color: WINDOW_COLORS.selection },
  holdout: { name: common.holdout, color: WINDOW_COLORS.holdout },
} as const;

function spanOf({ kind, fold, from, to }: RunSpanDto): CandleSpan {
  return kind === 'fold'
    ? { name: texts.fold({ fold }), color: 'var(--mantine-color-text)', from, to, isLower: true }
    : { ...SPAN_LOOK[kind], from, to };
}

function windowSpans(time: readonly number[], holdoutFrom: number): CandleSpan[] {
  return tradeWindows(holdoutFrom, time.length)
    .filter(({ from, to }) => from < to)
    .map(({ part, name, from, to }) => ({
      name,
      from: time[from]!,
      to: time[to] ?? time.at(-1)! + 1,
      color: WINDOW_COLORS[part],
    }));
}
