import type { Store } from '../store/database.ts';
import {
  deleteTracked,
  findTracked,
  findTracking,
  insertTracking,
  setTracked,
  type TrackedRow,
  type TrackingRow,
  updateTracking,
} from '../store/tracked.ts';
import type { Entry } from './entry.ts';
import type { TrackingServer } from './server.ts';

/** What is remembered of what was sent to one experiment of one server. */
export interface Outbox {
  readonly row: () => TrackingRow;
  /** MLflow's id of what an entry was sent as. */
  remoteOf(key: string): string | undefined;
  /**
   * Writes down that entries are about to be sent, before they are: of those that were begun before and not settled, each may be
   * there already. Gives their keys.
   */
  begin(entries: readonly Entry[]): ReadonlySet<string>;
  /** They are there as they are, or are refused as they are. */
  settle(settled: readonly Settled[]): void;
  /** Models, of which only those that were refused are remembered one by one: all up to a number are settled. */
  settleModels(settled: readonly Settled[], upTo: number): void;
  /** None after the number that is settled is to be sent up to this one. */
  passModels(upTo: number): void;
  /** Something that is known by another name there, or is there in a state of its own. */
  note(key: string, remote: string | null, version: string): void;
  versionOf(key: string): string | undefined;
  /** It is not there any more: it is sent as if it never had been. */
  forget(key: string): void;
}

export interface Settled {
  readonly entry: Entry;
  readonly remote: string | null;
  readonly refusal: string | null;
}

export function openOutbox(store: Store, { uri, experiment }: TrackingServer, now: () => number): Outbox {
  const id = store.transaction(
    () => findTracking(store, uri, experiment)?.id ?? insertTracking(store, uri, experiment),
  );

  const set = (key: string, row: Omit<TrackedRow, 'tracking_id' | 'key'>) =>
    setTracked(store, { tracking_id: id, key, ...row });

  return {
    row: () => findTracking(store, uri, experiment)!,
    remoteOf: (key) => findTracked(store, id, key)?.remote ?? undefined,
    begin(entries) {
      const begun = new Set<string>();
      store.transaction(() => {
        for (const { key } of entries) {
          const row = findTracked(store, id, key);
          if (row === undefined) set(key, { remote: null, version: null, refusal: null, sent_at: null });
          else if (row.remote === null) begun.add(key);
        }
      });
      return begun;
    },
    settle(settled) {
      if (settled.length === 0) return;
      const sent_at = now();
      store.transaction(() => {
        for (const { entry, remote, refusal } of settled) {
          set(entry.key, { remote, version: entry.version, refusal, sent_at });
        }
        updateTracking(store, id, { sent_at });
      });
    },
    settleModels(settled, upTo) {
      if (settled.length === 0) return;
      const sent_at = now();
      store.transaction(() => {
        for (const { entry, remote, refusal } of settled) {
          if (refusal === null) deleteTracked(store, id, entry.key);
          else set(entry.key, { remote, version: entry.version, refusal, sent_at });
        }
        updateTracking(store, id, { models_up_to: upTo, sent_at });
      });
    },
    passModels: (upTo) => updateTracking(store, id, { models_up_to: upTo }),
    note: (key, remote, version) => set(key, { remote, version, refusal: null, sent_at: now() }),
    versionOf: (key) => findTracked(store, id, key)?.version ?? undefined,
    forget: (key) => set(key, { remote: null, version: null, refusal: null, sent_at: null }),
  };
}
