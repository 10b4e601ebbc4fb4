import type { Handlers } from '../contract/api/index.ts';
import type { Feed } from '../log/feed.ts';

export function feedHandlers(feed: Feed): Pick<Handlers, 'feed.recent'> {
  return { 'feed.recent': ({ limit }) => feed.recent(limit) };
}
