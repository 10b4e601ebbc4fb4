import { create } from 'zustand';
import type { SearchSpaceDto, SeriesDto } from '../../../engine/contract/dto/index.ts';
import { type GridSpec, parseGridSpec } from '../../../engine/contract/grid.ts';
import type { HyperparameterValue } from '../../../engine/contract/hyperparameters.ts';
import {
  type Objective,
  type PrunerName,
  type SamplerName,
  type SearchSpec,
  STRUCTURE_LISTS,
  searchSpecSchema,
  type WrittenParameter,
} from '../../../engine/contract/search.ts';
import { call, useQueues } from '../../state/index.ts';
import { keepDraft } from '../../state/keep-draft.ts';
import type { SearchTarget } from '../../state/search-link.ts';
import { type DraftState, type DraftStore, suggestSeries } from '../draft.ts';
import { EMPTY_DRAFT, fromGrid, type GridDraft } from '../grid-draft.ts';

type When = Pick<Extract<WrittenParameter, { readonly low: number }>, 'when'>;

export interface RangeEntry extends When {
  readonly mode: 'range';
  readonly type: 'int' | 'float';
  /** Null while nothing is typed. */
  readonly low: number | null;
  readonly high: number | null;
  readonly log: boolean;
}

export interface ChoicesEntry extends When {
  readonly mode: 'choices';
  readonly choices: readonly HyperparameterValue[];
}

/** What is searched of one hyper-parameter; `off`: nothing, it is left alone. */
export type SpaceEntry = RangeEntry | ChoicesEntry | { readonly mode: 'off' };

/** How trials are made. Numbers are null while nothing is typed: the default. */
export interface SearchRulesDraft {
  readonly trials: number | null;
  readonly sampler: SamplerName;
  readonly multivariate: boolean;
  readonly objective: Objective;
  readonly folds: number | null;
  readonly pruner: PrunerName;
  readonly patience: number | null;
  readonly seed: number | null;
  readonly workers: number | null;
}

/** What a search is by default, its axes left out. */
export const RULE_DEFAULTS = (() => {
  const axes = {
    model_types: ['ridge'],
    symbols: ['A'],
    timeframes: ['H1'],
    days_history: [90],
    horizons: [1],
  };
  const { trials, sampler, multivariate, objective, folds, pruner, seed } = searchSpecSchema.parse(axes);
  return { trials, sampler, multivariate, objective, folds, pruner, seed };
})();

const { sampler, multivariate, objective, pruner } = RULE_DEFAULTS;
export const EMPTY_RULES: SearchRulesDraft = {
  ...{ sampler, multivariate, objective, pruner },
  trials: null,
  folds: null,
  patience: null,
  seed: null,
  workers: null,
};

/** Entries that were changed, by model type and hyper-parameter. */
export type SpaceDraft = Readonly<Record<string, Readonly<Record<string, SpaceEntry>>>>;

export interface SearchState {
  readonly rules: SearchRulesDraft;
  readonly space: SpaceDraft;
  /** The link that the draft was opened by last. */
  readonly openedBy: string | null;
}

/** Each horizon is a study of its own: a search begins with one. */
const EMPTY_AXES: GridDraft = { ...EMPTY_DRAFT, lists: { ...EMPTY_DRAFT.lists, horizons: [6] } };

/** Both survive a look at other places. */
export const searchAxes: DraftStore = create<DraftState>()(() => ({ draft: EMPTY_AXES, extending: null }));
const EMPTY: SearchState = { rules: EMPTY_RULES, space: {}, openedBy: null };
export const useSearchDraft = create<SearchState>()(() => EMPTY);
keepDraft(searchAxes, 'search-axes');
keepDraft(useSearchDraft, 'search');

export function editRules(changes: Partial<SearchRulesDraft>): void {
  useSearchDraft.setState(({ rules }) => ({ rules: { ...rules, ...changes } }));
}

