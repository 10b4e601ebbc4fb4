import { existsSync, readFileSync, rmSync } from 'node:fs';
import { makePrivateFolder, writeError, writeFilesAtomic } from '../files/atomic-write.ts';
import { namedFile } from '../files/named-file.ts';

/** The folder of kept model files. It never touches anything outside: names are checked as `namedFile` does. */
export interface ArtifactFolder {
  readonly path: string;
  /** Complete and on disk under its name when this returns, or not there at all. */
  write(name: string, bytes: Uint8Array): void;
  /** As `write`, each; where one can't be written, those before it are there. */
  writeAll(files: ReadonlyMap<string, Uint8Array>): void;
  read(name: string): Uint8Array;
  has(name: string): boolean;
  /** Does nothing when the file is already gone. */
  remove(name: string): void;
}

/**
 * `folder` is asked each time, since the configuration may name another one while it holds no models. `onWritten` is
 * called when a file is written, but not yet under its name.
 */
export function openArtifactFolder(folder: () => string, onWritten?: () => void): ArtifactFolder {
  const inside = (name: string) => namedFile(folder(), name);

  function writeAll(files: ReadonlyMap<string, Uint8Array>): void {
    if (files.size === 0) return;
    for (const name of files.keys()) inside(name);
    try {
      makePrivateFolder(folder());
    } catch (error) {
      throw writeError(folder(), error);
    }
    writeFilesAtomic(folder(), files, onWritten);
  }

  return {
    get path() {
      return folder();
    },
    write: (name, bytes) => writeAll(new Map([[name, bytes]])),
    writeAll,
    read: (name) => readFileSync(inside(name)),
    has: (name) => existsSync(inside(name)),
    remove(name) {
      rmSync(inside(name), { force: true });
    },
  };
}

/** A run's file name: readable by a person, unique by the run's id. */
export function artifactName(run: {
  readonly modelType: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly uuid: string;
}): string {
  return `${run.modelType}_${run.symbol}_${run.timeframe}_${run.uuid}.model`;
}

/** Whether a file is named as `artifactName` names it, for this run or for any. */
export function isArtifactName(name: string, uuid?: string): boolean {
  const match = /^[\w.-]+_(?<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.model$/.exec(name);
  return match !== null && (uuid === undefined || match.groups?.uuid === uuid);
}
