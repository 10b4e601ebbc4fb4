import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hasDisplay } from '../host/display.ts';

export type ElectronRuntime =
  | { readonly ok: true; readonly path: string }
  /** Why there is no window to be had, as the rest of a sentence. */
  | { readonly ok: false; readonly reason: string };

/**
 * Electron's executable, if it was downloaded and a window could show up. Looks at files only: asking the package itself
 * would start a download that may take minutes or never end.
 */
export function electronRuntime(
  folder = dirname(createRequire(import.meta.url).resolve('electron/package.json')),
  display = hasDisplay(),
): ElectronRuntime {
  const pathFile = join(folder, 'path.txt');
  const path = existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : undefined;
  if (path === undefined || !existsSync(path)) {
    return { ok: false, reason: "Electron's runtime is not downloaded (npx install-electron fetches it)" };
  }
  if (!display) return { ok: false, reason: 'there is no display' };
  return { ok: true, path };
}
