/** Looks that are asked for again and again: one at a time, and one more after it for all that were asked for meanwhile. */
export interface Looks {
  /** Resolves when what it was asked for has been looked at; never rejects. */
  look(): Promise<void>;
  readonly isLooking: boolean;
  readonly isEnded: boolean;
  /** The one that is under way is the last. */
  end(): void;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

/** @param failed is told what a look threw, unless there are to be no more */
export function createLooks(lookOnce: () => Promise<void>, failed: (error: Error) => void): Looks {
  let looking: Promise<void> | undefined;
  let again = false;
  let ended = false;

  async function lookOn(): Promise<void> {
    do {
      again = false;
      try {
        await lookOnce();
      } catch (error) {
        if (!ended) failed(error as Error);
      }
    } while (again && !ended);
  }

  return {
    look() {
      if (looking !== undefined) again = true;
      looking ??= lookOn().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    get isLooking() {
      return looking !== undefined;
    },
    get isEnded() {
      return ended;
    },
    end() {
      ended = true;
    },
    async idle() {
      await looking;
    },
  };
}
