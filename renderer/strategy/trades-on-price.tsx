import { useMemo } from 'react';
import type { TraceDto, TradeDto } from '../../engine/contract/dto/index.ts';
import { PriceChart } from '../charts/price-chart.tsx';
import { barsAround } from '../charts/trade-marks.ts';
import { useRegimeTitle } from '../state/index.ts';
import { plural } from '../ui/index.ts';

interface TradesOnPriceProps {
  readonly trace: TraceDto;
  /** The trade that is looked at from near; undefined: all bars of both windows. */
  readonly trade: TradeDto | undefined;
}

/** The bars that a strategy traded on, colored by regime, with its entries and exits. */
export function TradesOnPrice({ trace, trade }: TradesOnPriceProps) {
  const regimeTitle = useRegimeTitle();
  const shown = useMemo(() => barsOf(trace, trade), [trace, trade]);
  const market = `${trace.symbol} ${trace.timeframe}`;
  return (
    <PriceChart
      title={`Price and regimes, ${market}`}
      note={
        trade === undefined
          ? `${plural(trace.time.length, 'bar')}: selection window${trace.holdoutLook.opened === null ? '' : ' and holdout'}, with ${plural(trace.trades.length, 'trade')}. Choose one below to see it from near.`
          : `Around trade ${trade.number} of ${trace.trades.length}. Choose it again to see all bars.`
      }
      {...shown}
      trade={trade}
      regimes={trace.regimes}
      regimeTitle={regimeTitle}
    />
  );
}

function barsOf(trace: TraceDto, trade: TradeDto | undefined) {
  const { time, close, regime: label, holdoutFrom, trades } = trace;
  const around = trade === undefined ? undefined : barsAround(trade, time);
  if (around === undefined) return { time, close, label, holdoutFrom, trades };
  const { from, to } = around;
  return {
    time: time.slice(from, to),
    close: close.slice(from, to),
    label: label.slice(from, to),
    holdoutFrom: Math.min(to - from, Math.max(0, holdoutFrom - from)),
    trades,
  };
}
