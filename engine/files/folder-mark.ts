import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makePrivateFolder, writeFileAtomic } from './atomic-write.ts';

/** The file that says whose a folder is. */
export const MARK_NAME = '.regimen.json';

const markSchema = z.strictObject({
  /** Id of the workspace that writes to the folder. */
  workspace: z.string().regex(/^[0-9a-f]{32}$/),
  /** Where that was, for people. */
  path: z.string(),
  /** How often it had begun to train when it last did. */
  generation: z.int().min(0),
  /** The beginning that its writer was about to count in its database when it wrote this. */
  next: z.int().min(0).optional(),
  /** Files that were there before, and that nobody knew. */
  others: z.array(z.string()),
});
export type FolderMark = z.output<typeof markSchema>;

/** Undefined in a folder that is not marked, `unreadable` where the mark can't be made out. */
export function readMark(folder: string): FolderMark | 'unreadable' | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, MARK_NAME), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'unreadable';
  }
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

export function writeMark(folder: string, mark: FolderMark): void {
  makePrivateFolder(folder);
  writeFileAtomic(join(folder, MARK_NAME), `${JSON.stringify(mark)}\n`);
}
