import { useCallback } from 'react';
import { create } from 'zustand';
import type {
  ChampionDto,
  GridOptionsDto,
  RegimeDto,
  SeriesDto,
  SettingsDto,
} from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { call } from './client.ts';
import { toEngineError } from './errors.ts';
import { openDraftsOf } from './keep-draft.ts';
import { titleOf } from './title-of.ts';

/** What many places show. `undefined` until it has been read. */
export interface WorkspaceState {
  readonly series: readonly SeriesDto[] | undefined;
  readonly regimes: readonly RegimeDto[] | undefined;
  readonly settings: SettingsDto | undefined;
  readonly champions: readonly ChampionDto[] | undefined;
  /** What a grid may be built of; the same as long as the program runs. */
  readonly options: GridOptionsDto | undefined;
  /** Why the last reading of one of them failed; undefined when all went well. */
  readonly error: EngineError | undefined;
  /** Share read of each file that is being imported, 0..1. */
  readonly imports: ReadonlyMap<string, number>;
}

export type WorkspacePart = 'series' | 'regimes' | 'settings' | 'champions' | 'options';

export const WORKSPACE_PARTS: readonly WorkspacePart[] = [
  'series',
  'regimes',
  'settings',
  'champions',
  'options',
];

export const useWorkspace = create<WorkspaceState>()(() => ({
  series: undefined,
  regimes: undefined,
  settings: undefined,
  champions: undefined,
  options: undefined,
  error: undefined,
  imports: new Map(),
}));

const READ: { readonly [P in WorkspacePart]: () => Promise<Pick<WorkspaceState, P>> } = {
  series: async () => ({ series: await call('market.list', {}) }),
  regimes: async () => ({ regimes: await call('regimes.list', {}) }),
  settings: async () => {
    const settings = await call('settings.get', {});
    openDraftsOf(settings.file);
    return { settings };
  },
  champions: async () => ({ champions: await call('champions.list', {}) }),
  options: async () => ({ options: await call('grid.options', {}) }),
};

/** Reads parts of the workspace again, all of them by default. Never rejects: a failure is `error` of the store. */
export async function loadWorkspace(parts: Iterable<WorkspacePart> = WORKSPACE_PARTS): Promise<void> {
  const outcomes = await Promise.allSettled(
    [...parts].map(async (part) => useWorkspace.setState(await READ[part]())),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  useWorkspace.setState({ error: failed === undefined ? undefined : toEngineError(failed.reason) });
}

/** The short title of a model type: `elasticnet` -> `Elastic net`, without what stands in brackets. */
export function useModelTitle(): (modelType: string) => string {
  const options = useWorkspace((workspace) => workspace.options);
  return useCallback(
    (name) =>
      options?.modelTypes.find((type) => type.name === name)?.title.replace(/ \(.*\)$/, '') ?? titleOf(name),
    [options],
  );
}

/** The title of a regime, as its owner calls it; one that is no longer there is called by its name. */
export function useRegimeTitle(): (regime: string) => string {
  const regimes = useWorkspace((workspace) => workspace.regimes);
  return useCallback(
    (name) => regimes?.find((regime) => regime.name === name)?.title ?? titleOf(name),
    [regimes],
  );
}