/** Undefined puts the default back. */
export function editSpace(modelType: string, name: string, entry: SpaceEntry | undefined): void {
  useSearchDraft.setState(({ space }) => {
    const { [name]: _, ...others } = space[modelType] ?? {};
    return { space: { ...space, [modelType]: entry === undefined ? others : { ...others, [name]: entry } } };
  });
}

/** Starts over. */
export function clearDraft(): void {
  searchAxes.setState({ draft: EMPTY_AXES, extending: null });
  useSearchDraft.setState(EMPTY);
}

export function suggestMarket(series: readonly Pick<SeriesDto, 'symbol' | 'timeframe'>[]): void {
  suggestSeries(series, searchAxes, EMPTY_AXES);
}

/** Opens the form with what a link names, once: what is changed since stays. */
export function openTarget(link: string, target: SearchTarget | undefined): void {
  if (useSearchDraft.getState().openedBy === link) return;
  if (target !== undefined) {
    clearDraft();
    if (target.kind === 'grid') openJob(target.queueId);
    else openAxes({ ...EMPTY_AXES.lists, symbols: [target.symbol], timeframes: [target.timeframe] });
  }
  useSearchDraft.setState({ openedBy: link });
}

function openAxes(lists: GridDraft['lists']): void {
  searchAxes.setState({ draft: { ...EMPTY_AXES, lists } });
}

/** The axes of a job's grid; its values of hyper-parameters are what the search is for. */
function openJob(queueId: number): void {
  const grid = useQueues.getState().queues?.find(({ id }) => id === queueId)?.grid ?? null;
  if (grid === null) return;
  const { lists, indicators } = fromGrid(parseGridSpec(grid));
  searchAxes.setState({ draft: { ...EMPTY_AXES, lists, indicators } });
}

/**
 * Loads the text of a SEARCH.yaml.
 * @throws EngineError `grid-invalid` with every problem; the draft then stays as it was
 */
export async function openSearchText(text: string, file: string): Promise<void> {
  const search = await call('search.read', { text, file });
  searchAxes.setState({ draft: fromGrid(gridOf(search)), extending: null });
  useSearchDraft.setState(fromSearch(search));
}

function gridOf(search: SearchSpec): GridSpec {
  const { trials, sampler, multivariate, objective, folds, pruner, patience, seed, workers, space, ...grid } =
    search;
  return grid;
}

/** How trials are made and what they vary, as a draft to go on from. */
export function fromSearch(search: SearchSpec): Pick<SearchState, 'rules' | 'space'> {
  const { sampler, multivariate, objective, pruner, patience = null, workers = null } = search;
  const changed = (key: 'trials' | 'folds' | 'seed') =>
    search[key] === RULE_DEFAULTS[key] ? null : search[key];
  return {
    rules: {
      ...{ sampler, multivariate, objective, pruner, patience, workers },
      trials: changed('trials'),
      folds: changed('folds'),
      seed: changed('seed'),
    },
    space: Object.fromEntries(
      Object.entries(search.space ?? {}).map(([type, parameters]) => [
        type,
        Object.fromEntries(
          Object.entries(parameters).map(
            ([name, written]) => [rowOf(name, parameters), entryOf(written)] as const,
          ),
        ),
      ]),
    ),
  };
}

/** `horizons` is the row `horizon`; a file that has both keeps both, to be told so. */
function rowOf(name: string, parameters: object): string {
  const row = Object.hasOwn(STRUCTURE_LISTS, name) ? STRUCTURE_LISTS[name]! : name;
  return Object.hasOwn(parameters, row) ? name : row;
}

function entryOf(written: WrittenParameter | null): SpaceEntry {
  if (written === null) return { mode: 'off' };
  const { when } = written;
  const condition = when === undefined ? {} : { when };
  if (written.type === 'categorical') return { mode: 'choices', choices: written.choices, ...condition };
  const { type, low, high, log } = written;
  return { mode: 'range', type, low, high, log, ...condition };
}

/** What a model type's default space says of a parameter. */
export function defaultEntry({ type, low, high, log, choices }: SearchSpaceDto): SpaceEntry {
  return type === 'categorical' ? { mode: 'choices', choices } : { mode: 'range', type, low, high, log };
}
