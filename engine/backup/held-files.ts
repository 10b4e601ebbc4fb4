import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS } from '../artifacts/place.ts';
import {
  BEST_FILE,
  isBestPath,
  MODELS,
  manifestFileName,
  modelFileName,
  versionFolders,
} from '../artifacts/version-files.ts';
import { namedFile } from '../files/named-file.ts';
import { openSnapshot, type Reader, type Snapshot } from '../store/database.ts';
import { formerCandles } from '../store/former-candles.ts';
import { refitFiles } from '../store/refits.ts';
import { keptModels } from '../store/runs.ts';
import { allSeries } from '../store/series.ts';
import { filesOfChanges } from '../store/series-changes.ts';
import { versionNames } from '../store/versions.ts';
import { CANDLES, CONFIG } from './manifest.ts';

export interface Folders {
  readonly workspace: string;
  readonly artifactFolder: string;
  readonly candleFolder: string;
}

/** A file that belongs into a backup. */
export interface HeldFile {
  /** In the archive. */
  readonly path: string;
  /** The open file; its path where no more can be open at a time. */
  readonly from: number | string;
  readonly bytes: number;
  readonly compress: boolean;
}

/** The database of one moment, and every file that it speaks of. */
export interface HeldWorkspace {
  readonly snapshot: Snapshot;
  readonly files: readonly HeldFile[];
  /** Paths in the archive of those that are missing for good. */
  readonly missing: readonly string[];
  release(): void;
}

/** Views of the database that are taken because a file went before it was held. */
const TRIES = 100;

/**
 * Takes a view of the database, and opens what it speaks of: whatever is trained, replaced and deleted from then on, both stay
 * as they are until they are released. Where a file went in between, a later view doesn't speak of it; one that is missing
 * for good is left out, and named. Throws as `namedFile`.
 */
export function holdWorkspace(store: Reader, folders: Folders): HeldWorkspace {
  const open = new Map<string, Opened>();
  const release = () => {
    for (const { from } of open.values()) if (typeof from === 'number') closeSync(from);
    open.clear();
  };
  let missingBefore: ReadonlySet<string> | undefined;
  for (let n = 0; ; n++) {
    const snapshot = openSnapshot(store);
    try {
      const wanted = filesOf(snapshot, folders);
      const missing = wanted.filter(({ place }) => !open.has(place) && !hold(place, open));
      if (n === TRIES || missing.every(({ place }) => missingBefore?.has(place))) {
        const files = wanted.flatMap(({ place, ...file }) => {
          const opened = open.get(place);
          return opened === undefined ? [] : [{ ...file, ...opened }];
        });
        return {
          snapshot,
          files,
          missing: missing.flatMap(({ path }) => (isOptional(path) ? [] : [path])),
          release() {
            snapshot.close();
            release();
          },
        };
      }
      missingBefore = new Set(missing.map(({ place }) => place));
      snapshot.close();
    } catch (error) {
      snapshot.close();
      release();
      throw error;
    }
  }
}

/** What a workspace need not have. */
function isOptional(path: string): boolean {
  return path === CONFIG || isBestPath(path.slice(MODELS.length + 1));
}

interface Opened {
  readonly from: number | string;
  readonly bytes: number;
}

/** Models are compressed already. */
function filesOf(snapshot: Reader, { workspace, artifactFolder, candleFolder }: Folders) {
  const candles = [
    ...new Set(
      [...allSeries(snapshot), ...formerCandles(snapshot), ...filesOfChanges(snapshot)].map(
        ({ file }) => file,
      ),
    ),
  ];
  return [
    { path: CONFIG, place: join(workspace, CONFIG), compress: true },
    ...candles.map((name) => ({
      path: `${CANDLES}/${name}`,
      place: namedFile(candleFolder, name),
      compress: true,
    })),
    ...[...keptModels(snapshot).map((run) => run.artifact_file), ...refitFiles(snapshot)].map((name) => ({
      path: `${ARTIFACTS}/${name}`,
      place: namedFile(artifactFolder, name),
      compress: false,
    })),
    ...versionNames(snapshot).flatMap(({ name, version }) =>
      [modelFileName(version), manifestFileName(version)].map((file) => ({
        path: `${MODELS}/${name}/${file}`,
        place: namedFile(namedFile(join(workspace, MODELS), name), file),
        compress: false,
      })),
    ),
    // The database knows nothing of them.
    ...versionFolders(join(workspace, MODELS)).map((name) => ({
      path: `${MODELS}/${name}/${BEST_FILE}`,
      place: namedFile(namedFile(join(workspace, MODELS), name), BEST_FILE),
      compress: true,
    })),
  ];
}

/** False if there is no such file. */
function hold(place: string, open: Map<string, Opened>): boolean {
  try {
    const from = openSync(place, 'r');
    open.set(place, { from, bytes: fstatSync(from).size });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (code !== 'EMFILE' && code !== 'ENFILE') throw error;
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats !== undefined) open.set(place, { from: place, bytes: stats.size });
    return stats !== undefined;
  }
}
