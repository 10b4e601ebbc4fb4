/** Wakes all who wait for something to have changed; they look for themselves what it was. */
export interface Signal {
  give(): void;
  /** Resolves when it is given. */
  next(): Promise<void>;
}

export function createSignal(): Signal {
  let turn = Promise.withResolvers<void>();
  return {
    give() {
      turn.resolve();
      turn = Promise.withResolvers();
    },
    next: () => turn.promise,
  };
}
