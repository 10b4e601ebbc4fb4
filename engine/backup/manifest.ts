import { z } from 'zod';
import { EngineError } from '../contract/errors.ts';
import { isCandleFileName } from '../market/candle-file.ts';
import { isArtefactName } from '../selection/artefacts.ts';

/**
 * A backup is a ZIP archive: `regimen.db`, `config.yaml` if there is one, `candles/…`, `artefacts/…`, and last
 * `manifest.json`, which names all others with size and SHA-256.
 */
export const MANIFEST = 'manifest.json';
export const DATABASE = 'regimen.db';
export const CONFIG = 'config.yaml';
export const CANDLES = 'candles';
export const ARTEFACTS = 'artefacts';

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
});

export type Manifest = z.output<typeof manifestSchema>;

/** Whether a backup may hold a file of this name. No other is ever written, so none can lead out of its folder. */
export function isBackupPath(path: string): boolean {
  if (path === DATABASE || path === CONFIG) return true;
  const [folder, name, ...deeper] = path.split('/');
  if (name === undefined || deeper.length > 0) return false;
  return folder === CANDLES ? isCandleFileName(name) : folder === ARTEFACTS && isArtefactName(name);
}

export function damagedBackup(file: string, reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'artefact-damaged',
    `${file} can not be restored: ${reason}. Nothing was changed. Use another backup.`,
    { file },
    cause,
  );
}
