import {
  appendFileSync,
  copyFileSync,
  existsSync,
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { makePrivateFolder, PRIVATE_MODE } from '../files/atomic-write.ts';
import { fileStamp } from '../files/file-stamp.ts';

/** Below the folder of models: what no run claims, until it is certain that nobody misses it. */
export const ORPHANS = 'orphans';
/** Beside them: when each came, from where and why. */
const REASONS = 'reasons.txt';
const STAMPED = /^(?<date>\d{8})_(?<clock>\d{6})_/;
const DAY_MS = 86_400_000;

/** Moves files into a folder of orphans, under the time of the move and their name; says there why. */
export function moveAside(
  paths: readonly string[],
  folder: string,
  { now, reason }: { readonly now: number; readonly reason: string },
): void {
  if (paths.length === 0) return;
  makePrivateFolder(folder);
  const at = new Date(now).toISOString();
  for (const path of paths) {
    const target = freePath(folder, `${fileStamp(now)}_${basename(path)}`);
    appendFileSync(join(folder, REASONS), `${at}\t${basename(target)}\t${path}\t${reason}\n`, {
      mode: PRIVATE_MODE,
    });
    move(path, target);
  }
}

/** Orphans that came more than `maxAgeDays` ago. The time is in the name: moving a file leaves its own times alone. */
export function oldOrphans(
  folder: string,
  { now, maxAgeDays }: { readonly now: number; readonly maxAgeDays: number },
): { readonly path: string; readonly bytes: number }[] {
  if (!existsSync(folder)) return [];
  const oldest = fileStamp(now - maxAgeDays * DAY_MS);
  return readdirSync(folder).flatMap((name) => {
    const stamp = STAMPED.exec(name)?.[0].slice(0, -1);
    if (stamp === undefined || stamp >= oldest) return [];
    const path = join(folder, name);
    const stats = lstatSync(path);
    return stats.isFile() ? [{ path, bytes: stats.size }] : [];
  });
}

function freePath(folder: string, name: string): string {
  let path = join(folder, name);
  for (let n = 2; existsSync(path); n++) path = join(folder, `${name}.${n}`);
  return path;
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // Models may lie on another drive than candles.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyFileSync(from, to);
    rmSync(from);
  }
}
