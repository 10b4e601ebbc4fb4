import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { TrainingPlanDto } from '../../../engine/contract/dto/index.ts';
import type { EngineError } from '../../../engine/contract/errors.ts';
import { useCall } from '../../state/index.ts';
import { type FieldProblems, problemsByField } from '../problems.ts';
import type { AskedTraining } from './request.ts';

/** While someone types or clicks, it is planned only when they pause. */
const PAUSE_MS = 300;

/** Options that have a field. */
const FIELDS = [
  'symbol',
  'timeframe',
  'regime',
  'modelType',
  'target',
  'horizon',
  'optimize',
  'trials',
  'period',
  'mode',
  'dryRun',
  'preset',
  'minAccuracy',
  'minPrecision',
  'minRecall',
  'minF1',
  'minVerdict',
  'skipValidation',
  'force',
  'reason',
];

export interface TrainingPlan {
  /** The last answer; undefined while nothing can be asked, or it was refused. */
  readonly plan: TrainingPlanDto | undefined;
  /** It belongs to an earlier state of the form. */
  readonly stale: boolean;
  /** What stands in the way, sorted to its fields. */
  readonly problems: FieldProblems;
  readonly isRefused: boolean;
  /** Why it could not be planned, where that is no problem of what is asked for. */
  readonly failure: EngineError | undefined;
  retry(): void;
}

/** What the engine makes of a production training that is being put together. */
export function useTrainingPlan(input: AskedTraining | null): TrainingPlan {
  const [settled] = useDebouncedValue(input, PAUSE_MS);
  const { data, error, loading, refresh } = useCall('production.plan', input === null ? null : settled);
  const found = input === null ? undefined : (error?.details.problems ?? data?.problems);
  const problems = useMemo(() => problemsByField(found ?? [], FIELDS), [found]);
  return {
    plan: input === null || error !== undefined ? undefined : data,
    stale: loading || settled !== input,
    problems,
    isRefused: (found?.length ?? 0) > 0,
    failure: input !== null && error?.details.problems === undefined ? error : undefined,
    retry: refresh,
  };
}
