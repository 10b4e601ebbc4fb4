import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder, writeError } from '../files/atomic-write.ts';
import { fileStamp } from '../files/file-stamp.ts';

/**
 * Path of a file for whoever names none: `name_YYYYMMDD_HHMMSS.csv`, or another ending, among the user's exports, whose folder is made. Two of
 * one second are told apart by a number. `now`: milliseconds since 1970-01-01 UTC.
 * @throws EngineError `file-unreadable`, `disk-full`
 */
export function exportPath(home: string, name: string, now: number, ending = '.csv'): string {
  const folder = join(home, 'exports');
  try {
    makePrivateFolder(folder);
  } catch (error) {
    throw writeError(folder, error);
  }
  const base = join(folder, `${name}_${fileStamp(now)}`);
  let file = `${base}${ending}`;
  for (let n = 2; existsSync(file); n++) file = `${base}_${n}${ending}`;
  return file;
}
