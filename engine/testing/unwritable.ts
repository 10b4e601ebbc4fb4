import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

const isLinuxRoot = process.platform === 'linux' && process.getuid?.() === 0;

/**
 * The folder once more, as one on a read-only medium; undefined where this user can't mount one. To be released before the
 * folder is removed.
 */
export function mountReadOnly(folder: string): { readonly path: string; release(): void } | undefined {
  if (!isLinuxRoot) return undefined;
  const path = `${folder}-read-only`;
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['--bind', folder, path], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'remount,ro,bind', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { path, release: () => execFileSync('umount', [path]) };
}
