import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { FEED_TOPICS, type FeedLineDto } from '../contract/dto/index.ts';
import { readLogLevel } from '../contract/log-level.ts';

/** Enough for some thousand lines. */
const TAIL_BYTES = 512 * 1024;

const lineSchema = z.object({
  level: z.string().transform((text, ctx) => readLogLevel(text) ?? ctx.addIssue('no level') ?? z.NEVER),
  timestamp: z.iso.datetime(),
  queueId: z.number().nullable().default(null),
  topic: z.enum(FEED_TOPICS).default('job'),
  message: z.string(),
});

/** Names of the first release: its files are read on. */
const OLD_KEYS: Readonly<Record<string, string>> = { time: 'timestamp', msg: 'message' };

/**
 * The newest lines of a log file, oldest first. What is no line of Regimen's, or cut off by a crash, is left out; without a
 * file, or one that can't be read, there are none: a log must not stop the work it tells of.
 */
export function readTail(path: string, limit: number): FeedLineDto[] {
  return tailText(path).split('\n').flatMap(readLine).slice(-limit);
}

function tailText(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
      const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString('utf8', 0, read);
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

function readLine(text: string): FeedLineDto[] {
  if (!text.startsWith('{')) return [];
  try {
    const fields = Object.entries(JSON.parse(text) as object).map(([key, value]) => [
      OLD_KEYS[key] ?? key,
      value,
    ]);
    const { timestamp, ...line } = lineSchema.parse(Object.fromEntries(fields));
    return [{ ...line, at: timestamp }];
  } catch {
    return [];
  }
}
