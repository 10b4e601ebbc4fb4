import { type Blocks, type FoundHeader, lastSaved, scanBlocks } from './block-form.ts';
import { verifyChecksum } from './json-form.ts';
import { damaged, FIRST_OF_BLOCKS, newer, type Prefix, readPrefix, VERSION } from './source.ts';

/** A verified checkpoint file: `blocks` of one that grows, none of an older one. */
export interface VerifiedFile {
  readonly header: unknown;
  readonly blocks?: Blocks;
}

/**
 * Checks a whole file, without holding it in memory, and returns its header. Yields after each chunk, so that others can have their
 * turn.
 * @throws EngineError `artifact-damaged` if a single bit is not as it was written, naming what can still be read;
 * `artifact-newer`, `file-unreadable`
 */
export function* verifyCheckpoint(path: string): Generator<void, VerifiedFile> {
  if (hasBlocks(readPrefix(path)?.prefix)) {
    const blocks = yield* scanBlocks(path);
    if (blocks.damage !== undefined) throw damagedAfter(blocks);
    return { header: blocks.header, blocks };
  }
  yield* verifyChecksum(path);
  const header = readPrefix(path)?.prefix;
  if (header === undefined) throw damaged(path, 'it does not start as a checkpoint does');
  if (header.version > VERSION) throw newer(path, header.version);
  return { header };
}

/** Whether a file grows in blocks. */
function hasBlocks(prefix: Prefix | undefined): boolean {
  return prefix !== undefined && prefix.version >= FIRST_OF_BLOCKS && prefix.version <= VERSION;
}

function damagedAfter({ path, damage, header }: Blocks): Error {
  const { created_at: savedAt } = header as { created_at?: unknown };
  return damaged(path, `${damage}; what was saved until ${savedAt} can still be read`);
}

/** The header alone, unverified, as it is by now; undefined if the file does not begin with one. */
export function readHeader(path: string): FoundHeader | undefined {
  const header = readPrefix(path)?.prefix;
  if (hasBlocks(header)) return lastSaved(path);
  return header && { header, isDoubtful: false };
}
