import { CloseButton } from '@mantine/core';
import { useCallback } from 'react';
import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { CandleChart } from '../charts/candles/candle-chart.tsx';
import { call, go, useBars, useRegimeTitle } from '../state/index.ts';
import { ErrorState, formatCount, LoadingRows, Panel, plural } from '../ui/index.ts';

/** One stored series as candles, colored by the regimes of today; earlier bars come as they are looked for. */
export function SeriesChart({ series: { symbol, timeframe } }: { readonly series: SeriesDto }) {
  const regimeTitle = useRegimeTitle();
  const ask = useCallback(
    (page: { readonly before?: number; readonly limit: number }) =>
      call('market.bars', { symbol, timeframe, ...page }),
    [symbol, timeframe],
  );
  const { bars, page, error, askEarlier } = useBars(ask);
  return (
    <Panel
      title={`${symbol} ${timeframe}`}
      actions={<CloseButton aria-label="Close the chart" onClick={() => go('data', { tab: 'market' })} />}
    >
      {error !== undefined ? (
        <ErrorState error={error} />
      ) : bars === undefined || page === undefined ? (
        <LoadingRows rows={6} />
      ) : (
        <CandleChart
          title={`Candles of ${symbol} ${timeframe}`}
          note={
            bars.earlier === 0
              ? `All ${plural(bars.time.length, 'bar')}, colored by regime.`
              : `The newest ${formatCount(bars.time.length)} of ${plural(page.total, 'bar')}, colored by regime. Drag to those before.`
          }
          bars={bars}
          label={bars.regime}
          regimes={page.regimes}
          regimeTitle={regimeTitle}
          onEarlier={askEarlier}
        />
      )}
    </Panel>
  );
}
