import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useCall, useWorkspace } from '../state/index.ts';
import { type DraftProblem, placeProblems, type RegimeDraft, toInput } from './draft.ts';

const TYPING_MS = 350;
/** The least the engine draws; only its checks are wanted here. */
const FEWEST_BARS = 10;

export interface DraftCheck {
  /** The engine has looked at exactly these drafts and found nothing wrong. */
  readonly checked: boolean;
  readonly byDraft: ReadonlyMap<number, readonly DraftProblem[]>;
  /** Problems of no single regime. */
  readonly rest: readonly { readonly path: string; readonly message: string }[];
}

/** Has the engine check the drafts while they are typed, a moment after the last key. */
export function useDraftCheck(drafts: readonly RegimeDraft[]): DraftCheck {
  const series = useWorkspace((workspace) => workspace.series)?.[0];
  const [settled] = useDebouncedValue(drafts, TYPING_MS);
  const input = useMemo(() => toInput(settled), [settled]);
  const test = useCall(
    'regimes.test',
    input === undefined
      ? null
      : {
          // Rules are checked before the series is looked for, so any name will do while there is none.
          symbol: series?.symbol ?? 'NONE',
          timeframe: series?.timeframe ?? 'H1',
          regimes: input,
          chartBars: FEWEST_BARS,
        },
  );
  return useMemo(() => {
    const problems = test.error?.details.problems ?? [];
    return {
      ...placeProblems(problems, settled),
      checked: drafts === settled && input !== undefined && !test.loading && problems.length === 0,
    };
  }, [test.error, test.loading, settled, drafts, input]);
}
