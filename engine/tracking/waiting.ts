import { setTimeout as delay } from 'node:timers/promises';

/**
 * Pauses that end early once the engine closes. Those that something waits for keep the process alive; waiting for what may never come
 * does not.
 */
export interface Waiting {
  sleep(ms: number): Promise<void>;
  /** Until something happened, and `settleMs` after it, or `ms` are over. `onlyUrgent`: what is not urgent ends no pause. */
  untilWoken(ms: number, settleMs: number, onlyUrgent: boolean): Promise<void>;
  wake(isUrgent: boolean): void;
  /** Until nothing answered for `silenceMs`, or `mostMs` are over; `answered`: when something did, as `performance.now()` has it. */
  silence(answered: () => number, silenceMs: number, mostMs: number): Promise<void>;
}

const SHORT_MS = 100;

export function createWaiting(signal: AbortSignal): Waiting {
  let woken: 'no' | 'yes' | 'urgently' = 'no';
  let onWake: (() => void) | undefined;

  async function sleep(ms: number, { ref, until }: { ref: boolean; until?: AbortSignal }): Promise<void> {
    const all = until === undefined ? signal : AbortSignal.any([signal, until]);
    await delay(ms, undefined, { signal: all, ref }).catch(() => undefined);
  }

  return {
    sleep: (ms) => sleep(ms, { ref: true }),
    async untilWoken(ms, settleMs, onlyUrgent) {
      const isEnough = () => woken === 'urgently' || (woken === 'yes' && !onlyUrgent);
      if (!isEnough()) {
        const over = new AbortController();
        onWake = () => {
          if (isEnough()) over.abort();
        };
        await sleep(ms, { ref: false, until: over.signal });
        onWake = undefined;
      }
      if (isEnough()) await sleep(settleMs, { ref: true });
      woken = 'no';
    },
    wake(isUrgent) {
      if (isUrgent) woken = 'urgently';
      else if (woken === 'no') woken = 'yes';
      onWake?.();
    },
    async silence(answered, silenceMs, mostMs) {
      const begin = performance.now();
      const since = (time: number) => performance.now() - time;
      // Once no pause takes any time, another turn would leave nothing else any: not even an answer.
      while (!signal.aborted && since(begin) < mostMs && since(Math.max(begin, answered())) < silenceMs)
        await sleep(SHORT_MS, { ref: true });
    },
  };
}
