import type { Handlers } from '../contract/api/index.ts';
import type { Watching } from '../imports/watching.ts';
import type { Alerts } from '../live/alerts/alerts.ts';
import type { Forward } from '../live/forward/forward.ts';

type WatchMethod = 'market.watch' | 'market.unwatch' | 'market.watched';

export interface WatchDeps {
  readonly watching: Watching;
  readonly forward: Pick<Forward, 'look'>;
  readonly alerts: Pick<Alerts, 'begin'>;
}

export function watchHandlers({ watching, forward, alerts }: WatchDeps): Pick<Handlers, WatchMethod> {
  return {
    'market.watch'({ folder, ...options }) {
      const watched = watching.add(folder, options);
      watching.begin();
      // Whoever watches stays: what a process that was killed left undone is done now, and data that is late is told of.
      void forward.look();
      alerts.begin();
      return watched;
    },
    'market.unwatch': ({ folder }) => ({ removed: watching.remove(folder) }),
    'market.watched': () => watching.list(),
  };
}
