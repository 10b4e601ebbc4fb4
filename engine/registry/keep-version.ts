import { setTimeout as delay } from 'node:timers/promises';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import { fileStamp } from '../files/file-stamp.ts';
import type { Store } from '../store/database.ts';
import {
  aliasOf,
  findVersion,
  insertJournal,
  insertVersion,
  requireVersion,
  setAlias,
  type VersionRow,
} from '../store/versions.ts';
import type { RegistryDeps } from './deps.ts';
import { encodeKeptSums } from './kept-sums.ts';
import { type ManifestInput, manifestOf } from './manifest.ts';

/** A model that is to become the candidate of a place. */
export interface NewVersion extends Omit<ManifestInput, 'name' | 'version' | 'createdAt'> {
  readonly target: ModelPlace;
  /** Why: it stands in the journal. */
  readonly reason: string | null;
}

/**
 * Makes a version of it: files first, then its row, the alias `candidate` and the line of the journal in one transaction, then the sums
 * that its next update goes on from.
 */
export async function keepVersion(
  deps: RegistryDeps,
  { target, reason, ...made }: NewVersion,
): Promise<VersionRow> {
  const { store, files, emit, by, now, onStep } = deps;
  const { parent, refit } = made;
  const name = modelName(target);
  const createdAt = await freeSecond(store, name, now());
  const version = fileStamp(createdAt);
  const manifest = manifestOf({ ...made, name, version, createdAt });
  const text = JSON.stringify(manifest, null, 1);
  files.write(name, version, refit.result.artifact, text, () => onStep?.('version file written'));
  onStep?.('version files in place');
  store.transaction(() => {
    const from = aliasOf(store, name, 'candidate') ?? null;
    insertVersion(store, {
      name,
      version,
      ...target,
      config_hash: manifest.configHash,
      training_key: manifest.trainingKey,
      parent,
      ...manifest.model,
      manifest: text,
      created_at: createdAt,
    });
    setAlias(store, { name, alias: 'candidate', version, since: createdAt });
    insertJournal(store, {
      at: createdAt,
      name,
      action: manifest.update === undefined ? 'registered' : 'updated',
      alias: 'candidate',
      from_version: manifest.update === undefined ? from : parent,
      to_version: version,
      by,
      reason,
      skipped: '[]',
      gate: null,
    });
  });
  onStep?.('version registered');
  const { sums } = refit.result;
  if (sums !== undefined) {
    files.setSums(name, version, encodeKeptSums(refit.bound.basis, manifest.configuration, sums));
  }
  emit({ type: 'workspace.changed', what: 'registry' });
  return requireVersion(store, name, version);
}

/** A second whose version the name does not have yet; one that is taken is waited for. */
async function freeSecond(store: Store, name: string, from: number): Promise<number> {
  let at = from;
  while (findVersion(store, name, fileStamp(at)) !== undefined) at = Math.floor(at / 1000 + 1) * 1000;
  if (at > from) await delay(at - from);
  return at;
}
