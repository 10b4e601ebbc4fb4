import { storedJson } from '../contract/stored-json.ts';
import { livenessOf, type Owner, type ProcessTable, sameOwner } from '../queue/owner.ts';
import type { Store } from '../store/database.ts';
import { type TrackingRow, updateTracking } from '../store/tracked.ts';
import type { Outbox } from './outbox.ts';

export interface SenderDeps {
  readonly store: Store;
  readonly processes: ProcessTable;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** How long a process that can't be asked for counts as alive after its last sign. */
const SILENCE_MS = 120_000;
const SIGN_MS = 30_000;

/** Another living process sends: two would send what is new twice. */
export function isSentElsewhere({ processes, now }: Omit<SenderDeps, 'store'>, row: TrackingRow): boolean {
  if (row.owner === null) return false;
  const owner = storedJson<Owner>(row.owner, 'who sends to the tracking server');
  if (sameOwner(owner, processes.self)) return false;
  const liveness = livenessOf(owner, processes);
  return liveness === 'alive' || (liveness === 'unknown' && now() - (row.seen_at ?? 0) < SILENCE_MS);
}

/** Makes this process the one that sends, where no other does; says from time to time that it lives. */
export function holdSending(deps: SenderDeps, outbox: Outbox): boolean {
  const { store, processes, now } = deps;
  return store.transaction(() => {
    const row = outbox.row();
    if (isSentElsewhere(deps, row)) return false;
    const owner = JSON.stringify(processes.self);
    if (row.owner === owner && now() - (row.seen_at ?? 0) < SIGN_MS) return true;
    updateTracking(store, row.id, { owner, seen_at: now() });
    return true;
  });
}

/** It has ended: the next may begin at once. */
export function letGo({ store, processes }: SenderDeps, outbox: Outbox): void {
  const row = outbox.row();
  if (row.owner === JSON.stringify(processes.self)) updateTracking(store, row.id, { owner: null });
}
