import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { createAtomicFile, makePrivateFolder, writeError } from '../files/atomic-write.ts';
import { namedFile } from '../files/named-file.ts';
import { assertRunSound } from '../store/damaged-rows.ts';
import { openSnapshot, type Reader, type Store, sqlBuilder } from '../store/database.ts';
import { withoutBestFigures } from '../store/figure-columns.ts';
import { keptModelsOf } from '../store/kept-models.ts';
import { cellsOf, countCells, findQueue, firstPending, type QueueRow } from '../store/queues.ts';
import type { RunRow } from '../store/runs.ts';
import type { CellsTable } from '../store/schema.ts';
import { assertAllSound, assertSound } from '../store/soundness.ts';
import { damaged, encodeCheckpoint, readSection, verifyCheckpoint } from './file.ts';
import { checkpointPath, checkpointsOf, dropSuperseded } from './folder.ts';
import {
  type CheckpointCell,
  type CheckpointChampion,
  type CheckpointConfiguration,
  type CheckpointHeader,
  type CheckpointModel,
  type CheckpointRun,
  type CheckpointRunIdentity,
  cellSchema,
  championSchema,
  configurationLineSchema,
  headerSchema,
  modelSchema,
  runIdentitySchema,
  runSchema,
} from './schema.ts';

export interface CheckpointDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  /** Where checkpoints are written; created when it is not there. */
  readonly folder: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** A verified checkpoint. Its items are read from the file as they are asked for. */
export interface Checkpoint {
  readonly path: string;
  readonly header: CheckpointHeader;
  /** Of all its cells. A checkpoint of the first release has none. */
  configurations(): Generator<CheckpointConfiguration>;
  /** All of the queue, in grid order per state. */
  cells(): Generator<CheckpointCell>;
  champions(): Generator<CheckpointChampion>;
  models(): Generator<CheckpointModel>;
  /** Ascending by the number they had; `wanted` is asked for each UUID. */
  runs(wanted?: (uuid: string) => boolean): Generator<CheckpointRun>;
  /** Number and UUID of each of them, read without the rest. */
  runIdentities(): Generator<CheckpointRunIdentity>;
}

/**
 * Writes everything about a queue that can't be computed again in no time: with this file alone, in an empty workspace,
 * it goes on where it was. The queue is written as it is when the function is called; it may go on meanwhile, since the
 * file grows in pieces with a pause after each. Of the queue's checkpoints the newest three are left. Returns the new
 * one's path.
 * @throws EngineError `disk-full`, `file-unreadable`, `artifact-damaged` where the database is; nothing of the new file stays then
 */
export async function writeCheckpoint(deps: CheckpointDeps, queueId: number): Promise<string> {
  const { folder, now } = deps;
  createFolder(folder);
  const present = presentOf(deps, queueId);
  const { queue } = present;
  const earlier = checkpointsOf(folder, queue);
  const path = checkpointPath(folder, queueId, now());
  const header = headerOf(present, (earlier[0]?.header.sequence ?? 0) + 1, now());
  await writeInPieces(path, encodeCheckpoint(header, sectionsOf(deps, present)));
  dropSuperseded(checkpointsOf(folder, queue));
  return path;
}

/** What changes of a queue while it goes on, as it was at one moment. */
interface Present {
  readonly queue: QueueRow;
  readonly counts: ReturnType<typeof countCells>;
  readonly kept: number;
  readonly currentIndex: number | null;
  /** Ascending by their number; all else of a run is changed by an evaluation alone. */
  readonly runs: readonly PresentRun[];
  readonly cells: readonly CellsTable[];
  readonly champions: readonly CheckpointChampion[];
  /** Number of the last row. */
  readonly audit: number;
}

type PresentRun = Pick<
  RunRow,
  'id' | 'uuid' | 'run_key' | 'selection' | 'kept' | 'artifact_file' | 'artifact_bytes'
>;

/**
 * Read at once: a view of the database that stayed open while the file grows would keep the write-ahead log from being put away.
 */
