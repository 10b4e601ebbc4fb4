import type { Feed } from '../log/feed.ts';

const DAY_MS = 86_400_000;

export interface HousekeepingDeps {
  /** Whether no process trains in the workspace. */
  readonly isIdle: () => boolean;
  readonly tidy: () => void;
  /** Lets go of what has grown old, piece by piece, while it may go on. */
  readonly shrink: (mayGoOn: () => boolean) => Promise<unknown>;
  /** Where a verification is due. Does not hold up the process. */
  readonly verify: () => Promise<unknown>;
  readonly feed: Pick<Feed, 'warn'>;
}

/** Has a window or server put its workspace in order by itself: when it is opened, and once a day where nothing is trained then; once a week it is verified, too. */
export interface Housekeeping {
  begin(): void;
  end(): void;
}

export function createHousekeeping({ isIdle, tidy, shrink, verify, feed }: HousekeepingDeps): Housekeeping {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  function keep(): void {
    try {
      if (!isIdle()) return;
      tidy();
    } catch (error) {
      // It is tried again tomorrow.
      tell('put in order', error);
    }
    // What could not be put in order may well be what is damaged.
    verify()
      .catch((error) => {
        if (!ended) tell('verified', error);
      })
      // What is read meanwhile changes with it.
      .then(() => shrink(() => !ended && isIdle()))
      .catch((error) => {
        if (!ended) tell('put in order', error);
      });
  }
  function tell(what: string, error: unknown): void {
    feed.warn(null, `The workspace could not be ${what}: ${(error as Error).message}`, {
      source: 'maintenance/housekeeping:keep',
    });
  }
  return {
    begin() {
      keep();
      clearInterval(timer);
      timer = setInterval(keep, DAY_MS);
      timer.unref();
    },
    end() {
      ended = true;
      clearInterval(timer);
    },
  };
}
