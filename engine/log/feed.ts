import type { FeedLineDto } from '../contract/dto/index.ts';
import type { EventListener } from '../contract/events.ts';
import type { Log } from './log-file.ts';

/** The live feed: what the engine does, in lines for people. Every line also goes to the log file. */
export interface Feed {
  info(queueId: number | null, message: string): void;
  warn(queueId: number | null, message: string): void;
  error(queueId: number | null, message: string): void;
  /** The newest lines, oldest first. */
  recent(limit: number): FeedLineDto[];
}

const KEPT_LINES = 1000;

export function createFeed(options: { log: Log; emit: EventListener; now: () => number }): Feed {
  const lines: FeedLineDto[] = [];
  function add(level: 'info' | 'warn' | 'error', queueId: number | null, message: string): void {
    const line: FeedLineDto = { at: new Date(options.now()).toISOString(), level, queueId, message };
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    options.log.write(line);
    options.emit({ type: 'feed', line });
  }
  return {
    info: (queueId, message) => add('info', queueId, message),
    warn: (queueId, message) => add('warn', queueId, message),
    error: (queueId, message) => add('error', queueId, message),
    recent: (limit) => lines.slice(-limit),
  };
}
