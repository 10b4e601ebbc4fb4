import { InvalidArgumentError, Option } from 'commander';
import { orList } from '../../engine/contract/errors.ts';
import { LOG_LEVELS, type LogLevel, readLogLevel } from '../../engine/contract/log-level.ts';

/** The `--log-level` that every command takes. */
export const logLevelOption = (): Option =>
  new Option('--log-level <level>', 'least weight of what is logged and shown: debug, info, warn or error')
    .env('REGIMEN_LOG_LEVEL')
    .argParser(parseLogLevel);

function parseLogLevel(text: string): LogLevel {
  const level = readLogLevel(text);
  if (level !== undefined) return level;
  throw new InvalidArgumentError(`Use ${orList(LOG_LEVELS)}.`);
}
