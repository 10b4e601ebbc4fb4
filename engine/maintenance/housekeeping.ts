import type { Feed } from '../log/feed.ts';

const DAY_MS = 86_400_000;

export interface HousekeepingDeps {
  /** Whether no process trains in the workspace. */
  readonly isIdle: () => boolean;
  readonly tidy: () => void;
  readonly feed: Pick<Feed, 'warn'>;
}

/** Has a window or server put its workspace in order by itself: when it is opened, and once a day where nothing is trained then. */
export interface Housekeeping {
  begin(): void;
  end(): void;
}

export function createHousekeeping({ isIdle, tidy, feed }: HousekeepingDeps): Housekeeping {
  let timer: NodeJS.Timeout | undefined;

  function keep(): void {
    try {
      if (isIdle()) tidy();
    } catch (error) {
      // It is tried again tomorrow.
      feed.warn(null, `The workspace could not be put in order: ${(error as Error).message}`, {
        source: 'maintenance/housekeeping:keep',
      });
    }
  }
  return {
    begin() {
      keep();
      clearInterval(timer);
      timer = setInterval(keep, DAY_MS);
      timer.unref();
    },
    end: () => clearInterval(timer),
  };
}
