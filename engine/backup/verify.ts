import { createHash } from 'node:crypto';
import { damagedBackup } from './manifest.ts';
import { openBackup, readEntry } from './restore.ts';

export interface VerifiedBackup {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly createdAt: number;
  /** Of all files in it, without their folders. */
  readonly names: ReadonlySet<string>;
}

/**
 * Reads a backup through and compares each file with its size and digest; unpacks nothing.
 * @throws EngineError `artifact-damaged`, `artifact-newer`, `file-unreadable`
 */
export async function verifyBackup(file: string): Promise<VerifiedBackup> {
  const { archive, manifest } = await openBackup(file);
  try {
    const entries = new Map(archive.entries.map((entry) => [entry.name, entry]));
    for (const { path, sha256 } of manifest.files) {
      const hash = createHash('sha256');
      await readEntry(file, archive, entries.get(path)!, (chunk) => hash.update(chunk));
      if (hash.digest('hex') !== sha256) throw damagedBackup(file, `"${path}" does not match its digest`);
    }
    return {
      createdAt: Date.parse(manifest.created_at),
      names: new Set(manifest.files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))),
    };
  } finally {
    archive.close();
  }
}
