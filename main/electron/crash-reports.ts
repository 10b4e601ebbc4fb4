import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { app, crashReporter } from 'electron';

const MOST_REPORTS = 10;
const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1000;
/** A dump, and what Crashpad notes beside it. */
const REPORT_FILES: ReadonlySet<string> = new Set(['.dmp', '.meta']);

export interface CrashReport {
  /** Without its extension. */
  readonly path: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly writtenAt: number;
}

/** Reports that are too old, or of which there are newer ones enough. */
export function expiredReports(reports: readonly CrashReport[], now: number): CrashReport[] {
  return [...reports]
    .sort((a, b) => b.writtenAt - a.writtenAt)
    .filter(({ writtenAt }, i) => i >= MOST_REPORTS || now - writtenAt > MAX_AGE_MS);
}

/**
 * Has what a process of Electron's was doing when it crashed written to a folder of this computer, and sent nowhere; removes
 * old ones. To be called before Electron is ready. Returns the folder.
 */
export function keepCrashReports(stateFolder: string, now: number): string {
  const folder = join(stateFolder, 'crashes');
  // Electron refuses a path that is not there.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeExpired(folder, now);
  app.setPath('crashDumps', folder);
  crashReporter.start({ uploadToServer: false });
  return folder;
}

/** Crashpad sorts its reports into folders of its own. */
export function removeExpired(folder: string, now: number): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && REPORT_FILES.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  const dumps = files
    .filter((file) => extname(file) === '.dmp')
    .map((file) => ({ path: file.slice(0, -extname(file).length), writtenAt: statSync(file).mtimeMs }));
  for (const { path } of expiredReports(dumps, now)) {
    for (const extension of REPORT_FILES) rmSync(path + extension, { force: true });
  }
}
