import type { EventListener } from '../contract/events.ts';
import type { Feed } from '../log/feed.ts';

/** A version in production that is expired. */
export interface Expired {
  readonly name: string;
  readonly version: string;
  /** A whole sentence. */
  readonly message: string;
}

export interface ExpiryWatchDeps {
  readonly expired: () => readonly Expired[];
  readonly feed: Pick<Feed, 'warn'>;
  readonly emit: EventListener;
}

/** Says of each version in production that it expired: at the start of a window or server, and at the moment while it runs. Nothing is switched off. */
export interface ExpiryWatch {
  begin(): void;
  end(): void;
}

/** A version expires on a day: a minute is soon enough. */
const LOOK_MS = 60_000;

export function createExpiryWatch({ expired, feed, emit }: ExpiryWatchDeps): ExpiryWatch {
  const told = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    try {
      for (const { name, version, message } of expired()) {
        const key = `${name} ${version}`;
        if (told.has(key)) continue;
        told.add(key);
        feed.warn(null, message, { source: 'registry/expiry-watch:look', topic: 'model' });
        emit({ type: 'version.expired', name, version, message });
      }
    } catch (error) {
      const message = `Expiry could not be looked at: ${(error as Error).message}`;
      if (told.has(message)) return;
      told.add(message);
      feed.warn(null, message, { source: 'registry/expiry-watch:look' });
    }
  }

  return {
    begin() {
      look();
      clearInterval(timer);
      timer = setInterval(look, LOOK_MS);
      timer.unref();
    },
    end: () => clearInterval(timer),
  };
}
