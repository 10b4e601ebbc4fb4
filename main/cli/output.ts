import type { ErrorDto } from '../../engine/contract/errors.ts';
import { isAtLeast, type LogLevel } from '../../engine/contract/log-level.ts';
import { hintsFor } from './hints.ts';

/** Where a command writes: its result to stdout, everything else to stderr. */
export interface Output {
  readonly json: boolean;
  /** The command's one result: a JSON document with --json, else text. */
  result(value: unknown, text: () => string): void;
  /** A line of the live feed; `info` unless another weight is given. */
  log(line: string, level?: LogLevel): void;
  /** Replaces the progress line on a terminal; does nothing elsewhere. */
  progress(line: string): void;
  /** A line that is only worth having where there is no progress line. */
  note(line: string): void;
  error(error: ErrorDto): void;
}

/** What --json prints of a failure. */
export function errorDocument({ code, message, details }: ErrorDto): string {
  return `${JSON.stringify({ error: { code, message, details } }, null, 2)}\n`;
}

export interface OutputOptions {
  readonly json: boolean;
  /** Lighter lines than this are left out. */
  readonly level?: LogLevel | undefined;
}

export function createOutput(
  { json, level: least = 'info' }: OutputOptions,
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
): Output {
  let progressShown = false;
  function clearProgress(): void {
    if (progressShown) stderr.write('\r\u001b[2K');
    progressShown = false;
  }
  return {
    json,
    result(value, text) {
      clearProgress();
      stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
    },
    log(line, level = 'info') {
      if (!isAtLeast(level, least)) return;
      clearProgress();
      stderr.write(`${line}\n`);
    },
    progress(line) {
      if (!stderr.isTTY || !isAtLeast('info', least)) return;
      stderr.write(`\r\u001b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
      progressShown = true;
    },
    note(line) {
      if (!stderr.isTTY && isAtLeast('info', least)) stderr.write(`${line}\n`);
    },
    error(error) {
      clearProgress();
      stderr.write(`error: ${error.message}\n`);
      for (const hint of hintsFor(error)) stderr.write(`  ${hint}\n`);
      if (json) stdout.write(errorDocument(error));
    },
  };
}
