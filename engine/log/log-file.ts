import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import type { Config } from '../config/schema.ts';
import type { FeedLineDto } from '../contract/dto/index.ts';

export interface Log {
  write(line: FeedLineDto): void;
  close(): void;
}

/** JSON lines in `logs/training_pipeline.log` of the workspace. Written synchronously: a line that was logged is in the file. */
export function openLog(workspace: string, { level }: Config['logging']): Log {
  const folder = join(workspace, 'logs');
  mkdirSync(folder, { recursive: true });
  const file = destination({ dest: join(folder, 'training_pipeline.log'), sync: true });
  const logger = pino({ level, base: null, timestamp: false }, file);
  return {
    write: ({ level: lineLevel, ...line }) => logger[lineLevel](line),
    close: () => file.end(),
  };
}
