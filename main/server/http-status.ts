import type { ErrorCode } from '../../engine/contract/errors.ts';

/** HTTP status of an answer for every error code. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  'invalid-input': 400,
  'config-invalid': 422,
  'file-unreadable': 422,
  'format-unknown': 422,
  'data-invalid': 422,
  'grid-invalid': 422,
  'not-found': 404,
  'access-denied': 403,
  conflict: 409,
  'workspace-busy': 409,
  'store-newer': 409,
  'store-damaged': 500,
  'artifact-damaged': 500,
  'artifact-newer': 409,
  'training-failed': 500,
  'worker-memory': 507,
  'validation-failed': 422,
  'disk-full': 507,
  internal: 500,
};
