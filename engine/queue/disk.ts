import { statfsSync } from 'node:fs';
import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';

/** Why the disk is too full to go on, or null. */
export function diskShortage(workspace: string, config: Config): string | null {
  const { bavail, bsize } = statfsSync(workspace);
  const free = (bavail * bsize) / 1e6;
  if (free >= config.storage.min_free_mb) return null;
  return `Only ${Math.floor(free)} MB are free on the disk of ${workspace}; storage.min_free_mb asks for ${config.storage.min_free_mb}. Make room, then resume.`;
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'disk-full';
}
