import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { type GridLists, parseGridSpec } from '../../engine/contract/grid.ts';
import { call } from '../state/index.ts';
import { asSuggestion, keepDraft } from '../state/keep-draft.ts';
import { EMPTY_DRAFT, fromGrid, type GridDraft } from './grid-draft.ts';

export interface DraftState {
  readonly draft: GridDraft;
  /** The queue that the grid extends; null for a queue of its own. */
  readonly extending: number | null;
}

/** Axes that are being put together: of a grid, or of a search. */
export type DraftStore = UseBoundStore<StoreApi<DraftState>>;

/** Survives a look at other places; one grid is built at a time. */
export const useDraft: DraftStore = create<DraftState>()(() => ({ draft: EMPTY_DRAFT, extending: null }));

keepDraft(useDraft, 'grid');

/** Whether a grid is being put together. */
export function useHasDraft(): boolean {
  return useDraft(({ draft }) => draft !== EMPTY_DRAFT);
}

export interface DraftEdits {
  /** Changes some fields. */
  editDraft(changes: Partial<GridDraft>): void;
  /** Changes the values of one axis. */
  editList(key: keyof GridLists, values: readonly unknown[]): void;
}

export function editsOf(store: DraftStore): DraftEdits {
  return {
    editDraft: (changes) => store.setState(({ draft }) => ({ draft: { ...draft, ...changes } })),
    editList: (key, values) =>
      store.setState(({ draft }) => ({ draft: { ...draft, lists: { ...draft.lists, [key]: values } } })),
  };
}

export const { editDraft, editList } = editsOf(useDraft);

/** Where a new grid leaves no choice, it is made: the only symbol there is, on its own timeframe. */
export function suggestSeries(
  series: readonly Pick<SeriesDto, 'symbol' | 'timeframe'>[],
  store: DraftStore = useDraft,
  untouched: GridDraft = EMPTY_DRAFT,
): void {
  const [first, ...others] = series;
  if (store.getState().draft !== untouched || first === undefined) return;
  if (others.every(({ symbol }) => symbol === first.symbol)) {
    const edits = editsOf(store);
    asSuggestion(store, () => {
      edits.editList('symbols', [first.symbol]);
      edits.editList('timeframes', [first.timeframe]);
    });
  }
}

/** Markets and days of history that an import leads on with, as the address bar carries them: lists with commas. */
export function takeMarkets({ symbols, timeframes, days }: Readonly<Record<string, string>>): void {
  const listOf = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(','));
  if (symbols === undefined) return;
  editList('symbols', listOf(symbols));
  editList('timeframes', listOf(timeframes));
  if (days !== undefined && days !== '') editList('days_history', listOf(days).map(Number));
}

/** Starts over. */
export function clearDraft(): void {
  useDraft.setState({ draft: EMPTY_DRAFT, extending: null });
}

/** Loads a grid as the engine gives it. `extending`: number of the queue to add it to. */
export function loadDraft(grid: unknown, extending: number | null = null): void {
  useDraft.setState({ draft: fromGrid(parseGridSpec(grid)), extending });
}

/**
 * Loads the text of a GRID.yaml.
 * @throws EngineError `grid-invalid` with every problem; the draft then stays as it was.
 */
export async function openPreset(text: string, file: string): Promise<void> {
  useDraft.setState({ draft: fromGrid(await call('grid.read', { text, file })), extending: null });
}
