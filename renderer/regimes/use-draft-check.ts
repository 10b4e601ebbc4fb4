import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Problem } from '../../engine/contract/errors.ts';
import { useCall } from '../state/index.ts';
import { type DraftProblem, placeProblems, type RegimeDraft, toInput } from './draft.ts';

const TYPING_MS = 350;
const NONE: readonly Problem[] = [];

export interface DraftCheck {
  /** The engine has looked at exactly these drafts and found nothing wrong. */
  readonly checked: boolean;
  readonly byDraft: ReadonlyMap<number, readonly DraftProblem[]>;
  /** Problems of no single regime. */
  readonly rest: readonly Problem[];
}

/** Has the engine check the drafts while they are typed, a moment after the last key; that needs no data. */
export function useDraftCheck(drafts: readonly RegimeDraft[]): DraftCheck {
  const [settled] = useDebouncedValue(drafts, TYPING_MS);
  const input = useMemo(() => toInput(settled), [settled]);
  const check = useCall('regimes.check', input === undefined ? null : { regimes: input });
  return useMemo(() => {
    const answer = input === undefined || check.loading || check.error !== undefined ? undefined : check.data;
    return {
      ...placeProblems(answer ?? NONE, settled),
      checked: drafts === settled && answer?.length === 0,
    };
  }, [check.data, check.error, check.loading, settled, drafts, input]);
}
