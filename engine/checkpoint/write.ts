import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import { EngineError } from '../contract/errors.ts';
import { createAtomicFile, makePrivateFolder, writeError } from '../files/atomic-write.ts';
import type { Store } from '../store/database.ts';
import { markOf, openAppend } from './append.ts';
import { type Blocks, encodeBlock, encodePrefix, scanBlocks } from './block-form.ts';
import {
  type Change,
  changesOf,
  createKnown,
  holdsMore,
  type Known,
  knownOf,
  modelChanges,
  WRITTEN_BLOCK,
  type Written,
  writtenOf,
} from './changes.ts';
import { type CheckpointInfo, checkpointPath, checkpointsOf, dropSuperseded } from './folder.ts';
import { headerOf, type Present, presentOf } from './present.ts';
import type { CheckpointHeader } from './schema.ts';
import { readPrefix, VERSION } from './source.ts';

export interface CheckpointDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  /** Where checkpoints are written; created when it is not there. */
  readonly folder: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** A file that is written to. */
interface Growing {
  readonly path: string;
  /** Its first line's header. */
  readonly begun: CheckpointHeader;
  readonly known: Known;
  /** Where its last block ends, and the hash of all bytes up to there. */
  end: number;
  hash: Hash;
  /** Which file has the name, and when it was written last: one that another process wrote to is read again. */
  mark: string;
}

/** What a process knows of files that it wrote, by queue: what it need not read again. */
export type GrowingCheckpoints = Map<number, Growing>;

/** A file may have at least this much that holds no more. */
const SLACK_BYTES = 64 << 10;
/**
 * A new file begins when a queue has half as many results again, and this many, as when the newest began: a bad sector in the newest
 * then leaves two thirds to the one before it, and all files together cost three times as much writing as one.
 */
const LARGEST_GROWTH = 1.5;
const SLACK_RESULTS = 64;

/**
 * Writes everything about a queue that can't be computed again in no time: with this file alone, in an empty workspace,
 * it goes on where it was. The queue is written as it is when the function is called; it may go on meanwhile, since the
 * file grows in pieces with a pause after each. What the queue's newest file lacks is appended to it; a new one is begun where there
 * is none that can be appended to, where it would be about twice as large as a new one, or has grown by half. Of the queue's checkpoints the newest
 * three are left. Returns the path. `growing` is kept by whoever writes a queue again.
 * @throws EngineError `disk-full`, `file-unreadable`, `artifact-damaged` where the database is; files are as they were then
 */
export async function writeCheckpoint(
  deps: CheckpointDeps,
  queueId: number,
  growing: GrowingCheckpoints = new Map(),
): Promise<string> {
  const { folder, artifacts, store } = deps;
  try {
    makePrivateFolder(folder);
  } catch (error) {
    throw writeError(folder, error);
  }
  const present = presentOf(store, queueId);
  const remembered = growing.get(queueId);
  growing.delete(queueId);
  // A champion that is pushed out while the file grows takes its model along: these are read before anything else.
  const crowned = new Set(present.champions.map(({ run }) => run));
  const models = [
    ...modelChanges(
      artifacts,
      present.runs.filter(({ uuid }) => crowned.has(uuid)),
      remembered?.known,
    ),
  ];
  const current = headerOf(present, 1, deps.now());
  const header = (sequence: number) => ({ ...current, sequence });
  const earlier = checkpointsOf(folder, present.queue);
  const file = await fileToGrow(remembered, earlier[0], present, current);
  const written =
    file === undefined
      ? await begin(deps, present, models, header((earlier[0]?.header.sequence ?? 0) + 1))
      : await append(deps, present, models, file, header(file.begun.sequence));
  if (present.queue.state === 'running') growing.set(queueId, written);
  if (file === undefined) dropSuperseded(checkpointsOf(folder, present.queue));
  return written.path;
}

