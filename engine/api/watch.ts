import type { Handlers } from '../contract/api/index.ts';
import type { Watching } from '../imports/watching.ts';

type WatchMethod = 'market.watch' | 'market.unwatch' | 'market.watched';

export function watchHandlers(watching: Watching): Pick<Handlers, WatchMethod> {
  return {
    'market.watch'({ folder, ...options }) {
      const watched = watching.add(folder, options);
      watching.begin();
      return watched;
    },
    'market.unwatch': ({ folder }) => ({ removed: watching.remove(folder) }),
    'market.watched': () => watching.list(),
  };
}
