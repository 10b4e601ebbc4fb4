import type { EngineEvent } from '../../contract/events.ts';
import type { Store } from '../../store/database.ts';
import { type Alerts, createAlerts } from '../alerts/alerts.ts';

/** What a market says in a test. */
export interface Said {
  signal: 'LONG' | 'SHORT' | 'none';
  missing: number;
  clock: number;
}

/** Alerts on one market that says what a test has it say; nothing may go wrong. */
export function stubAlerts(
  store: Store,
  said: Said,
  emit: (event: EngineEvent) => void,
  isHost = true,
): Alerts {
  const bar = () => ({
    time: 't',
    closedAt: 't',
    close: 1.1,
    regime: 'calm_ranging',
    age: 0,
    missing: said.missing,
  });
  const one = () => ({
    symbol: 'EURUSD',
    timeframe: 'H1',
    bar: bar(),
    signal: said.signal,
    silence: null,
    speaker: null,
  });
  return createAlerts({
    store,
    config: () => ({ live: { alert_hosts: ['127.0.0.1'] } }) as never,
    signals: { list: async () => ({ at: '', signals: [one()] }) as never },
    feed: {
      warn: () => undefined,
      error(_: unknown, text: string) {
        throw new Error(text);
      },
    } as never,
    emit,
    isHost,
    now: () => said.clock,
  });
}
