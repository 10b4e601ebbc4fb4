import { z } from 'zod';
import { isArtifactName } from '../artifacts/folder.ts';
import { ARTIFACTS, FIRST_RELEASE_ARTIFACTS } from '../artifacts/place.ts';
import { isBestPath, MODELS, versionOfPath } from '../artifacts/version-files.ts';
import { EngineError, type Problem } from '../contract/errors.ts';
import { problemDetails, problemLines } from '../contract/problems.ts';
import { isCandleFileName } from '../market/series/candle-file.ts';

/**
 * A backup is a ZIP archive: `regimen.db`, `config.yaml` if there is one, `candles/…`, `artifacts/…`, `models/…` and
 * last `manifest.json`, which names all others with size and SHA-256.
 */
export const MANIFEST = 'manifest.json';
export const DATABASE = 'regimen.db';
export const CONFIG = 'config.yaml';
export const CANDLES = 'candles';
/** What the last verification of the workspace found. In no backup: it speaks of what is there now. */
export const VERIFIED = 'verified.json';

export const BACKUP_VERSION = 1;

export const manifestSchema = z.strictObject({
  format: z.literal('regimen-backup'),
  version: z.int().positive(),
  created_at: z.iso.datetime(),
  files: z.array(
    z.strictObject({
      path: z.string(),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** What the database named, and was not there, when the backup was made; left out where it is nothing. */
  missing: z.array(z.string()).optional(),
});

export type Manifest = z.output<typeof manifestSchema>;

/** Whether a backup may hold a file of this name. No other is ever written, so none can lead out of its folder. */
export function isBackupPath(path: string): boolean {
  if (path === DATABASE || path === CONFIG) return true;
  if (path.startsWith(`${MODELS}/`)) {
    const inModels = path.slice(MODELS.length + 1);
    return versionOfPath(inModels) !== undefined || isBestPath(inModels);
  }
  const [folder, name, ...deeper] = path.split('/');
  if (name === undefined || deeper.length > 0) return false;
  return folder === CANDLES
    ? isCandleFileName(name)
    : (folder === ARTIFACTS || folder === FIRST_RELEASE_ARTIFACTS) && isArtifactName(name);
}

/** Where a file of a backup belongs; models of the first release have a folder of another name. */
export function placeOf(path: string): string {
  const old = `${FIRST_RELEASE_ARTIFACTS}/`;
  return path.startsWith(old) ? `${ARTIFACTS}/${path.slice(old.length)}` : path;
}

export function damagedBackup(file: string, reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'artifact-damaged',
    `${file} can not be restored: ${reason}. Nothing was changed. Use another backup.`,
    { file },
    cause,
  );
}

/** The same for what is wrong in several places of a backup. */
export function damagedBackupIn(file: string, problems: readonly Problem[]): EngineError {
  return new EngineError(
    'artifact-damaged',
    `${file} can not be restored:\n${problemLines(problems)}\nNothing was changed. Use another backup.`,
    { file, ...problemDetails(problems) },
  );
}