function presentOf(deps: CheckpointDeps, queueId: number): Present {
  const store = openSnapshot(deps.store);
  try {
    const queue = findQueue(store, queueId)!;
    // Found by their key, not by the cell's run: that way earlier attempts at a configuration come along.
    const runs = store.all(
      sqlBuilder
        .selectFrom('runs as r')
        .innerJoin('cells as c', 'c.run_key', 'r.run_key')
        .select([
          'r.id',
          'r.uuid',
          'r.run_key',
          'r.selection',
          'r.kept',
          'r.artifact_file',
          'r.artifact_bytes',
        ])
        .distinct()
        .where('c.queue_id', '=', queueId)
        .orderBy('r.id'),
    );
    const last = store.first(sqlBuilder.selectFrom('audit').select((e) => e.fn.max('id').as('id')));
    return {
      queue,
      counts: countCells(store, queueId),
      kept: keptModelsOf(store, queue).kept,
      currentIndex: firstPending(store, queueId),
      runs,
      cells: cellsOf(store, queueId),
      champions: championsOf(store, new Map(runs.map((run) => [run.id, run.uuid]))),
      audit: last?.id ?? 0,
    };
  } finally {
    store.close();
  }
}

async function writeInPieces(path: string, chunks: Iterable<Uint8Array>): Promise<void> {
  const file = createAtomicFile(path);
  try {
    for (const chunk of chunks) {
      file.write(chunk);
      await nextTurn();
    }
    await file.commitSoon();
  } catch (error) {
    file.abort();
    throw error;
  }
}

interface ReadOptions {
  readonly read?: (line: Buffer) => unknown;
  /** Lines that are not are left out unread. */
  readonly wanted?: (line: Buffer) => boolean;
  /** See `readSection`. */
  readonly isLater?: boolean;
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
  const verifying = verifyCheckpoint(path);
  let step = verifying.next();
  while (!step.done) step = verifying.next();
  return verified(path, step.value);
}

function verified(path: string, found: unknown): Checkpoint {
  const header = headerSchema.safeParse(found);
  if (!header.success) throw damaged(path, 'its header is not complete', header.error);

  function* items<T>(
    section: string,
    schema: { parse(value: unknown): T },
    { read = readItem, wanted, isLater = false }: ReadOptions = {},
  ): Generator<T> {
    for (const line of readSection(path, section, isLater)) {
      if (wanted?.(line) === false) continue;
      let parsed: T;
      try {
        parsed = schema.parse(read(line));
      } catch (error) {
        throw damaged(path, `an entry of "${section}" is not one that this version writes`, error);
      }
      yield parsed;
    }
  }
  return {
    path,
    header: header.data,
    *cells() {
      yield* items('trained', cellSchema);
      yield* items('remaining', cellSchema);
    },
    configurations: () => items('configurations', configurationLineSchema, { isLater: true }),
    champions: () => items('champions', championSchema),
    models: () => items('models', modelSchema),
    runs: (wanted) =>
      items(
        'results',
        runSchema,
        wanted === undefined ? {} : { wanted: (line) => wanted(readIdentity(line).uuid) },
      ),
    runIdentities: () => items('results', runIdentitySchema, { read: readIdentity }),
  };
}

const readItem = (line: Buffer): unknown => JSON.parse(line.toString());

const IDENTITY_BYTES = 100;

/** A run's line goes on for thousands of bytes after its first two columns; they are read alone where they come first. */
function readIdentity(line: Buffer): CheckpointRunIdentity {
  const { id, uuid } =
    /^\{"id":(?<id>\d+),"uuid":"(?<uuid>[0-9a-f-]+)"/.exec(line.toString('latin1', 0, IDENTITY_BYTES))
      ?.groups ?? {};
  return id === undefined || uuid === undefined
    ? runIdentitySchema.parse(readItem(line))
    : { id: Number(id), uuid };
}

function createFolder(folder: string): void {
  try {
    makePrivateFolder(folder);
  } catch (error) {
    throw writeError(folder, error);
  }
}

function headerOf(
  { queue, counts, kept, currentIndex }: Present,
  sequence: number,
  now: number,
): CheckpointHeader {
  const { id, name, priority, state, total, created_at, started_at, seconds, kind } = queue;
  const retrain = queue.retrain === 1 ? 1 : 0;
  return {
    sequence,
    created_at: new Date(now).toISOString(),
    queue: {
      id,
      name,
      priority,
      spec: storedJson(queue.spec, `the grid of queue ${queue.id}`),
      state,
      created_at,
      started_at,
      retrain,
      kind,
    },
    current_index: currentIndex,
    statistics: { total, ...counts, kept, deleted: counts.completed - kept, seconds },
  };
}

function* sectionsOf(
  { store, artifacts }: CheckpointDeps,
  { queue, runs, cells, champions, audit }: Present,
) {
  const uuids = new Map(runs.map((run) => [run.id, run.uuid]));
  const cell = ({
    cell_index: index,
    config_hash,
    run_key,
    state,
    run_id,
    as_of,
  }: CellsTable): CheckpointCell => ({
    index,
    as_of,
    config_hash,
    run_key,
    state,
    run: run_id === null ? null : (uuids.get(run_id) ?? null),
  });
  // A champion that is pushed out while the file grows takes its model along: these are read before anything else.
  const champion = new Set(champions.map(({ run }) => run));
  const [first, others] = [
    runs.filter((r) => champion.has(r.uuid)),
    runs.filter((r) => !champion.has(r.uuid)),
  ];
  const championModels = [...modelsOf(artifacts, first)];
  yield ['configurations', configurationsOf(store, queue.id)] as const;
  yield ['trained', cells.filter((c) => c.state !== 'pending').map(cell)] as const;
  yield ['remaining', cells.filter((c) => c.state === 'pending').map(cell)] as const;
  yield ['champions', champions] as const;
  yield ['models', joined(championModels, modelsOf(artifacts, others))] as const;
  yield ['results', runsOf(store, runs, audit)] as const;
}

function* joined<T>(first: Iterable<T>, second: Iterable<T>): Generator<T> {
  yield* first;
  yield* second;
}

function* configurationsOf(
  store: Reader,
  queueId: number,
): Generator<z.input<typeof configurationLineSchema>> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('cells as c')
      .innerJoin('configurations as f', 'f.config_hash', 'c.config_hash')
      .select(['f.config_hash', 'f.configuration'])
      .distinct()
      .where('c.queue_id', '=', queueId)
      .orderBy('f.config_hash'),
  );
  for (const row of rows) yield { ...row, configuration: storedJson(row.configuration, 'a configuration') };
}

