import { create } from 'zustand';
import type { RegimeDto } from '../../engine/contract/dto/index.ts';
import { keepDraft } from '../state/keep-draft.ts';
import { draftsOf, type RegimeDraft } from './draft.ts';

/** Regimes that are being edited: kept through other places, a reload and a crash, until they are saved or discarded. */
interface EditedRegimes {
  /** Empty with `base` null: nothing is being edited. */
  readonly drafts: readonly RegimeDraft[];
  /** What the edit began with, as the engine had it. */
  readonly base: readonly RegimeDto[] | null;
}

const NOTHING: EditedRegimes = { drafts: [], base: null };

export const useEditedRegimes = create<EditedRegimes>()(() => NOTHING);

keepDraft(useEditedRegimes, 'regimes');

/** What stands in the editor: the edit under way, else what is saved. */
export function editRegimes(drafts: readonly RegimeDraft[], base: readonly RegimeDto[]): void {
  useEditedRegimes.setState({ drafts, base });
}

export function forgetEdit(): void {
  useEditedRegimes.setState(NOTHING);
}

export const startOf = (regimes: readonly RegimeDto[]) => ({ drafts: draftsOf(regimes), base: regimes });
