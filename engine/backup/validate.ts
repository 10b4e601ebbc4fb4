import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { isArtifactName } from '../artifacts/folder.ts';
import { ARTIFACTS } from '../artifacts/place.ts';
import {
  MODELS,
  manifestFileName,
  modelFileName,
  sha256Of,
  versionOfPath,
} from '../artifacts/version-files.ts';
import { readDefaults, readText } from '../config/files.ts';
import { loadConfig } from '../config/load.ts';
import { EngineError, type Problem } from '../contract/errors.ts';
import { foundText } from '../contract/problems.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { isPlainName } from '../files/named-file.ts';
import { candleFileName, isCandleFileName, readCandleFile } from '../market/series/candle-file.ts';
import { checkModelFile } from '../models/check.ts';
import { CANDLES, CONFIG, DATABASE, damagedBackupIn } from './manifest.ts';
import { openUnpackedDatabase } from './validate-database.ts';

export interface UnpackedBackup {
  /** The archive, for messages. */
  readonly file: string;
  /** Folder that it is unpacked in. */
  readonly staging: string;
  /** Paths that are said to have been missing when it was made. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Checks that what a backup holds is a workspace: its configuration, its database, and every file that the database names. It
 * pauses after each file, so that others have their turn.
 * @throws EngineError `config-invalid`, `conflict`, `artifact-damaged` with all that is wrong, `store-newer`
 */
export async function validateUnpacked(backup: UnpackedBackup): Promise<void> {
  const { file, staging } = backup;
  assertConfig(backup);
  const db = openUnpackedDatabase(file, join(staging, DATABASE));
  const problems: Problem[] = [];
  try {
    for (const row of namedCandles(db)) {
      problems.push(...candleProblems(backup, row));
      await nextTurn();
    }
    for (const row of namedModels(db)) {
      problems.push(...modelProblems(backup, row));
      await nextTurn();
    }
    for (const row of namedVersions(db)) {
      problems.push(...versionProblems(backup, row));
      await nextTurn();
    }
  } finally {
    db.close();
  }
  if (problems.length > 0) throw damagedBackupIn(file, problems);
}

function assertConfig({ file, staging }: UnpackedBackup): void {
  const path = join(staging, CONFIG);
  try {
    const text = readText(path)?.text;
    const { storage } = loadConfig(readDefaults(), text === undefined ? undefined : { file: CONFIG, text });
    assertOwnFolder(storage.artifacts_dir);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const message = error.message.replaceAll(path, CONFIG);
    throw new EngineError(
      error.code,
      `${file} can not be restored: ${message}\nNothing was changed. Use another backup, or correct config.yaml in a copy of this one.`,
      { ...error.details, file },
      error,
    );
  }
}

/** What else lies in a workspace: models in one of these places would be moved together with it. */
const TAKEN =
  /^(candles|checkpoints|logs|uploads|exports|regimen\.db.*|config\.yaml|replaced-.*|\.restore|\.regimen)$/i;

function assertOwnFolder(folder: string): void {
  const [top = ''] = normalize(folder).split(/[\\/]/);
  // Of a folder outside the workspace the switch-over speaks.
  if (isAbsolute(folder) || !TAKEN.test(top)) return;
  throw new EngineError(
    'conflict',
    `storage.artifacts_dir is ${foundText(folder)}, where the workspace keeps other things; a folder such as "${ARTIFACTS}" can be restored.`,
  );
}

interface CandleRow {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly digest: string;
  readonly file: string;
}

function namedCandles(db: Database.Database): CandleRow[] {
  return db
    .prepare<[], CandleRow>(
      `SELECT symbol, timeframe, digest, file FROM series
       UNION SELECT symbol, timeframe, digest, file FROM former_candles
       UNION SELECT value ->> 'symbol', value ->> 'timeframe', value ->> 'digest', value ->> 'file'
         FROM (SELECT series AS value FROM series_changes WHERE series IS NOT NULL
               UNION ALL SELECT each.value FROM series_changes, json_each(former) AS each)
       ORDER BY file`,
    )
    .all();
}

function candleProblems(backup: UnpackedBackup, row: CandleRow): Problem[] {
  const { symbol, timeframe, digest, file } = row;
  if (!isPlainName(file) || !isCandleFileName(file) || file !== candleFileName(row)) {
    return [foreignName(`the series ${foundText(symbol)} ${foundText(timeframe)}`, file)];
  }
  return fileProblems(backup, CANDLES, file, (path, name) => {
    const candles = readCandleFile(path, digest, name);
    if (candles.symbol !== symbol || candles.timeframe !== timeframe) return 'it holds another series';
    return undefined;
  });
}

interface ModelRow {
  readonly id: number;
  readonly uuid: string;
  readonly config_hash: string;
  readonly run_key: string;
  /** Not there in a database of an earlier version. */
  readonly training_key?: string | null;
  readonly artifact_file: string;
}

function namedModels(db: Database.Database): ModelRow[] {
  return db.prepare<[], ModelRow>('SELECT * FROM runs WHERE artifact_file IS NOT NULL ORDER BY id').all();
}

function modelProblems(backup: UnpackedBackup, row: ModelRow): Problem[] {
  const file = row.artifact_file;
  if (!isPlainName(file) || !isArtifactName(file, row.uuid)) return [foreignName(`run ${row.id}`, file)];
  return fileProblems(backup, ARTIFACTS, file, (path, name) => {
    checkModelFile(readFileSync(path), name, row);
    return undefined;
  });
}

interface VersionFileRow {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly manifest: string;
}

function namedVersions(db: Database.Database): VersionFileRow[] {
  return db
    .prepare<[], VersionFileRow>(
      'SELECT name, version, sha256, manifest FROM versions ORDER BY name, version',
    )
    .all();
}

/** Model and manifest of a version are those that its row says. */
function versionProblems(
  backup: UnpackedBackup,
  { name, version, sha256, manifest }: VersionFileRow,
): Problem[] {
  const path = `${name}/${modelFileName(version)}`;
  const found = versionOfPath(path);
  if (found?.name !== name || found.version !== version) return [foreignName('a version', path)];
  const folder = join(MODELS, name);
  return [
    ...fileProblems(backup, folder, modelFileName(version), (file) =>
      sha256Of(readFileSync(file)) === sha256 ? undefined : 'it is not the model of its version',
    ),
    ...fileProblems(backup, folder, manifestFileName(version), (file) =>
      readFileSync(file, 'utf8') === manifest ? undefined : 'it is not the manifest of its version',
    ),
  ];
}

function foreignName(owner: string, file: string): Problem {
  return { path: DATABASE, message: `${owner} names the file ${foundText(file)}, which is none of its own` };
}

/** What `check` finds wrong with a file that the database names: as its answer, or as the error that it throws. */
function fileProblems(
  { staging, missing }: UnpackedBackup,
  folder: string,
  file: string,
  check: (path: string, name: string) => string | undefined,
): Problem[] {
  const name = `${folder}/${file}`;
  const path = join(staging, folder, file);
  if (!existsSync(path)) {
    return missing.has(name) ? [] : [{ path: name, message: 'the database names it, and it is not there' }];
  }
  try {
    const found = check(path, name);
    return found === undefined ? [] : [{ path: name, message: found }];
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { reason } = error.details;
    return [{ path: name, message: typeof reason === 'string' ? reason : error.message }];
  }
}
