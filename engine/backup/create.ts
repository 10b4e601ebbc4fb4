import { existsSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { BackupDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { createAtomicFile, writeError } from '../files/atomic-write.ts';
import { deadTemporaries } from '../files/leftovers.ts';
import { createZipWriter } from '../files/zip-writer.ts';
import type { Reader, Snapshot } from '../store/database.ts';
import { type Folders, type HeldFile, type HeldWorkspace, holdWorkspace } from './held-files.ts';
import { BACKUP_VERSION, DATABASE, MANIFEST, type Manifest } from './manifest.ts';

export interface BackupDeps extends Folders {
  readonly store: Reader;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/**
 * Writes database, candles, kept models and configuration into one ZIP archive, while the workspace goes on being used, be it
 * trained in: the database is that of one moment, and the files are those that it speaks of, held until they are written.
 * `onProgress` is told the share that is done, 0..1.
 * @throws EngineError `disk-full`, `file-unreadable`, or `not-found` without a workspace; nothing of the archive stays then
 */
export async function createBackup(
  deps: BackupDeps,
  file: string,
  onProgress: (share: number) => void = () => undefined,
): Promise<BackupDto> {
  if (!existsSync(deps.store.file)) {
    const message = `There is no workspace in ${deps.workspace} yet: nothing can be backed up.`;
    throw new EngineError('not-found', message, { workspace: deps.workspace });
  }
  const copy = join(dirname(file), `.${basename(file)}.${process.pid}.db.tmp`);
  // What an earlier backup left here that was killed.
  for (const { path } of deadTemporaries(dirname(file), deps.now())) rmSync(path, { force: true });
  const archive = createAtomicFile(file);
  let held: HeldWorkspace | undefined;
  try {
    held = holdWorkspace(deps.store, deps);
    await copyDatabase(held.snapshot, copy);
    // The files are held by themselves; a snapshot would keep the log from being put away.
    held.snapshot.close();
    const database = { path: DATABASE, from: copy, bytes: statSync(copy).size, compress: true };
    const sources: HeldFile[] = [database, ...held.files];
    const total = sources.reduce((sum, source) => sum + source.bytes, 0);
    const zip = createZipWriter(archive);
    const files: Manifest['files'] = [];
    let done = 0;
    for (const { path, from, compress, bytes } of sources) {
      files.push({ path, ...(await zip.addFile(path, from, compress)) });
      done += bytes;
      onProgress(done / total);
    }
    const manifest: Manifest = {
      format: 'regimen-backup',
      version: BACKUP_VERSION,
      created_at: new Date(deps.now()).toISOString(),
      files,
      ...(held.missing.length === 0 ? {} : { missing: [...held.missing] }),
    };
    await zip.addBytes(MANIFEST, Buffer.from(JSON.stringify(manifest, null, 1)));
    zip.finish();
    await archive.commitSoon();
    return { file, bytes: statSync(file).size, files: files.length };
  } catch (error) {
    archive.abort();
    throw error;
  } finally {
    held?.release();
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(copy + suffix, { force: true });
  }
}

async function copyDatabase(snapshot: Snapshot, copy: string): Promise<void> {
  try {
    await snapshot.copyTo(copy);
  } catch (error) {
    const { code } = error as { code?: string };
    throw writeError(copy, code === 'SQLITE_FULL' ? Object.assign(new Error(), { code: 'ENOSPC' }) : error);
  }
}
