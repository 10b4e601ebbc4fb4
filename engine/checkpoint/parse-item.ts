import { type CheckpointRunIdentity, runIdentitySchema } from './schema.ts';
import { damaged } from './source.ts';

/** @throws EngineError `artifact-damaged` where an item is not one of its section */
export function parseItem<T>(
  path: string,
  section: string,
  schema: { parse(value: unknown): T },
  read: () => unknown,
): T {
  try {
    return schema.parse(read());
  } catch (error) {
    throw damaged(path, `an entry of "${section}" is not one that this version writes`, error);
  }
}

export const readJsonItem = (json: Buffer): unknown => JSON.parse(json.toString());

const IDENTITY_BYTES = 100;

/** A run goes on for thousands of bytes after its first two columns; they are read alone where they come first. */
export function readIdentity(json: Buffer): CheckpointRunIdentity {
  const { id, uuid } =
    /^\{"id":(?<id>\d+),"uuid":"(?<uuid>[0-9a-f-]+)"/.exec(json.toString('latin1', 0, IDENTITY_BYTES))
      ?.groups ?? {};
  return id === undefined || uuid === undefined
    ? runIdentitySchema.parse(readJsonItem(json))
    : { id: Number(id), uuid };
}
