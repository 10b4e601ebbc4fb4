import type { Handlers } from '../contract/api/index.ts';
import { lastLook } from '../overview/last-look.ts';
import { type OverviewDeps, overviewOf } from '../overview/overview.ts';

type OverviewMethod = Extract<keyof Handlers, `overview.${string}`>;

export interface OverviewHandlerDeps extends OverviewDeps {
  readonly workspace: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function overviewHandlers({
  workspace,
  now,
  ...deps
}: OverviewHandlerDeps): Pick<Handlers, OverviewMethod> {
  const look = lastLook(workspace);
  return {
    'overview.get'({ since }) {
      const at = now();
      return overviewOf(deps, since === undefined ? look.since(at) : Date.parse(since), at);
    },
    'overview.seen'({ all }) {
      const since = look.seen(now(), all);
      return { since: since === null ? null : new Date(since).toISOString() };
    },
  };
}
