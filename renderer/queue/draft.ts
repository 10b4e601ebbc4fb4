import { create } from 'zustand';
import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { type GridLists, parseGridSpec } from '../../engine/contract/grid.ts';
import { call } from '../state/index.ts';
import { EMPTY_DRAFT, fromGrid, type GridDraft } from './grid-draft.ts';

export interface DraftState {
  readonly draft: GridDraft;
  /** The queue that the grid extends; null for a queue of its own. */
  readonly extending: number | null;
}

/** Survives a look at other places; one grid is built at a time. */
export const useDraft = create<DraftState>()(() => ({ draft: EMPTY_DRAFT, extending: null }));

/** Whether a grid is being put together. */
export function useHasDraft(): boolean {
  return useDraft(({ draft }) => draft !== EMPTY_DRAFT);
}

/** Changes some fields. */
export function editDraft(changes: Partial<GridDraft>): void {
  useDraft.setState(({ draft }) => ({ draft: { ...draft, ...changes } }));
}

/** Changes the values of one axis. */
export function editList(key: keyof GridLists, values: readonly unknown[]): void {
  useDraft.setState(({ draft }) => ({ draft: { ...draft, lists: { ...draft.lists, [key]: values } } }));
}

/** Where a new grid leaves no choice, it is made: the only symbol there is, on its own timeframe. */
export function suggestSeries(series: readonly Pick<SeriesDto, 'symbol' | 'timeframe'>[]): void {
  const [first, ...others] = series;
  if (useDraft.getState().draft !== EMPTY_DRAFT || first === undefined) return;
  if (others.every(({ symbol }) => symbol === first.symbol)) {
    editList('symbols', [first.symbol]);
    editList('timeframes', [first.timeframe]);
  }
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
