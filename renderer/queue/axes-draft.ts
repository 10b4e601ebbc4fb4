import { createContext, useContext, useMemo } from 'react';
import { type DraftEdits, type DraftStore, editsOf, useDraft } from './draft.ts';
import type { GridDraft } from './grid-draft.ts';

/** The draft that fields of axes belong to: a grid's, unless a form around them has its own. */
export const AxesDraft = createContext<DraftStore>(useDraft);

export function useAxes<T>(pick: (draft: GridDraft) => T): T {
  return useContext(AxesDraft)(({ draft }) => pick(draft));
}

export function useAxesEdits(): DraftEdits {
  const store = useContext(AxesDraft);
  return useMemo(() => editsOf(store), [store]);
}

/** The draft as it is now, for what changes a part of it. */
export function useAxesNow(): () => GridDraft {
  const store = useContext(AxesDraft);
  return () => store.getState().draft;
}
