import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Config } from '../config/schema.ts';
import { counted } from '../contract/counted.ts';
import type { Feed } from '../log/feed.ts';
import type { Store } from '../store/database.ts';
import { countShrinking, forgetSamples, type Shrunk, shrinkRuns } from '../store/shrink.ts';

const DAY_MS = 86_400_000;

export interface ShrinkDeps {
  readonly store: Store;
  readonly config: Config;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  readonly feed: Pick<Feed, 'info'>;
}

/** What would shrink now. */
export function shrinkingDue({ store, config, now }: Omit<ShrinkDeps, 'feed'>): Shrunk {
  return countShrinking(store, beforeOf(config, now));
}

/**
 * Shrinks old runs whose model was not kept, see `shrinkRuns`, piece by piece: between pieces the host does its other work, and looks
 * whether it may go on. What was done is told in the log.
 */
export async function shrink(
  { store, config, now, feed }: ShrinkDeps,
  mayGoOn: () => boolean = () => true,
): Promise<Shrunk> {
  const before = beforeOf(config, now);
  let runs = 0;
  let freedBytes = 0;
  pieces: for (const pieces of [shrinkRuns(store, before), forgetSamples(store, before)]) {
    while (mayGoOn()) {
      const { done, value } = pieces.next();
      if (done === true) continue pieces;
      runs += value.runs;
      freedBytes += value.freedBytes;
      await nextTurn();
    }
  }
  if (runs > 0) {
    const days = config.storage.full_results_days;
    feed.info(
      null,
      `${counted(runs, 'run')} older than ${days} days, whose models were not kept, shrank to the figures of their contenders: ${(freedBytes / 1e6).toFixed(1)} MB are free for new ones.`,
      { source: 'maintenance/shrink:shrink' },
    );
  }
  return { runs, freedBytes };
}

const beforeOf = (config: Config, now: () => number) => now() - config.storage.full_results_days * DAY_MS;
