import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import { listFolder } from '../files/folder-listing.ts';
import { recompressModelFile } from '../models/codec.ts';
import type { ArtifactFolder } from './folder.ts';

/** A run whose model is kept, with the name of its file. */
export interface KeptModel {
  readonly id: number;
  readonly artifact_file: string;
}

export interface CompressOptions {
  readonly artifacts: ArtifactFolder;
  readonly kept: readonly KeptModel[];
  /** Told of every file that was written anew, with its size. */
  readonly onCompressed: (model: KeptModel, bytes: number) => void;
  /** Model files not written for longer than this are old. */
  readonly afterDays: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  readonly dryRun: boolean;
}

export interface Compressed {
  readonly files: number;
  readonly freedBytes: number;
}

const DAY_MS = 86_400_000;

/**
 * Compresses old model files as far as it goes, where that makes them smaller; what they decode to stays the same. A file
 * that was looked at counts as new, so the work is not repeated at every cleanup. Damaged files are left as they are.
 */
export function compressOldModels(options: CompressOptions): Compressed {
  const { artifacts, kept, onCompressed, afterDays, now, dryRun } = options;
  const sizes = new Map(
    listFolder(artifacts.path)
      .filter((entry) => entry.isFile && entry.modifiedAt <= now() - afterDays * DAY_MS)
      .map((entry) => [entry.name, entry.bytes]),
  );
  let files = 0;
  let freedBytes = 0;
  for (const model of kept) {
    const name = model.artifact_file;
    const before = sizes.get(name);
    if (before === undefined) continue;
    const smaller = smallerForm(artifacts.read(name), name);
    if (smaller !== undefined) {
      files++;
      freedBytes += before - smaller.length;
    }
    if (dryRun) continue;
    if (smaller === undefined) utimesSync(join(artifacts.path, name), now() / 1000, now() / 1000);
    else {
      artifacts.write(name, smaller);
      onCompressed(model, smaller.length);
    }
  }
  return { files, freedBytes };
}

function smallerForm(file: Uint8Array, name: string): Uint8Array | undefined {
  try {
    const recompressed = recompressModelFile(file, name);
    return recompressed.length < file.length ? recompressed : undefined;
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
