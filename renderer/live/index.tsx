import { Button } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useEffect } from 'react';
import { actingFirst, NO_ORDERS, signalCountText } from '../../engine/contract/live-text.ts';
import { useCall } from '../state/index.ts';
import { trainHash } from '../state/train-link.ts';
import { formatHash } from '../state/ui.ts';
import { EmptyState, ErrorState, formatTime, LoadingRows, Page, Panel } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { AlertsPanel } from './alerts-panel.tsx';
import classes from './live.module.css';
import { PortfolioPanel } from './portfolio-panel.tsx';
import { SignalCard } from './signal-card.tsx';
import { texts } from './texts.ts';

/** Data ages while nothing else happens. */
const REFRESH_MS = 60_000;

/** What the models in charge say of the newest bars. */
export function LivePlace() {
  const { data, error, refresh } = useCall('signals.list', {});
  useEffect(() => {
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return (
    <Page
      title={common.now}
      subtitle={texts.whatModelsInChargeSay({ noOrders: NO_ORDERS })}
      actions={
        <Button component="a" href={formatHash('data')} variant="default">
          {texts.importOrWatchCandles}
        </Button>
      }
    >
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={4} />
      ) : data.signals.length === 0 ? (
        <Panel title={texts.signals}>
          <EmptyState
            icon={<IconActivity size={28} aria-hidden />}
            title={texts.thereIsNobodyToAsk}
            action={
              <>
                <Button component="a" href={trainHash()}>
                  {common.trainForProduction}
                </Button>
                <Button component="a" href={formatHash('registry')} variant="default">
                  {texts.putVersionInCharge}
                </Button>
              </>
            }
          >
            {texts.trainModelsAndPutVersion}
          </EmptyState>
        </Panel>
      ) : (
        <>
          <p className={classes.count} aria-live="polite">
            {texts.lookedAt({ signals: signalCountText(data.signals), at: formatTime(data.at) })}
          </p>
          <ul className={classes.cards} aria-label={texts.signals}>
            {actingFirst(data.signals).map((one) => (
              <li key={`${one.symbol} ${one.timeframe}`}>
                <SignalCard signal={one} />
              </li>
            ))}
          </ul>
          <PortfolioPanel />
        </>
      )}
      <AlertsPanel />
    </Page>
  );
}
