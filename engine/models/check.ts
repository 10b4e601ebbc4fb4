import { EngineError } from '../contract/errors.ts';
import { modelType } from './catalog.ts';
import { decodeModelFile } from './codec.ts';

/** What a row says of the run whose model a file should be. */
export interface ModelOwner {
  readonly config_hash: string;
  readonly run_key: string;
  /** Null or left out of a run that was trained before there was one: its file bears the run key. */
  readonly training_key?: string | null | undefined;
}

/**
 * Checks that bytes are the model of a run in full: the file decodes, so does each member, and it bears the run's hashes.
 * @throws EngineError `artifact-damaged`, `artifact-newer`; `details.reason` are words that go on after the file's name
 */
export function checkModelFile(bytes: Uint8Array, name: string, owner: ModelOwner): void {
  const model = decodeModelFile(bytes, name);
  const isOwn = model.modelKey === owner.training_key || model.modelKey === owner.run_key;
  if (!isOwn || model.configHash !== owner.config_hash) {
    throw refused(name, 'it is the model of another run');
  }
  try {
    const type = modelType(model.configuration.modelType);
    for (const member of model.members) type.decode(member);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw refused(name, error.message, error);
  }
}

function refused(name: string, reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'artifact-damaged',
    `Model file "${name}" is damaged: ${reason}`,
    { file: name, reason },
    cause,
  );
}
