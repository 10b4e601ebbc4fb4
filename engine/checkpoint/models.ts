import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ArtifactFolder, isArtifactName } from '../artifacts/folder.ts';
import { EngineError } from '../contract/errors.ts';
import { foundText } from '../contract/problems.ts';
import { namedFile } from '../files/named-file.ts';
import { checkModelFile, type ModelOwner } from '../models/check.ts';
import { decodeModelFile } from '../models/codec.ts';
import type { Checkpoint } from './checkpoint.ts';
import { damaged } from './source.ts';

/**
 * Names of the model files that decode and are their run's own, by its UUID; the others are told.
 * @throws EngineError `artifact-damaged` for a name that belongs to none of its runs
 */
export async function soundModels(
  checkpoint: Checkpoint,
  warn: (message: string) => void = () => undefined,
): Promise<Map<string, string>> {
  const named = new Map<string, string>();
  for (const { run, file } of checkpoint.models()) {
    if (named.has(run) || !isArtifactName(file, run)) throw foreignModel(checkpoint, file);
    named.set(run, file);
    await nextTurn();
  }
  const owners = new Map<string, ModelOwner>();
  for (const { uuid, config_hash, run_key, training_key } of checkpoint.runs((uuid) => named.has(uuid))) {
    owners.set(uuid, { config_hash, run_key, training_key });
    await nextTurn();
  }
  for (const { run, file, bytes } of checkpoint.models()) {
    const owner = owners.get(run);
    if (owner === undefined) throw foreignModel(checkpoint, file);
    const fault = faultOf(bytes, file, owner);
    if (fault !== undefined) {
      named.delete(run);
      warn(`A model in the checkpoint is not taken: ${fault}`);
    }
    await nextTurn();
  }
  return named;
}

function faultOf(bytes: Uint8Array, file: string, owner: ModelOwner): string | undefined {
  try {
    checkModelFile(bytes, file, owner);
    return undefined;
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
}

export function foreignModel({ path }: Checkpoint, file: string): EngineError {
  return damaged(path, `it names a model file ${foundText(file)} that belongs to none of its runs`);
}

/** Writes the model files that belong into the folder and are not there whole; returns the names of those that were not there at all. */
export function restoreModels(
  artifacts: ArtifactFolder,
  checkpoint: Checkpoint,
  kept: ReadonlyMap<string, string>,
): string[] {
  const written: string[] = [];
  for (const { run, file, bytes } of checkpoint.models()) {
    if (!kept.has(run) || isIntact(() => artifacts.read(file))) continue;
    if (!existsSync(namedFile(artifacts.path, file))) written.push(file);
    artifacts.write(file, bytes);
  }
  return written;
}

function isIntact(read: () => Uint8Array): boolean {
  try {
    decodeModelFile(read(), '');
    return true;
  } catch {
    return false;
  }
}
