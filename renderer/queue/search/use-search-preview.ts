import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { SearchPreviewDto } from '../../../engine/contract/dto/index.ts';
import type { EngineError } from '../../../engine/contract/errors.ts';
import { searchSpecSchema } from '../../../engine/contract/search.ts';
import { useCall } from '../../state/index.ts';
import { type FieldProblems, problemsByField } from '../problems.ts';
import type { AskedSearch } from './request.ts';

/** While someone types or clicks, trials are counted only when they pause. */
const PAUSE_MS = 300;
const NO_PROBLEMS: FieldProblems = { fields: {}, rest: [] };
const FIELDS = Object.keys(searchSpecSchema.shape);

export interface SearchPreview {
  /** The last count; undefined while the search is incomplete or can't be made. */
  readonly preview: SearchPreviewDto | undefined;
  /** It belongs to an earlier state of the form. */
  readonly stale: boolean;
  readonly problems: FieldProblems;
  /** Whether anything stands in the way. */
  readonly isRefused: boolean;
  /** Why it could not be counted, where that is no problem of the search. */
  readonly failure: EngineError | undefined;
  retry(): void;
}

/** What the engine makes of a search that is being put together. */
export function useSearchPreview(search: AskedSearch | null): SearchPreview {
  const [settled] = useDebouncedValue(search, PAUSE_MS);
  const input = search === null || settled === null ? null : { search: settled };
  const { data, error, loading, refresh } = useCall('search.preview', input);
  const isGood = search !== null && error === undefined;
  const found = search === null ? undefined : error?.details.problems;
  const problems = useMemo(
    () => (found === undefined ? NO_PROBLEMS : problemsByField(found, FIELDS)),
    [found],
  );
  return {
    preview: isGood ? data : undefined,
    stale: loading || settled !== search,
    problems,
    isRefused: found !== undefined,
    failure: search !== null && found === undefined ? error : undefined,
    retry: refresh,
  };
}
