import { InvalidArgumentError } from 'commander';
import { orList } from '../../engine/contract/errors.ts';
import { LOG_LEVELS, type LogLevel, readLogLevel } from '../../engine/contract/log-level.ts';

/** The `--log-level` that every command takes. */
export const LOG_LEVEL_OPTION = '--log-level <level>';
export const LOG_LEVEL_HELP = 'least weight of what is logged and shown: debug, info, warn or error';

export function parseLogLevel(text: string): LogLevel {
  const level = readLogLevel(text);
  if (level !== undefined) return level;
  throw new InvalidArgumentError(`Use ${orList(LOG_LEVELS)}.`);
}
