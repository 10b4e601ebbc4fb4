import { EngineError } from '../contract/errors.ts';
import type { ArtefactFolder } from '../selection/artefacts.ts';
import type { Store } from '../store/database.ts';

export interface CheckpointDeps {
  readonly store: Store;
  readonly artefacts: ArtefactFolder;
  readonly folder: string;
  readonly now: () => number;
}

export interface Checkpoint {
  readonly version: number;
}

export function writeCheckpoint(_deps: CheckpointDeps, _queueId: number): string {
  return '';
}

export function readCheckpoint(path: string): Checkpoint {
  throw new EngineError('artefact-damaged', path);
}

export function restoreCheckpoint(_deps: CheckpointDeps, _checkpoint: Checkpoint): number {
  return 0;
}
