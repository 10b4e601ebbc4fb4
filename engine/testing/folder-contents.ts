import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { digestOfFile } from './workspace.ts';

/**
 * Everything below a folder by its path: of files digest, size and time of the last change, of folders the time, which changes
 * when something in them comes or goes, be it gone again.
 */
export function contentsOf(folder: string): Readonly<Record<string, string>> {
  const names = ['.', ...(readdirSync(folder, { recursive: true }) as string[])];
  return Object.fromEntries(
    names.sort().map((name) => {
      const path = join(folder, name);
      const stats = lstatSync(path, { bigint: true });
      return [name, `${stats.isFile() ? digestOfFile(path) : 'folder'} ${stats.size} ${stats.mtimeNs}`];
    }),
  );
}
