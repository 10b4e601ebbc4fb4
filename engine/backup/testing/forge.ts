import { createHash } from 'node:crypto';
import { createAtomicFile } from '../../files/atomic-write.ts';
import { createZipWriter } from '../../files/zip-writer.ts';
import { MANIFEST, type Manifest } from '../manifest.ts';

/**
 * Writes an archive as a backup is written, with any names and any manifest; digests are those of the content.
 * `change` changes the manifest before it is written by `textOf`.
 */
export async function forgeBackup(
  archive: string,
  files: Readonly<Record<string, Uint8Array>>,
  change: (manifest: Manifest) => void = () => undefined,
  textOf: (manifest: Manifest) => string = JSON.stringify,
): Promise<void> {
  const file = createAtomicFile(archive);
  const zip = createZipWriter(file);
  const manifest: Manifest = {
    format: 'regimen-backup',
    version: 1,
    created_at: '2026-01-02T03:04:05.000Z',
    files: [],
  };
  for (const [path, content] of Object.entries(files)) {
    await zip.addBytes(path, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    manifest.files.push({ path, bytes: content.length, sha256 });
  }
  change(manifest);
  await zip.addBytes(MANIFEST, Buffer.from(textOf(manifest)));
  zip.finish();
  file.commit();
}
