import { useDebouncedValue } from '@mantine/hooks';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import type { ValidationPreviewDto } from '../../../engine/contract/dto/index.ts';
import type { EngineError } from '../../../engine/contract/errors.ts';
import { useCall } from '../../state/index.ts';

/** While someone types or clicks, folds are laid out only when they pause. */
const PAUSE_MS = 300;

/** Errors that say what about the request can't be. */
const REFUSALS: readonly string[] = ['invalid-input', 'not-found', 'conflict', 'grid-invalid'];

export interface ValidationPreview {
  /** The last answer; undefined while nothing can be asked, or it was refused. */
  readonly preview: ValidationPreviewDto | undefined;
  /** It belongs to an earlier state of the form. */
  readonly stale: boolean;
  /** Why it can't be validated as it is. */
  readonly refused: EngineError | undefined;
  /** Why it could not be looked at, where that is no problem of what is asked for. */
  readonly failure: EngineError | undefined;
  retry(): void;
}

/** What the engine makes of a validation that is being put together. */
export function useValidationPreview(input: RawInput<'validation.preview'> | null): ValidationPreview {
  const [settled] = useDebouncedValue(input, PAUSE_MS);
  const { data, error, loading, refresh } = useCall('validation.preview', input === null ? null : settled);
  const isRefused = error !== undefined && REFUSALS.includes(error.code);
  return {
    preview: input === null || error !== undefined ? undefined : data,
    stale: loading || settled !== input,
    refused: input !== null && isRefused ? error : undefined,
    failure: input !== null && !isRefused ? error : undefined,
    retry: refresh,
  };
}
