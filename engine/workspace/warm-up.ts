import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Call } from '../contract/api/index.ts';
import { leaveAnswers } from '../store/all-decisions.ts';
import type { Store } from '../store/database.ts';
import { keepRunGroupsSoon } from '../store/run-groups.ts';
import { dropRunImage, keepRunImage } from '../store/run-image/load.ts';

/** After a host's start, ms: its window asks for its first place before. */
const AFTER_MS = 1000;
/** Runs from which on it is worth it: before, nobody notices. */
const LEAST_RUNS = 5000;

/** The image of the runs takes in what was written, ms: so that no page waits for much of it. */
const CAUGHT_UP_MS = 5000;

/** What places ask that goes through all there is the first time, and is kept from then on. */
const KEPT = ['queue.list', 'evidence.summary', 'regimes.heatmap', 'champions.list'] as const;

export interface WarmUp {
  begin(): void;
  end(): void;
}

/**
 * Has all that is kept computed once, in pieces between which others have their turn, so that no place waits for it when it is first opened.
 * @param call of the Api, which only reads here
 */
export function createWarmUp(store: Store, call: () => Call, leastRuns = LEAST_RUNS): WarmUp {
  const aborter = new AbortController();
  const { signal } = aborter;

  async function run(): Promise<void> {
    await delay(AFTER_MS, undefined, { signal, ref: false });
    const newest = store.prepare('SELECT max(id) FROM runs').pluck().get() as number | null;
    if ((newest ?? 0) < leastRuns) return;
    // First, since it tells the kinds that others touch once they are counted.
    await keepRunImage(store, signal);
    await keepRunGroupsSoon(store);
    for (const method of KEPT) {
      await nextTurn(undefined, { signal });
      await call()(method, {});
    }
    leaveAnswers(store);
    for (;;) {
      await delay(CAUGHT_UP_MS, undefined, { signal, ref: false });
      await keepRunImage(store, signal);
    }
  }

  return {
    begin() {
      // Whoever opens the place is told what is wrong; and when the workspace is closed in its middle, nothing is.
      run().catch(() => undefined);
    },
    end() {
      aborter.abort();
      dropRunImage(store);
    },
  };
}
