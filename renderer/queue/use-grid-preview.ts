import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { GridPreviewDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { useCall } from '../state/index.ts';
import { type GridDraft, missingAxes, toGrid } from './grid-draft.ts';
import { type FieldProblems, problemsByField } from './problems.ts';
import { texts } from './texts/builder.ts';

/** While someone types or clicks, the grid is counted only when they pause. */
const PAUSE_MS = 300;
const NO_PROBLEMS: FieldProblems = { fields: {}, rest: [] };

export interface GridPreview {
  /** The last count; undefined while the grid is incomplete or can't be trained. */
  readonly preview: GridPreviewDto | undefined;
  /** It belongs to an earlier state of the grid. */
  readonly stale: boolean;
  /** What to say in place of the count. */
  readonly waiting: string;
  readonly problems: FieldProblems;
  /** Configurations that stand in the way, and could be left out. */
  readonly impossible: number;
  /** Why it could not be counted, where that is no problem of the grid. */
  readonly failure: EngineError | undefined;
  retry(): void;
}

/** What the engine makes of a grid that is being put together. */
export function useGridPreview(draft: GridDraft): GridPreview {
  const missing = useMemo(() => missingAxes(draft), [draft]);
  const complete = missing.length === 0;
  const input = useMemo(
    () =>
      complete
        ? {
            grid: toGrid(draft),
            retrain: !draft.skipTrained,
            skipImpossible: draft.skipImpossible,
          }
        : null,
    [complete, draft],
  );
  const [settled] = useDebouncedValue<typeof input>(input, PAUSE_MS);
  const { data, error, loading, refresh } = useCall('grid.preview', complete ? settled : null);

  const found = complete ? error?.details.problems : undefined;
  const problems = useMemo(() => (found === undefined ? NO_PROBLEMS : problemsByField(found)), [found]);
  const failure = complete && found === undefined ? error : undefined;
  return {
    preview: complete && error === undefined ? data : undefined,
    stale: loading || settled !== input,
    waiting: waitingText(missing, found !== undefined, failure !== undefined),
    problems,
    impossible: found?.some(({ remedy }) => remedy === 'skip-impossible')
      ? Number(error?.details.impossible)
      : 0,
    failure,
    retry: refresh,
  };
}

function waitingText(missing: readonly string[], hasProblems: boolean, failed: boolean): string {
  if (missing.length > 0) return texts.chooseMissing({ missing: missing.join(', ') });
  if (hasProblems) return texts.correctFieldsThatAreMarked;
  return failed ? texts.thisGridCould : texts.counting;
}
