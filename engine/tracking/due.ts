import type { Config } from '../config/schema.ts';
import type { TrackingDto } from '../contract/dto/index.ts';
import { findTracked, findTracking } from '../store/tracked.ts';
import { aliasesDue, namedAliases } from './aliases.ts';
import { marksDue } from './marks.ts';
import type { TrackingServer } from './server.ts';
import {
  createModelSource,
  createSources,
  type ModelSource,
  type Source,
  type SourceDeps,
} from './sources.ts';

/** What a tracking server does not have yet. */
export interface Due {
  readonly sources: readonly Source[];
  readonly models: ModelSource;
  readonly onlyKept: () => boolean;
  counts(server: TrackingServer): TrackingDto['waiting'];
  total(server: TrackingServer): number;
  /** Whether there is anything to tell the server. */
  isAny(server: TrackingServer): boolean;
}

export function createDue(deps: SourceDeps & { readonly config: () => Config }): Due {
  const { store, config } = deps;
  const sources = createSources(deps);
  const models = createModelSource(store);
  const onlyKept = () => config().mlflow.models === 'kept';
  const rowOf = ({ uri, experiment }: TrackingServer) => findTracking(store, uri, experiment);

  function counts(server: TrackingServer): TrackingDto['waiting'] {
    const row = rowOf(server);
    const of = Object.fromEntries(sources.map(({ kind, count }) => [kind, count(row?.id ?? 0)]));
    return {
      ...(of as Omit<TrackingDto['waiting'], 'models'>),
      models: models.count(row?.models_up_to ?? 0, onlyKept()),
    };
  }

  const total = (server: TrackingServer) => Object.values(counts(server)).reduce((a, b) => a + b, 0);

  function areAliasesDue(server: TrackingServer): boolean {
    const row = rowOf(server);
    // What never was shown there has aliases to show only with versions.
    if (row === undefined) return false;
    const versionOf = (key: string) => findTracked(store, row.id, key)?.version ?? undefined;
    return aliasesDue(namedAliases(store), versionOf).length > 0;
  }

  return {
    sources,
    models,
    onlyKept,
    counts,
    total,
    isAny(server) {
      const row = rowOf(server);
      return (
        models.count(row?.models_up_to ?? 0, onlyKept()) > 0 ||
        sources.some(({ count }) => count(row?.id ?? 0) > 0) ||
        areAliasesDue(server) ||
        (row !== undefined && marksDue(store, row).length > 0)
      );
    },
  };
}
