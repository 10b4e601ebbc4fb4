/** Wakes all who wait for something to have changed; they look for themselves what it was. */
export interface Signal {
  give(): void;
  /** Resolves when it is given, or when `over` is aborted. */
  next(over: AbortSignal): Promise<void>;
}

export function createSignal(): Signal {
  const waiting = new Set<() => void>();
  return {
    give() {
      for (const resume of [...waiting]) resume();
    },
    next(over) {
      const { promise, resolve } = Promise.withResolvers<void>();
      function resume(): void {
        waiting.delete(resume);
        over.removeEventListener('abort', resume);
        resolve();
      }
      waiting.add(resume);
      over.addEventListener('abort', resume, { once: true });
      return promise;
    },
  };
}
