/** Results of a grid of fast models come by the hundred a second: so many share what a commit costs the disk. */
const MOST_IN_GROUP = 8;
/** Groups begin at least so far apart; a result waits no longer. */
const APART_MS = 100;

export interface CommitGroups<T> {
  /** The next result in order: it is made permanent now, or with those that come soon. */
  add(result: T): void;
  /** What waits is made permanent now. */
  flush(): void;
}

export interface CommitGroupsOptions<T> {
  /** Makes results permanent, all or nothing. */
  readonly commit: (results: readonly T[]) => void;
  /** A group failed after its last result had been added: nothing more is made permanent. */
  readonly failed: (error: unknown) => void;
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number;
}

/**
 * Gathers results that come close together, so that they are one transaction: one wait for the disk, and each page of the database
 * written once. What comes alone is made permanent at once. Of a group that can't be, as many results as can be are, one by one.
 */
export function createCommitGroups<T>({ commit, failed, now }: CommitGroupsOptions<T>): CommitGroups<T> {
  let waiting: T[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let hasFailed = false;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const results = waiting;
    waiting = [];
    if (hasFailed || results.length === 0) return;
    last = now();
    try {
      commitAll(results);
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  }

  function commitAll(results: readonly T[]): void {
    if (results.length === 1) {
      commit(results);
      return;
    }
    try {
      commit(results);
    } catch {
      for (const result of results) commit([result]);
    }
  }

  return {
    add(result) {
      waiting.push(result);
      const wait = last + APART_MS - now();
      if (waiting.length >= MOST_IN_GROUP || wait <= 0) {
        flush();
        return;
      }
      timer ??= setTimeout(() => {
        try {
          flush();
        } catch (error) {
          failed(error);
        }
      }, wait);
    },
    flush,
  };
}
