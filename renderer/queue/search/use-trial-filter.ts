import { useMemo } from 'react';
import { type Condition, formatConditions } from '../../../engine/contract/conditions.ts';
import { readTrialConditions, TRIAL_CONDITIONS } from '../../../engine/contract/trial-conditions.ts';
import { go, useUi } from '../../state/index.ts';

export interface TrialFilter {
  /** As the address says it; empty: all trials. */
  readonly text: string;
  readonly conditions: readonly Condition[];
  /** Why the address can't be read. */
  readonly problem: string | undefined;
  /** Asks for others. */
  ask(text: string): void;
  /** Asks for the same without one of them. */
  without(condition: Condition): void;
}

/** What the trials of a search are filtered by, as the address says it: a click in a figure writes it there, and back undoes it. */
export function useTrialFilter(queueId: number): TrialFilter {
  const text = useUi(({ params }) => params.trials ?? '').trim();
  return useMemo(() => {
    const { conditions, problem } = readTrialConditions(text);
    const ask = (next: string) =>
      go('queue', { queue: String(queueId), ...(next === '' ? {} : { trials: next }) });
    return {
      text,
      conditions,
      problem,
      ask,
      without: (condition) =>
        ask(
          formatConditions(
            conditions.filter((one) => one !== condition),
            TRIAL_CONDITIONS,
          ),
        ),
    };
  }, [text, queueId]);
}
