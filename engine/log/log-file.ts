import { join } from 'node:path';
import { pino } from 'pino';
import type { Config } from '../config/schema.ts';
import type { FeedLineDto, FeedTopic } from '../contract/dto/index.ts';
import type { LogLevel } from '../contract/log-level.ts';
import { readTail } from './read-tail.ts';
import { createRotatingFile } from './rotating-file.ts';

/** What a line is about, beside its message. */
export interface LogFields {
  /** Who says it: the module, as in `engine/queue/runner.ts`, and its function. */
  readonly source: `${string}:${string}`;
  /** Figures of a result, by name. */
  readonly metrics?: Readonly<Record<string, number | null>>;
  readonly queueId?: number | null;
  /** `job` unless it is said. */
  readonly topic?: FeedTopic;
  /** UUID of a run. */
  readonly run?: string;
  /** Code of an error. */
  readonly code?: string;
  readonly [field: string]: unknown;
}

/** The log file: one JSON object per line. */
export interface Log {
  /** `at`: ISO 8601 UTC. */
  write(level: LogLevel, at: string, message: string, fields: LogFields): void;
  /** The newest lines of the file, oldest first. */
  tail(limit: number): FeedLineDto[];
}

const LOG_FILE = join('logs', 'training_pipeline.log');

/** As log viewers know them. */
const LEVEL_NAMES: Readonly<Record<LogLevel, string>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
};

/** Lines below `level` are left out; files are as large as `max_log_size_mb` at most. Nothing is created before the first line, or at all without `log_to_file`. */
export function openLog(workspace: string, settings: Config['logging']): Log {
  const file = join(workspace, LOG_FILE);
  if (!settings.log_to_file) return { write: () => undefined, tail: () => [] };
  const logger = pino(
    {
      level: settings.level,
      base: { pid: process.pid },
      timestamp: false,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: LEVEL_NAMES[label as LogLevel] }) },
    },
    createRotatingFile(file, settings.max_log_size_mb * 1_000_000),
  );
  return {
    write(level, at, message, { source, ...fields }) {
      const [module, name] = source.split(':');
      logger[level]({ timestamp: at, module, function: name, ...fields }, message);
    },
    tail: (limit) => readTail(file, limit),
  };
}
