import { useMemo } from 'react';
import type { TraceDto, TradeDto } from '../../engine/contract/dto/index.ts';
import { CandleChart } from '../charts/candles/candle-chart.tsx';
import type { CandleSpan } from '../charts/candles/candle-data.ts';
import { tradeWindows, WINDOW_COLORS } from '../charts/trade-windows.ts';
import { useRegimeTitle } from '../state/index.ts';
import { plural } from '../ui/index.ts';

interface TradesOnPriceProps {
  readonly trace: TraceDto;
  /** The trade that is looked at from near; undefined: the newest bars. */
  readonly trade: TradeDto | undefined;
}

/** The bars that a strategy traded on, on a ground of regimes, with its entries and exits, forecasts and how sure it was. */
export function TradesOnPrice({ trace, trade }: TradesOnPriceProps) {
  const regimeTitle = useRegimeTitle();
  const { time, holdoutFrom, strategy } = trace;
  const spans = useMemo(() => windowSpans(time, holdoutFrom), [time, holdoutFrom]);
  const panes = useMemo(
    () => [
      {
        title: 'Forecast, bp',
        values: trace.forecast.map((value) => (value === null ? null : 10_000 * value)),
        digits: 1,
        color: 'var(--accent)',
        level: 0,
      },
      {
        title: 'Confidence',
        values: trace.confidence,
        digits: 2,
        color: 'var(--running)',
        level: strategy.confidenceThreshold,
      },
    ],
    [trace.forecast, trace.confidence, strategy.confidenceThreshold],
  );
  return (
    <CandleChart
      title={`Price and regimes, ${trace.symbol} ${trace.timeframe}`}
      note={
        trade === undefined
          ? `${plural(time.length, 'bar')}: selection window${trace.holdoutLook.opened === null ? '' : ' and holdout'}, with ${plural(trace.trades.length, 'trade')}. Choose one below to see it from near.`
          : `Around trade ${trade.number} of ${trace.trades.length}. Choose it again to see the newest bars.`
      }
      bars={trace}
      label={trace.regime}
      regimes={trace.regimes}
      regimeTitle={regimeTitle}
      trades={trace.trades}
      chosen={trade?.number}
      spans={spans}
      panes={panes}
    />
  );
}

function windowSpans(time: readonly number[], holdoutFrom: number): CandleSpan[] {
  return tradeWindows(holdoutFrom, time.length)
    .filter(({ from, to }) => from < to)
    .map(({ name, from, to }) => ({
      name,
      from: time[from]!,
      to: time[to] ?? time.at(-1)! + 1,
      color: WINDOW_COLORS[name],
    }));
}
