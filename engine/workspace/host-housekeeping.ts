import { discardAbandoned } from '../backup/switch.ts';
import type { Verification } from '../backup/verification.ts';
import type { Call } from '../contract/api/index.ts';
import type { Feed } from '../log/feed.ts';
import { type CleanupDeps, tidy } from '../maintenance/cleanup.ts';
import { createHousekeeping, type Housekeeping } from '../maintenance/housekeeping.ts';
import { shrink } from '../maintenance/shrink.ts';
import { ACTIVE_STATES } from '../queue/states.ts';
import { queuesInStates } from '../store/queues.ts';
import { createWarmUp } from './warm-up.ts';

/** What a host does by itself: tidying, shrinking and verifying while it is idle, and what is kept is computed once after its start. */
export function housekeepingOf(
  workspace: string,
  folders: CleanupDeps,
  verification: Verification,
  feed: Feed,
  call: () => Call,
): Housekeeping {
  const warmUp = createWarmUp(folders.store, call);
  const housekeeping = createHousekeeping({
    isIdle: () => queuesInStates(folders.store, ACTIVE_STATES).length === 0,
    tidy() {
      tidy(folders, { dryRun: false });
      discardAbandoned(workspace);
    },
    shrink: (mayGoOn) => shrink({ ...folders, feed }, mayGoOn),
    verify: async () => (verification.isDue() ? verification.record() : undefined),
    feed,
  });
  const both = [housekeeping, warmUp];
  return {
    begin: () => both.forEach((one) => void one.begin()),
    end: () => both.forEach((one) => void one.end()),
  };
}
