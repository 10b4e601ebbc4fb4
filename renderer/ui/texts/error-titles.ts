import type { ErrorCode } from '../../../engine/contract/errors.ts';

/** Heading of an error message, by code. */
const TITLES: Readonly<Record<ErrorCode, string>> = {
  'invalid-input': 'That can’t be used',
  'config-invalid': 'Settings can’t be used',
  'file-unreadable': 'File can’t be read',
  'format-unknown': 'Format not recognized',
  'data-invalid': 'Market data can’t be used',
  'grid-invalid': 'Grid can’t be used',
  'not-found': 'Not found',
  'access-denied': 'Not allowed',
  conflict: 'Not possible now',
  'workspace-busy': 'Workspace in use',
  'store-newer': 'Database is newer than Regimen',
  'store-damaged': 'Database is damaged',
  'artifact-damaged': 'File is damaged',
  'artifact-newer': 'File is newer than Regimen',
  'training-failed': 'Training failed',
  'worker-memory': 'Not enough memory for a worker',
  'validation-failed': 'Validation not passed',
  'disk-full': 'Disk is full',
  internal: 'Something went wrong',
};

export function errorTitle(code: ErrorCode): string {
  return TITLES[code] ?? TITLES.internal;
}