function championsOf(store: Reader, uuids: ReadonlyMap<number, string>): CheckpointChampion[] {
  assertAllSound(store, 'champions');
  return store
    .all(sqlBuilder.selectFrom('champions').selectAll().orderBy('score', 'desc').orderBy('run_id'))
    .flatMap(({ run_id, score, ...champion }) => {
      const run = uuids.get(run_id);
      return run === undefined
        ? []
        : [{ ...champion, run, score: score === Number.POSITIVE_INFINITY ? 'Infinity' : score }];
    });
}

function* modelsOf(
  artifacts: ArtifactFolder,
  runs: readonly { uuid: string; artifact_file: string | null }[],
): Generator<CheckpointModel> {
  for (const { uuid, artifact_file: file } of runs) {
    // One that is missing is no reason to write no checkpoint: it is said where the run is shown.
    if (file === null || !existsSync(namedFile(artifacts.path, file))) continue;
    yield { run: uuid, file, bytes: base64(artifacts.read(file)) };
  }
}

function* runsOf(store: Reader, runs: readonly PresentRun[], lastAudit: number): Generator<CheckpointRun> {
  for (const present of runs) {
    const { id } = present;
    // A checkpoint is what a damaged database is brought back from.
    assertRunSound(store, id);
    assertSound(store, 'audit', [id]);
    const row = store.first(sqlBuilder.selectFrom('runs').selectAll().where('id', '=', id))!;
    if (row.run_key !== present.run_key || row.selection !== present.selection) throw evaluatedMeanwhile(id);
    const run = { ...withoutBestFigures(row), ...present };
    const strategies = store.all(
      sqlBuilder.selectFrom('strategies').selectAll().where('run_id', '=', id).orderBy('strategy_index'),
    );
    const audit = store.all(
      sqlBuilder
        .selectFrom('audit as a')
        .leftJoin('runs as o', 'o.id', 'a.old_run_id')
        .select([
          'a.at',
          'a.symbol',
          'a.timeframe',
          'a.regime',
          'a.decision',
          'a.strategy_index',
          'o.uuid as old_run',
          'a.old_score',
          'a.old_stored_score',
          'a.old_score_error',
          'a.new_score',
          'a.new_score_error',
          'a.margin',
          'a.trades',
          'a.reason',
        ])
        .where('a.run_id', '=', id)
        .where('a.id', '<=', lastAudit)
        .orderBy('a.id'),
    );
    yield {
      ...run,
      synthetic: run.synthetic === 1 ? 1 : 0,
      kept: run.kept === 1 ? 1 : 0,
      results: run.results === null ? null : base64(run.results),
      strategies: strategies.map(({ run_id: _run, ...strategy }) => strategy),
      audit,
    };
  }
}

/** Its champions were read before, so that they would not fit its strategies. */
function evaluatedMeanwhile(run: number): EngineError {
  return new EngineError(
    'conflict',
    `run ${run} was evaluated again while it was written; the next one has what came of it.`,
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
