import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import { makePrivateFolder, writeError, writeFileAtomic, writeFilesAtomic } from '../files/atomic-write.ts';
import { namedFile } from '../files/named-file.ts';

/** Folder of the workspace that versions' files lie in: a folder a name, which no cleanup of kept models ever enters. */
export const MODELS = 'models';
/** In a name's folder: the version that is in use, for whoever reads no database. */
export const PRODUCTION_FILE = 'production';

/** In a name's folder: sums that its newest version was made of, from which the next update goes on. Whatever is lost of it is made anew. */
export const SUMS_FILE = 'sums.bin';

/** In a name's folder: what searches found for it. */
export const BEST_FILE = 'best_hyperparameters.json';

const NAME = /^[A-Z0-9._-]{1,32} [A-Z0-9]{2,3}(?: [a-z][a-z0-9_]{0,39})?$/;

export const modelFileName = (version: string) => `model_${version}.bin`;
export const manifestFileName = (version: string) => `model_${version}.json`;

/** Whether a path below the folder of models is a version's own, model or manifest, and of which. */
export function versionOfPath(path: string): { readonly name: string; readonly version: string } | undefined {
  const [name = '', file = '', ...more] = path.split('/');
  const version = /^model_(?<version>\d{8}_\d{6})\.(?:bin|json)$/.exec(file)?.groups?.version;
  return version === undefined || more.length > 0 || !NAME.test(name) ? undefined : { name, version };
}

/** Whether a path below the folder of models is what searches found for a name. */
export function isBestPath(path: string): boolean {
  const [name = '', file, ...more] = path.split('/');
  return file === BEST_FILE && more.length === 0 && NAME.test(name);
}

/** Names that have a folder below that of models. */
export function versionFolders(path: string): string[] {
  return existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && NAME.test(entry.name))
        .map((entry) => entry.name)
    : [];
}

/** Files of versions: `models/NAME/model_VERSION.bin`, its manifest beside it, and which one is in use. */
export interface VersionFiles {
  readonly path: string;
  /** Both are complete and on disk when it returns. `onWritten` is called when one is on disk, but not yet under its name. */
  write(name: string, version: string, model: Uint8Array, manifest: string, onWritten?: () => void): void;
  /**
   * The bytes of a version's model. @throws EngineError `artifact-damaged` where they are not those that were written, or not there
   */
  read(name: string, version: string, sha256: string): Uint8Array;
  /** Whether its model is there, whatever is in it. */
  has(name: string, version: string): boolean;
  /** What the file `production` says; undefined where there is none. */
  production(name: string): string | undefined;
  /** Writes it, atomically; null: takes it away. */
  setProduction(name: string, version: string | null): void;
  /** Hyper-parameters that a search found for a name, by model type and target; undefined where none did, or they can't be read. */
  best(name: string, key: string): Record<string, unknown> | undefined;
  setBest(name: string, key: string, values: Readonly<Record<string, unknown>>): void;
  /** What was kept of a version for its next update; undefined where nothing whole was. */
  sums(name: string, version: string): Uint8Array | undefined;
  /** Keeps it, in place of that of the version before. */
  setSums(name: string, version: string, bytes: Uint8Array): void;
  /** Names that have a folder. */
  names(): string[];
}

export function openVersionFiles(path: string): VersionFiles {
  const folderOf = (name: string) => namedFile(path, name);
  return {
    path,
    write(name, version, model, manifest, onWritten) {
      const folder = folderOf(name);
      try {
        makePrivateFolder(folder);
      } catch (error) {
        throw writeError(folder, error);
      }
      const files = new Map([
        [modelFileName(version), model],
        [manifestFileName(version), new TextEncoder().encode(manifest)],
      ]);
      writeFilesAtomic(folder, files, onWritten);
    },
    read(name, version, sha256) {
      const file = join(folderOf(name), modelFileName(version));
      const bytes = existsSync(file) ? readFileSync(file) : undefined;
      if (bytes !== undefined && sha256Of(bytes) === sha256) return bytes;
      throw new EngineError(
        'artifact-damaged',
        `The model of ${name}, version ${version} (${file}) is ${bytes === undefined ? 'not there' : 'not what was written'}. Restore a backup, or roll back to another version.`,
        { file },
      );
    },
    has: (name, version) => existsSync(join(folderOf(name), modelFileName(version))),
    production(name) {
      const file = join(folderOf(name), PRODUCTION_FILE);
      return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
    },
    setProduction(name, version) {
      const file = join(folderOf(name), PRODUCTION_FILE);
      if (version === null) rmSync(file, { force: true });
      else writeFileAtomic(file, `${version}\n`);
    },
    best: (name, key) => readBest(join(folderOf(name), BEST_FILE))[key],
    setBest(name, key, values) {
      const folder = folderOf(name);
      makePrivateFolder(folder);
      const file = join(folder, BEST_FILE);
      writeFileAtomic(file, `${JSON.stringify({ ...readBest(file), [key]: values }, null, 2)}\n`);
    },
    sums(name, version) {
      const file = join(folderOf(name), SUMS_FILE);
      return existsSync(file) ? readSums(readFileSync(file), version) : undefined;
    },
    setSums(name, version, bytes) {
      const text = new TextEncoder().encode(`${version} ${sha256Of(bytes)}\n`);
      writeFileAtomic(join(folderOf(name), SUMS_FILE), Buffer.concat([text, bytes]));
    },
    names: () => versionFolders(path),
  };
}

/** What is broken, or of another version, is as if it were not there. */
function readSums(file: Uint8Array, version: string): Uint8Array | undefined {
  const end = file.indexOf('\n'.charCodeAt(0));
  const bytes = file.subarray(end + 1);
  const head = new TextDecoder().decode(file.subarray(0, Math.max(0, end)));
  return head === `${version} ${sha256Of(bytes)}` ? bytes : undefined;
}

/** What a person broke is as if it were not there. */
function readBest(file: string): Record<string, Record<string, unknown>> {
  if (!existsSync(file)) return {};
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof found === 'object' && found !== null
      ? (found as Record<string, Record<string, unknown>>)
      : {};
  } catch {
    return {};
  }
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