/** The queue's newest file, if what it lacks may be appended to it. */
async function fileToGrow(
  remembered: Growing | undefined,
  newest: CheckpointInfo | undefined,
  present: Present,
  { queue: { spec }, statistics: { completed } }: CheckpointHeader,
): Promise<Growing | undefined> {
  if (newest === undefined) return undefined;
  const isOurs = remembered?.path === newest.path && remembered.mark === markOf(newest.path);
  const file = isOurs ? remembered : await reopen(newest.path);
  if (file === undefined || holdsMore(file.known, present)) return undefined;
  if (completed > LARGEST_GROWTH * file.begun.statistics.completed + SLACK_RESULTS) return undefined;
  if (JSON.stringify(file.begun.queue.spec) !== JSON.stringify(spec)) return undefined;
  return file.known.dead > file.known.live + SLACK_BYTES ? undefined : file;
}

/** Undefined of one that is damaged, or of another version. */
async function reopen(path: string): Promise<Growing | undefined> {
  try {
    const prefix = readPrefix(path)?.prefix;
    if (prefix?.version !== VERSION) return undefined;
    const blocks: Blocks = await withPauses(scanBlocks(path));
    if (blocks.damage !== undefined) return undefined;
    const known = await withPauses(knownOf(blocks));
    const { end, hash } = blocks;
    return { path, begun: prefix as unknown as CheckpointHeader, known, end, hash, mark: markOf(path) };
  } catch (error) {
    if (error instanceof EngineError || error instanceof SyntaxError || error instanceof TypeError)
      return undefined;
    throw error;
  }
}

async function withPauses<T>(work: Generator<void, T>): Promise<T> {
  let step = work.next();
  for (; !step.done; step = work.next()) await nextTurn();
  return step.value;
}

async function begin(
  deps: CheckpointDeps,
  present: Present,
  models: readonly Change[],
  header: CheckpointHeader,
): Promise<Growing> {
  const path = checkpointPath(deps.folder, header.queue.id, deps.now());
  const hash = createHash('sha256');
  const known = createKnown();
  const changes: Written[] = [];
  const file = createAtomicFile(path);
  let end = 0;
  try {
    const first = encodePrefix(header);
    hash.update(first);
    file.write(first);
    end += first.length;
    const entries = collected(changesOf(deps, present, known, models), changes);
    for (const chunk of encodeBlock(hash, entries, savedOf(header))) {
      file.write(chunk);
      end += chunk.length;
      await nextTurn();
    }
    await file.commitSoon();
  } catch (error) {
    file.abort();
    throw error;
  }
  for (const change of changes) known.add(change);
  return { path, begun: header, known, end, hash, mark: markOf(path) };
}

/** Appends a block. On failure the file is cut back to what it was, and is read again before the next one. */
async function append(
  deps: CheckpointDeps,
  present: Present,
  models: readonly Change[],
  file: Growing,
  header: CheckpointHeader,
): Promise<Growing> {
  const { path, known } = file;
  const hash = file.hash.copy();
  const changes: Written[] = [];
  const target = openAppend(file);
  try {
    const entries = collected(changesOf(deps, present, known, models), changes);
    for (const chunk of encodeBlock(hash, entries, savedOf(header))) {
      target.write(chunk);
      await nextTurn();
    }
    await target.sync();
  } catch (error) {
    target.cutBack();
    throw error;
  } finally {
    target.close();
  }
  for (const change of changes) known.add(change);
  return { ...file, end: target.end(), hash, mark: markOf(path) };
}

/** What of a header changes from block to block: all but the grid, which is long. */
function savedOf({
  sequence: _sequence,
  queue: { spec: _spec, ...queue },
  ...header
}: CheckpointHeader): object {
  return { ...header, queue };
}

/** Told to `into` as they are written; their bytes are not kept. */
function* collected(changes: Iterable<Change>, into: Written[]): Generator<Change> {
  for (const change of changes) {
    into.push(writtenOf(change));
    yield change;
  }
  into.push(WRITTEN_BLOCK);
}
