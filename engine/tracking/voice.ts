import type { Feed } from '../log/feed.ts';

/** Says what happened once, until it is over. */
export interface Voice {
  warn(what: string, message: string): void;
  /** It is over: it is said where it had been. */
  over(what: string, message?: string): void;
}

const SAYS = { source: 'tracking/voice:say', topic: 'tracking' } as const;

export function createVoice(feed: Pick<Feed, 'info' | 'warn'>): Voice {
  const said = new Set<string>();
  return {
    warn(what, message) {
      if (said.has(what)) return;
      said.add(what);
      feed.warn(null, message, SAYS);
    },
    over(what, message) {
      if (said.delete(what) && message !== undefined) feed.info(null, message, SAYS);
    },
  };
}
