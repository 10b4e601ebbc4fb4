import { randomUUID } from 'node:crypto';
import type { AlertDto } from '../../contract/dto/index.ts';
import { alertState, alertTargets, forgetAlerts, insertAlert, setAlertState } from '../../store/alerts.ts';
import type { Store } from '../../store/database.ts';
import type { Watched } from './news.ts';
import { targetOf, wants } from './target.ts';

export interface OutboxDeps {
  readonly store: Store;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Keeps what is so, and queues what is to be told of it, in one: a crash can neither lose nor double it. Returns how much was queued. */
export function noteChanges({ store, now }: OutboxDeps, all: readonly Watched[], isTold: boolean): number {
  return store.transaction(() => {
    const targets = alertTargets(store).map((row) => ({ name: row.name, target: targetOf(row) }));
    let queued = 0;
    for (const { key, value, news } of all) {
      const before = alertState(store, key);
      if (before === value) continue;
      setAlertState(store, key, value);
      const told = isTold ? news(before) : null;
      if (told === null) continue;
      const { event, symbol, timeframe, title, text, details } = told;
      for (const { name, target } of targets) {
        if (!wants(target, told)) continue;
        const at = now();
        const alert: AlertDto = {
          id: randomUUID(),
          at: new Date(at).toISOString(),
          event,
          symbol,
          timeframe,
          title,
          text: target.details ? details : text,
        };
        insertAlert(store, { id: alert.id, target: name, at, event, alert: JSON.stringify(alert) });
        queued++;
      }
    }
    forgetAlerts(store, now());
    return queued;
  });
}
