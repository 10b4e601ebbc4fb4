import type { ErrorCode } from '../../engine/contract/errors.ts';

export const EXIT_SUCCESS = 0;
export const EXIT_TRAINING_FAILED = 1;
export const EXIT_VALIDATION_FAILED = 2;
export const EXIT_INPUT_ERROR = 3;
/** Stopped by Ctrl-C, or by a pause or cancel from elsewhere. */
export const EXIT_INTERRUPTED = 130;

/** Exit status of the command line for every error code. */
export const EXIT_STATUS: Readonly<Record<ErrorCode, number>> = {
  'invalid-input': EXIT_INPUT_ERROR,
  'config-invalid': EXIT_INPUT_ERROR,
  'file-unreadable': EXIT_INPUT_ERROR,
  'format-unknown': EXIT_INPUT_ERROR,
  'data-invalid': EXIT_INPUT_ERROR,
  'grid-invalid': EXIT_INPUT_ERROR,
  'not-found': EXIT_INPUT_ERROR,
  'access-denied': EXIT_INPUT_ERROR,
  conflict: EXIT_INPUT_ERROR,
  'workspace-busy': EXIT_INPUT_ERROR,
  'store-newer': EXIT_INPUT_ERROR,
  'store-damaged': EXIT_INPUT_ERROR,
  'artifact-damaged': EXIT_INPUT_ERROR,
  'artifact-newer': EXIT_INPUT_ERROR,
  'training-failed': EXIT_TRAINING_FAILED,
  'worker-memory': EXIT_TRAINING_FAILED,
  'validation-failed': EXIT_VALIDATION_FAILED,
  'disk-full': EXIT_TRAINING_FAILED,
  internal: EXIT_TRAINING_FAILED,
};
