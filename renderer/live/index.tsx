import { Button } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useEffect } from 'react';
import { actingFirst, NO_ORDERS, signalCountText } from '../../engine/contract/live-text.ts';
import { useCall } from '../state/index.ts';
import { trainHash } from '../state/train-link.ts';
import { formatHash } from '../state/ui.ts';
import { EmptyState, ErrorState, formatTime, LoadingRows, Page, Panel } from '../ui/index.ts';
import { AlertsPanel } from './alerts-panel.tsx';
import classes from './live.module.css';
import { PortfolioPanel } from './portfolio-panel.tsx';
import { SignalCard } from './signal-card.tsx';

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
      title="Now"
      subtitle={`What the models in charge say of the newest candles. ${NO_ORDERS}`}
      actions={
        <Button component="a" href={formatHash('data')} variant="default">
          Import or watch candles
        </Button>
      }
    >
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={4} />
      ) : data.signals.length === 0 ? (
        <Panel title="Signals">
          <EmptyState
            icon={<IconActivity size={28} aria-hidden />}
            title="There is nobody to ask yet"
            action={
              <>
                <Button component="a" href={trainHash()}>
                  Train for production
                </Button>
                <Button component="a" href={formatHash('registry')} variant="default">
                  Put a version in charge
                </Button>
              </>
            }
          >
            Train models and put a version in charge, or let a champion of a trained grid speak. Each market
            then has a card here with its newest candle, its signal, and why where there is none.
          </EmptyState>
        </Panel>
      ) : (
        <>
          <p className={classes.count} aria-live="polite">
            {signalCountText(data.signals)} Looked at {formatTime(data.at)}.
          </p>
          <ul className={classes.cards} aria-label="Signals">
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
