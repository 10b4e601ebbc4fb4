import type { MessagePort } from 'node:worker_threads';
import { anyOpen, giveBack, settle } from './fit-claims.ts';
import type { HelpedFit, SharedFits } from './shared-fits.ts';

/** Members of a model that one thread trains. */
interface Offer {
  readonly fits: SharedFits;
  /** To that thread. */
  readonly port: MessagePort;
  /** That thread is given up. */
  readonly signal: AbortSignal;
  /** How many have helped or do. */
  helpers: number;
}

/** Members of large models that threads which are idle fit for others. */
export interface Offers {
  /** Does what occupies a thread: whatever is offered waits for it. */
  onThread<T>(work: () => Promise<T>): Promise<T>;
  /** Returns what takes the offer back. */
  offer(fits: SharedFits, port: MessagePort, signal: AbortSignal): () => void;
}

/** @param fitOne has a thread fit one member, whichever is open; undefined: none was */
export function createOffers(
  threads: number,
  fitOne: (fits: SharedFits, helper: number, signal: AbortSignal) => Promise<HelpedFit | undefined>,
): Offers {
  /** Threads that are at work, or about to be. */
  let busy = 0;
  const offers = new Set<Offer>();

  async function onThread<T>(work: () => Promise<T>): Promise<T> {
    busy++;
    try {
      return await work();
    } finally {
      busy--;
      shareOut();
    }
  }

  function shareOut(): void {
    for (const offer of offers) {
      const { fits, signal } = offer;
      while (!signal.aborted && busy < threads && offer.helpers < fits.sets.length - 1) {
        if (!anyOpen(fits.claims)) break;
        void help(offer, offer.helpers++);
      }
    }
  }
  /** One member each time, so that the thread is soon free for a cell. */
  async function help({ fits, port, signal }: Offer, helper: number): Promise<void> {
    try {
      const fitted = await onThread(() => fitOne(fits, helper, signal));
      if (fitted === undefined) return;
      port.postMessage(fitted, [fitted.bytes.buffer]);
      settle(fits.claims, fitted.member);
    } catch {
      giveBack(fits.claims, helper);
    }
  }

  return {
    onThread,
    offer(fits, port, signal) {
      const offer: Offer = { fits, port, signal, helpers: 0 };
      offers.add(offer);
      shareOut();
      return () => offers.delete(offer);
    },
  };
}
