import { existsSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ARTIFACTS } from '../artifacts/place.ts';
import type { BackupDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { createAtomicFile, writeError } from '../files/atomic-write.ts';
import { namedFile } from '../files/named-file.ts';
import { createZipWriter } from '../files/zip-writer.ts';
import type { Store } from '../store/database.ts';
import { formerCandles } from '../store/former-candles.ts';
import { keptModels } from '../store/runs.ts';
import { allSeries } from '../store/series.ts';
import { BACKUP_VERSION, CANDLES, CONFIG, DATABASE, MANIFEST, type Manifest } from './manifest.ts';

export interface BackupDeps {
  readonly store: Store;
  readonly workspace: string;
  readonly artifactFolder: string;
  readonly candleFolder: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/**
 * Writes database, candles, kept models and configuration into one ZIP archive, while the workspace goes on being used:
 * the database is copied by SQLite's online backup, and the files are those that the copy speaks of. `onProgress` is told
 * the share that is done, 0..1.
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
  const archive = createAtomicFile(file);
  try {
    await copyDatabase(deps.store, copy);
    const { sources, missing } = sourcesOf(deps, copy);
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
      ...(missing.length === 0 ? {} : { missing }),
    };
    await zip.addBytes(MANIFEST, Buffer.from(JSON.stringify(manifest, null, 1)));
    zip.finish();
    await archive.commitSoon();
    return { file, bytes: statSync(file).size, files: files.length };
  } catch (error) {
    archive.abort();
    throw error;
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(copy + suffix, { force: true });
  }
}

async function copyDatabase(store: Store, copy: string): Promise<void> {
  try {
    await store.raw.backup(copy);
  } catch (error) {
    const { code } = error as { code?: string };
    throw writeError(copy, code === 'SQLITE_FULL' ? Object.assign(new Error(), { code: 'ENOSPC' }) : error);
  }
}

interface Source {
  readonly path: string;
  readonly from: string;
  readonly bytes: number;
  readonly compress: boolean;
}

interface Sources {
  readonly sources: readonly Source[];
  /** Paths in the archive of files that the database names and that are not there: the start-up sweep tells what that means. */
  readonly missing: string[];
}

/** Models are compressed already. */
function sourcesOf({ store, workspace, artifactFolder, candleFolder }: BackupDeps, copy: string): Sources {
  const models = keptModels(store).map((run) => run.artifact_file);
  const candles = [...allSeries(store), ...formerCandles(store)].map((series) => series.file);
  const wanted = [
    { path: DATABASE, from: copy, compress: true },
    { path: CONFIG, from: join(workspace, CONFIG), compress: true },
    ...candles.map((name) => ({
      path: `${CANDLES}/${name}`,
      from: namedFile(candleFolder, name),
      compress: true,
    })),
    ...models.map((name) => ({
      path: `${ARTIFACTS}/${name}`,
      from: namedFile(artifactFolder, name),
      compress: false,
    })),
  ];
  const { there = [], gone = [] } = Object.groupBy(wanted, ({ from }) =>
    existsSync(from) ? 'there' : 'gone',
  );
  return {
    sources: there.map((source) => ({ ...source, bytes: statSync(source.from).size })),
    missing: gone.flatMap(({ path }) => (path === CONFIG ? [] : [path])),
  };
}
