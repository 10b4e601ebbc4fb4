/**
 * Every failure a user can meet, by code. The code decides the command line's exit status (main/cli) and the
 * window's text; the message itself says what was expected, what was found and what to do.
 */
export const ERROR_CODES = [
  'invalid-input', // an argument or a request is malformed
  'config-invalid', // a configuration file does not pass its checks
  'file-unreadable', // a file is missing or can't be opened
  'format-unknown', // no importer recognizes a market data file
  'data-invalid', // a market data file was recognized, but its content can't be used
  'grid-invalid', // a grid fails preflight
  'not-found', // a named thing does not exist in this workspace
  'access-denied', // a request comes from where it may not, or names a file it may not
  'conflict', // the workspace's state does not allow the request
  'workspace-busy', // another living process owns the workspace
  'store-newer', // the database was written by a newer Regimen
  'store-damaged', // the database fails its integrity check
  'artifact-damaged', // a stored file fails its checksum or is truncated
  'artifact-newer', // a stored file was written by a newer Regimen
  'training-failed', // a configuration could not be trained
  'worker-memory', // a configuration needs more memory than a worker thread may use
  'validation-failed', // a model did not pass a validation gate
  'disk-full', // no room to write
  'internal', // a broken promise inside Regimen itself
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One problem of several, each at its own place: a field of a grid, a key of a configuration, a line of a file. */
export interface Problem {
  /** Where: `horizons[2]`, `costs.slippage_pips`, `line 17`. */
  readonly path: string;
  readonly message: string;
  readonly remedy?: Remedy;
}

/**
 * What the user can do about an error, where a host may offer a way of its own: the message says it in words that hold
 * everywhere.
 */
export type Remedy =
  | 'ask-gate'
  | 'import-candles'
  | 'overwrite'
  | 'pause-queue'
  | 'register-version'
  | 'replace-series'
  | 'restore-results'
  | 'retrain'
  | 'set-costs'
  | 'set-date-order'
  | 'set-spread-unit'
  | 'set-time-zone'
  | 'skip-impossible'
  | 'train-for-production';

export interface ErrorDetails {
  readonly file?: string | undefined;
  /** 1-based, as an editor counts. */
  readonly line?: number | undefined;
  /** The first 20. */
  readonly problems?: readonly Problem[];
  /** How many there are, where that is more than are listed. */
  readonly problemCount?: number;
  readonly remedy?: Remedy;
  readonly [key: string]: unknown;
}

/** The one error type that rooms throw on purpose; anything else that surfaces is a defect. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

/** What crosses a process, thread or network edge in place of an error. */
export interface ErrorDto {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly stack?: string | undefined;
}

export function toErrorDto(error: unknown): ErrorDto {
  if (error instanceof EngineError) {
    return { code: error.code, message: error.message, details: error.details, stack: error.stack };
  }
  const e = error instanceof Error ? error : new Error(String(error));
  return { code: 'internal', message: e.message, details: {}, stack: e.stack };
}

export function fromErrorDto(dto: ErrorDto): EngineError {
  const error = new EngineError(dto.code, dto.message, dto.details);
  if (dto.stack !== undefined) error.stack = dto.stack;
  return error;
}

/** "Expected one of …" for a list of names: `a, b or c`. */
export function orList(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}
