import { z } from 'zod';
import type { BackupDto, CleanupDto, SettingsDto, StorageDto, VerifyDto } from '../dto/index.ts';
import { fileField, numeric, outputFileField, overwriteField } from './fields.ts';

export const workspaceInputs = {
  'settings.get': z.strictObject({}),
  /**
   * Sets keys (`costs.default.spread_pips`) in the user's file and keeps its comments; `undefined` or null takes a key
   * out, so that the default counts again. All or nothing. A running queue goes on with what it was started with.
   */
  'settings.set': z.strictObject({ changes: z.record(z.string(), z.unknown()) }),
  'storage.summary': z.strictObject({}),
  'cleanup.run': z.strictObject({
    days: numeric(z.int().min(0).max(3650)).optional().describe('checkpoints older than this go'),
    dryRun: z.boolean().default(false).describe('only say what would be done'),
  }),
  /** Compares database, candles, models, checkpoints and backups with their checksums; see VerifyDto. */
  'verify.run': z.strictObject({
    file: fileField.optional().describe('a backup that lies elsewhere'),
  }),
  /** What `verify.record` found last, or the week's own verification of a window or server; null before the first. */
  'verify.last': z.strictObject({}),
  /** As `verify.run`, and the workspace keeps the result. Resolves at its end; others are answered meanwhile. */
  'verify.record': z.strictObject({}),
  'backup.create': z.strictObject({
    file: outputFileField.describe('archive to write'),
    overwrite: overwriteField,
  }),
  'backup.restore': z.strictObject({ file: fileField.describe('archive to restore from') }),
} as const;

export interface WorkspaceResults {
  'settings.get': SettingsDto;
  'settings.set': SettingsDto;
  'storage.summary': StorageDto;
  'cleanup.run': CleanupDto;
  'verify.run': VerifyDto;
  'verify.last': VerifyDto | null;
  'verify.record': VerifyDto;
  'backup.create': BackupDto;
  'backup.restore': BackupDto;
}
