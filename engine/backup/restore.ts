import { createHash } from 'node:crypto';
import { existsSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BackupDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { type AtomicFile, createAtomicFile, makePrivateFolder } from '../files/atomic-write.ts';
import { FILE_KINDS } from '../files/user-file.ts';
import { openZip, type ZipArchive, type ZipEntry } from '../files/zip-reader.ts';
import { assertWritable } from '../store/errors.ts';
import {
  BACKUP_VERSION,
  DATABASE,
  damagedBackup,
  isBackupPath,
  MANIFEST,
  type Manifest,
  manifestSchema,
  placeOf,
} from './manifest.ts';
import { assertNoneBegun, discardUnpacked, STAGING, signUnpacking, switchOver } from './switch.ts';
import { validateUnpacked } from './validate.ts';

/** A line of 150 bytes for each of 400,000 files. */
const LARGEST_MANIFEST_BYTES = 64 * 1024 * 1024;

/**
 * Puts a backup in the place of what is in the workspace; that is moved to `replaced-YYYYMMDD_HHMMSS/` first. Everything
 * is unpacked and verified beside it before anything is touched: every size and digest, then that it is a workspace, as
 * `validateUnpacked` tells. From then on a crash can't leave a mixture: the next start ends what was begun. The database
 * must not be open in this process. `now`: milliseconds since 1970-01-01 UTC.
 * @throws EngineError `artifact-damaged`, `artifact-newer`, `config-invalid`, `conflict`, `store-newer`, `disk-full`, `workspace-busy`
 */
export async function restoreBackup(file: string, workspace: string, now: number): Promise<BackupDto> {
  const unpacked = await unpackBackup(file, workspace);
  switchOver(workspace, now);
  return unpacked;
}

/** The first half of a restore: verifies a backup and unpacks it beside what is in the workspace, where nothing changes. */
export async function unpackBackup(file: string, workspace: string): Promise<BackupDto> {
  if (existsSync(workspace)) assertWritable(join(workspace, DATABASE));
  const staging = join(workspace, STAGING);
  assertNoneBegun(workspace);
  discardUnpacked(workspace);
  const { archive, manifest, bytes } = await openBackup(file);
  const isNew = !existsSync(workspace);
  try {
    assertRoom(workspace, bytes);
    makePrivateFolder(staging);
    signUnpacking(workspace);
    const entries = new Map(archive.entries.map((entry) => [entry.name, entry]));
    for (const { path, sha256 } of manifest.files) {
      const target = join(staging, placeOf(path));
      makePrivateFolder(dirname(target));
      await unpack(file, archive, entries.get(path)!, sha256, createAtomicFile(target));
    }
    await validateUnpacked({ file, staging, missing: new Set(manifest.missing) });
    return { file, bytes, files: manifest.files.length };
  } catch (error) {
    discardUnpacked(workspace);
    if (isNew) rmSync(workspace, { recursive: true, force: true });
    throw error;
  } finally {
    archive.close();
  }
}

interface OpenBackup {
  readonly archive: ZipArchive;
  readonly manifest: Manifest;
  /** Of all files, unpacked. */
  readonly bytes: number;
}

/** Opens a backup whose list of files is whole. The caller closes the archive. */
export async function openBackup(file: string): Promise<OpenBackup> {
  let archive: ZipArchive;
  try {
    archive = openZip(file, FILE_KINDS.backup);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw damagedBackup(file, `it is no complete backup, ${(error as Error).message}`, error);
  }
  try {
    const manifest = await readManifest(file, archive);
    const listed = new Map(manifest.files.map((f) => [f.path, f.bytes]));
    const others = archive.entries.filter((entry) => entry.name !== MANIFEST);
    const unknown = others.find(({ name, bytes }) => !isBackupPath(name) || listed.get(name) !== bytes);
    if (unknown !== undefined)
      throw damagedBackup(file, `it holds "${unknown.name}", which belongs to no backup`);
    const names = new Set(archive.entries.map((entry) => entry.name));
    const places = new Set(archive.entries.map((entry) => placeOf(entry.name)));
    if (places.size !== archive.entries.length || listed.size !== manifest.files.length) {
      throw damagedBackup(file, 'it holds a file twice');
    }
    const missing = [...listed.keys(), DATABASE].find((path) => !names.has(path));
    if (missing !== undefined) throw damagedBackup(file, `"${missing}" is missing`);
    return { archive, manifest, bytes: others.reduce((sum, entry) => sum + entry.bytes, 0) };
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function readManifest(file: string, archive: ZipArchive): Promise<Manifest> {
  const entry = archive.entries.find(({ name }) => name === MANIFEST);
  if (entry === undefined || entry.bytes > LARGEST_MANIFEST_BYTES)
    throw damagedBackup(file, 'it has no manifest');
  const chunks: Buffer[] = [];
  await readEntry(file, archive, entry, (chunk) => chunks.push(chunk));
  let manifest: ReturnType<typeof manifestSchema.safeParse>;
  try {
    manifest = manifestSchema.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
  } catch (error) {
    throw damagedBackup(file, 'its manifest can not be read', error);
  }
  if (!manifest.success) throw damagedBackup(file, 'its manifest is not complete', manifest.error);
  if (manifest.data.version > BACKUP_VERSION) {
    throw new EngineError(
      'artifact-newer',
      `${file} is a backup of version ${manifest.data.version}; this Regimen reads up to ${BACKUP_VERSION}. Update Regimen to restore it.`,
      { file },
    );
  }
  return manifest.data;
}

export async function readEntry(
  file: string,
  archive: ZipArchive,
  entry: ZipEntry,
  take: (chunk: Buffer) => void,
): Promise<void> {
  try {
    for await (const chunk of archive.content(entry)) take(chunk);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw damagedBackup(file, (error as Error).message, error);
  }
}

async function unpack(
  file: string,
  archive: ZipArchive,
  entry: ZipEntry,
  sha256: string,
  target: AtomicFile,
): Promise<void> {
  const hash = createHash('sha256');
  try {
    await readEntry(file, archive, entry, (chunk) => {
      hash.update(chunk);
      target.write(chunk);
    });
    if (hash.digest('hex') !== sha256) throw damagedBackup(file, `"${entry.name}" does not match its digest`);
    target.commit();
  } catch (error) {
    target.abort();
    throw error;
  }
}

function assertRoom(workspace: string, bytes: number): void {
  makePrivateFolder(workspace);
  const { bavail, bsize } = statfsSync(workspace);
  if (bavail * bsize >= bytes) return;
  throw new EngineError(
    'disk-full',
    `The backup takes ${bytes} bytes, and ${workspace} has room for ${bavail * bsize}. Free some space and try again.`,
    { file: workspace },
  );
}
