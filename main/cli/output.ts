import type { ErrorDto } from '../../engine/contract/errors.ts';
import { isAtLeast, type LogLevel } from '../../engine/contract/log-level.ts';
import { onReaderGone } from '../host/hangup.ts';
import { hintsFor } from './hints.ts';
import { printable, printableJson } from './printable.ts';

/** Where a command writes: its result to stdout, everything else to stderr, control characters of data escaped in both. */
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
  /** Tells the listener when whoever reads the output is gone, for as long as the returned function is not called. */
  onReaderGone(listener: () => void): () => void;
}

/** What --json prints of a failure. */
export function errorDocument({ code, message, details }: ErrorDto): string {
  return `${printableJson({ error: { code, message, details } })}\n`;
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
  const gone = new Set<() => void>();
  onReaderGone(() => gone.forEach((listener) => void listener()), { stdout, stderr });
  function clearProgress(): void {
    if (progressShown) stderr.write('\r\u001b[2K');
    progressShown = false;
  }
  return {
    json,
    result(value, text) {
      clearProgress();
      stdout.write(json ? `${printableJson(value)}\n` : `${printable(text())}\n`);
    },
    log(line, level = 'info') {
      if (!isAtLeast(level, least)) return;
      clearProgress();
      stderr.write(`${printable(line)}\n`);
    },
    progress(line) {
      if (!stderr.isTTY || !isAtLeast('info', least)) return;
      stderr.write(`\r\u001b[2K${printable(line).slice(0, (stderr.columns ?? 80) - 1)}`);
      progressShown = true;
    },
    note(line) {
      if (!stderr.isTTY && isAtLeast('info', least)) stderr.write(`${printable(line)}\n`);
    },
    error(error) {
      clearProgress();
      stderr.write(`error: ${printable(error.message)}\n`);
      for (const hint of hintsFor(error)) stderr.write(`  ${printable(hint)}\n`);
      if (json) stdout.write(errorDocument(error));
    },
    onReaderGone(listener) {
      gone.add(listener);
      return () => gone.delete(listener);
    },
  };
}
