import { Button, Group, Stack } from '@mantine/core';
import { IconChartCandle, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { call, loadWorkspace, useUi, useWorkspace } from '../state/index.ts';
import { attempt, EmptyState, ErrorState, LoadingRows, notify, Panel } from '../ui/index.ts';
import { ImportPanel } from './import-panel.tsx';
import { SeriesChart } from './series-chart.tsx';
import { SeriesTable } from './series-table.tsx';
import { texts } from './texts.ts';
import { UndoButton } from './undo.tsx';
import { WatchedPanel } from './watched-panel.tsx';

/** Stored series, and the ways to get more. */
export function MarketTab({ openDialog }: { readonly openDialog: boolean }) {
  const series = useWorkspace((workspace) => workspace.series);
  const error = useWorkspace((workspace) => workspace.error);
  const named = useUi((ui) => ui.params.series);
  const charted = series?.find(({ symbol, timeframe }) => `${symbol} ${timeframe}` === named);
  const [busy, setBusy] = useState(false);
  const demo = async () => {
    setBusy(true);
    const added = await attempt(() => call('market.demo', {}));
    if (added !== undefined) {
      await loadWorkspace(['series']);
      notify(texts.demoMarketLoaded, `${texts.countOfSyntheticSeries({ syntheticSeries: added.length })}`);
    }
    setBusy(false);
  };
  const hasDemo = series?.some((s) => s.synthetic) ?? false;
  return (
    <Stack gap="lg">
      <ImportPanel highlight={openDialog} />
      <WatchedPanel />
      <Panel
        title={texts.storedSeries}
        note={texts.longerTimeframesAreMade}
        flush
        actions={
          <Group gap="xs">
            <UndoButton />
            {series?.length === 0 ? null : (
              <Button
                variant="default"
                size="xs"
                loading={busy}
                leftSection={<IconSparkles size={14} aria-hidden />}
                onClick={demo}
              >
                {hasDemo ? texts.restoreDemoMarket : texts.loadDemoMarket}
              </Button>
            )}
          </Group>
        }
      >
        {series === undefined ? (
          error === undefined ? (
            <LoadingRows />
          ) : (
            <ErrorState error={error} retry={() => void loadWorkspace()} />
          )
        ) : series.length === 0 ? (
          <EmptyState
            icon={<IconChartCandle size={36} stroke={1.4} aria-hidden />}
            title={texts.noMarketDataYet}
            action={
              <Button loading={busy} onClick={demo}>
                {texts.loadDemoMarket}
              </Button>
            }
          >
            {texts.importFileAbove}
          </EmptyState>
        ) : (
          <SeriesTable series={series} />
        )}
      </Panel>
      {charted === undefined ? null : <SeriesChart key={charted.digest} series={charted} />}
    </Stack>
  );
}
