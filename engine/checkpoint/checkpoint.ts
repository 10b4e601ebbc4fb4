import { setImmediate as nextTurn } from 'node:timers/promises';
import { finish } from './block-form.ts';
import { blockItems } from './block-items.ts';
import { type VerifiedFile, verifyCheckpoint } from './file.ts';
import { jsonItems } from './json-items.ts';
import {
  type CheckpointCell,
  type CheckpointChampion,
  type CheckpointConfiguration,
  type CheckpointHeader,
  type CheckpointModel,
  type CheckpointRun,
  type CheckpointRunIdentity,
  headerSchema,
} from './schema.ts';
import { damaged } from './source.ts';

/** What a checkpoint holds, read from the file as it is asked for. */
export interface CheckpointItems {
  /** Of all its cells. A checkpoint of the first release has none. */
  configurations(): Generator<CheckpointConfiguration>;
  /** All of the queue. */
  cells(): Generator<CheckpointCell>;
  /** Descending by score. */
  champions(): Generator<CheckpointChampion>;
  models(): Generator<CheckpointModel>;
  /** Ascending by the number they had; `wanted` is asked for each UUID. */
  runs(wanted?: (uuid: string) => boolean): Generator<CheckpointRun>;
  /** Number and UUID of each of them, read without the rest. */
  runIdentities(): Generator<CheckpointRunIdentity>;
}

/** A verified checkpoint. */
export interface Checkpoint extends CheckpointItems {
  readonly path: string;
  readonly header: CheckpointHeader;
}

/**
 * Opens a checkpoint once every byte of it is verified, with pauses.
 * @throws EngineError `artifact-damaged`, `artifact-newer` or `file-unreadable`, saying what to do
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const verifying = verifyCheckpoint(path);
  let step = verifying.next();
  for (; !step.done; step = verifying.next()) await nextTurn();
  return verified(path, step.value);
}

/** As `readCheckpoint`, without a pause. */
export function readCheckpointNow(path: string): Checkpoint {
  return verified(path, finish(verifyCheckpoint(path)));
}

function verified(path: string, { header: found, blocks }: VerifiedFile): Checkpoint {
  const header = headerSchema.safeParse(found);
  if (!header.success) throw damaged(path, 'its header is not complete', header.error);
  return { path, header: header.data, ...(blocks === undefined ? jsonItems(path) : blockItems(blocks)) };
}
