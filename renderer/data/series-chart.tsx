import { CloseButton } from '@mantine/core';
import { useCallback } from 'react';
import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { CandleChart } from '../charts/candles/candle-chart.tsx';
import { call, go, useBars, useRegimeTitle } from '../state/index.ts';
import { ErrorState, formatCount, LoadingRows, Panel } from '../ui/index.ts';
import { texts } from './texts.ts';

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
      actions={<CloseButton aria-label={texts.closeChart} onClick={() => go('data', { tab: 'market' })} />}
    >
      {error !== undefined ? (
        <ErrorState error={error} />
      ) : bars === undefined || page === undefined ? (
        <LoadingRows rows={6} />
      ) : (
        <CandleChart
          title={texts.candlesOf({ symbol, timeframe })}
          note={
            bars.earlier === 0
              ? texts.allBar({ bars: bars.time.length })
              : texts.newestOfBar({ time: formatCount(bars.time.length), bars: page.total })
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
