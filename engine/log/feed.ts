import type { FeedLineDto } from '../contract/dto/index.ts';
import type { EventListener } from '../contract/events.ts';
import type { LogLevel } from '../contract/log-level.ts';
import type { Log, LogFields } from './log-file.ts';

/**
 * What the engine says while it works: to the log file, to those who listen, and to those who ask later, who are told what
 * was said before a restart, too.
 */
export interface Feed {
  /** For the log file alone, where its level asks for it. */
  debug(queueId: number | null, message: string, fields: LogFields): void;
  info(queueId: number | null, message: string, fields: LogFields): void;
  warn(queueId: number | null, message: string, fields: LogFields): void;
  error(queueId: number | null, message: string, fields: LogFields): void;
  /** The newest lines, oldest first. */
  recent(limit: number): FeedLineDto[];
}

export interface FeedDeps {
  readonly log: Log;
  readonly emit: EventListener;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** Lines that were said before a restart, oldest first; the newest of them are remembered. */
  readonly earlier?: readonly FeedLineDto[];
}

/** Lines that a feed remembers. */
export const KEPT_LINES = 1000;

export function createFeed({ log, emit, now, earlier = [] }: FeedDeps): Feed {
  const kept = new Array<FeedLineDto>(KEPT_LINES);
  let said = 0;
  for (const line of earlier.slice(-KEPT_LINES)) kept[said++] = line;

  const timestamp = () => new Date(now()).toISOString();

  function say(level: LogLevel, queueId: number | null, message: string, fields: LogFields): void {
    const topic = fields.topic ?? 'job';
    const line: FeedLineDto = { at: timestamp(), level, queueId, topic, message };
    kept[said++ % KEPT_LINES] = line;
    log.write(level, line.at, message, { queueId, topic, ...fields });
    emit({ type: 'feed', line });
  }

  return {
    debug: (queueId, message, fields) => log.write('debug', timestamp(), message, { queueId, ...fields }),
    info: (queueId, message, fields) => say('info', queueId, message, fields),
    warn: (queueId, message, fields) => say('warn', queueId, message, fields),
    error: (queueId, message, fields) => say('error', queueId, message, fields),
    recent(limit) {
      const count = Math.min(limit, said, KEPT_LINES);
      return Array.from({ length: count }, (_, i) => kept[(said - count + i) % KEPT_LINES]!);
    },
  };
}
