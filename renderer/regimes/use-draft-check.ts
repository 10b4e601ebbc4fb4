import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { RegimeNoteDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import type { Problem } from '../../engine/contract/errors.ts';
import { useCall } from '../state/index.ts';
import { type DraftProblem, placeProblems, type RegimeDraft, toInput } from './draft.ts';

const TYPING_MS = 350;
const NONE: readonly Problem[] = [];

export interface DraftCheck {
  /** The engine has looked at exactly these drafts and found nothing wrong. */
  readonly checked: boolean;
  readonly byDraft: ReadonlyMap<number, readonly DraftProblem[]>;
  /** What can't get a bar though nothing is wrong with it: sentences by the draft's id; the last ones while newer are under way. */
  readonly notes: ReadonlyMap<number, readonly string[]>;
  /** Problems of no single regime. */
  readonly rest: readonly Problem[];
}

/** Has the engine check the drafts while they are typed, a moment after the last key. `market`: whose bars it looks at. */
export function useDraftCheck(drafts: readonly RegimeDraft[], market: SeriesDto | undefined): DraftCheck {
  const [settled] = useDebouncedValue(drafts, TYPING_MS);
  const input = useMemo(() => toInput(settled), [settled]);
  const check = useCall('regimes.check', input === undefined ? null : { regimes: input });
  const { symbol, timeframe } = market ?? {};
  const of = symbol === undefined || timeframe === undefined ? {} : { symbol, timeframe };
  const noted = useCall('regimes.notes', input === undefined ? null : { regimes: input, ...of });
  const notes = useMemo(() => notesById(noted.data ?? [], drafts), [noted.data, drafts]);
  const found = useMemo(() => {
    const answer = input === undefined || check.loading || check.error !== undefined ? undefined : check.data;
    return {
      ...placeProblems(answer ?? NONE, settled),
      checked: drafts === settled && answer?.length === 0,
    };
  }, [check.data, check.error, check.loading, settled, drafts, input]);
  return { ...found, notes };
}

/** A name may be written twice while it is typed: then the first has the note. */
function notesById(
  notes: readonly RegimeNoteDto[],
  drafts: readonly RegimeDraft[],
): ReadonlyMap<number, readonly string[]> {
  const byId = new Map<number, readonly string[]>();
  for (const { regime, note } of notes) {
    const id = drafts.find(({ name }) => name === regime)?.id;
    if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), note]);
  }
  return byId;
}
