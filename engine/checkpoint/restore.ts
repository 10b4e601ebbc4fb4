import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SqliteError } from 'better-sqlite3';
import { canonicalConfiguration, configHash } from '../cells/config-hash.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { QueueState } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { parseGridSpec } from '../contract/grid.ts';
import { foundText } from '../contract/problems.ts';
import { MOST_CONFIGURATIONS } from '../grid/check.ts';
import { createGrid } from '../grid/grid.ts';
import type { SelectionRules } from '../selection/decide.ts';
import { insertAudit, insertChampion, removeChampion } from '../store/champions.ts';
import { storeConfiguration } from '../store/configurations.ts';
import { type Store, sqlBuilder } from '../store/database.ts';
import { recountCrowned } from '../store/kept-models.ts';
import { dropDamagedChampions } from '../store/mend.ts';
import {
  damagedQueueOf,
  mendCells,
  mendConfigurations,
  mendQueueRow,
  type SoundQueue,
} from '../store/mend-queue.ts';
import { cellsOf, findQueue, type QueueRow } from '../store/queues.ts';
import { clearArtifact, findRun } from '../store/runs.ts';
import type { CellState } from '../store/schema.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type ChampionMerge, idsOf, mergeChampions, pushesIn } from './merge.ts';
import { foreignModel, restoreModels, soundModels } from './models.ts';
import { insertRuns, type KnownRun, markDamaged, numberRuns } from './restored-runs.ts';
import type { CheckpointCell, CheckpointRunIdentity } from './schema.ts';
import { damaged } from './source.ts';
import type { CheckpointDeps } from './write.ts';

export interface RestoreDeps extends CheckpointDeps {
  readonly rules: SelectionRules;
  readonly states: RestoredStates;
  /** Told of what a checkpoint holds and what is not taken from it. */
  readonly warn?: (message: string) => void;
}

/** What the states of queues make of a restore; they are changed elsewhere. */
export interface RestoredStates {
  /** @throws EngineError `conflict` for a queue whose state allows no restore */
  assertRestorable(queue: QueueRow): void;
  /**
   * A queue has its results back; called in the same transaction. `before`: its state in the checkpoint, where the queue
   * was not there.
   */
  restored(queueId: number, message: string, before?: QueueState): void;
}

/** How many are read before others have their turn. */
const RUNS_PER_TURN = 100;

/**
 * Brings a queue back from a checkpoint, into an empty workspace or one that lost part of it; returns the queue's number,
 * which is another one where its own is taken. What is there already stays as it is, so doing it again changes
 * nothing; but rows whose checksums are wrong, of runs and champions that the checkpoint has, are replaced by its own.
 * The queue is paused then, or cancelled as it was; cells without a result are pending. Every model is decoded first, and one that
 * is not whole or not its run's own is not taken: as if it were missing. Model files are written next, all rows in one transaction
 * after that, and models that lost their place are deleted last.
 * @throws EngineError `conflict` while the queue runs, and when it was cancelled; `artifact-damaged` for rows that do not fit
 * together, with everything as it was
 */
export async function restoreCheckpoint(deps: RestoreDeps, checkpoint: Checkpoint): Promise<number> {
  const { store, artifacts } = deps;
  const identities = await readIdentities(checkpoint);
  const models = await soundModels(checkpoint, deps.warn);
  const pushes = await readPushes(store, checkpoint);
  // From here on nothing else comes in between.
  const existing = existingQueue(deps, checkpoint);
  const runs = markDamaged(store, numberRuns(store, identities), models);
  const merge = mergeChampions(deps, checkpoint.champions(), runs, new Set(models.keys()), pushes);
  const kept = keptModels(checkpoint, runs, models, merge, deps.rules);
  const written = restoreModels(artifacts, checkpoint, kept);

  const freed = merge.released.flatMap((id) => findRun(store, id)?.artifact_file ?? []);
  try {
    const queueId = store.transaction(() => {
      // Before the runs that name them.
      storeConfigurations(store, checkpoint);
      mendQueueRow(store, soundQueue(checkpoint));
      dropDamagedChampions(store, idsOf(runs));
      insertRuns(store, checkpoint, runs, kept);
      applyMerge(store, merge);
      return existing === undefined
        ? insertQueue(deps, checkpoint, runs)
        : completeQueue(deps, existing, checkpoint, runs);
    });
    for (const file of freed) artifacts.remove(file);
    return queueId;
  } catch (error) {
    for (const file of written) artifacts.remove(file);
    throw isMisfit(error) ? damaged(checkpoint.path, 'its entries do not fit together', error) : error;
  }
}

/** What rows that contradict each other end as: a broken constraint, or a text that has another form than it should. */
function isMisfit(error: unknown): boolean {
  if (error instanceof SqliteError) return /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/.test(error.code);
  return error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError;
}

function existingQueue({ store, states }: RestoreDeps, checkpoint: Checkpoint): number | undefined {
  const { id, created_at } = checkpoint.header.queue;
  const found = findQueue(store, id);
  // The same number given out again after a loss is another queue.
  const isSame = found !== undefined && found.created_at === created_at;
  const queue = isSame ? found : damagedQueueOf(store, soundQueue(checkpoint));
  if (queue === undefined) return undefined;
  states.assertRestorable(queue);
  return id;
}

function soundQueue({ header }: Checkpoint): SoundQueue {
  const { id, name, priority, spec, created_at, started_at, retrain, kind } = header.queue;
  const { total, seconds } = header.statistics;
  return {
    id,
    name,
    priority,
    spec: JSON.stringify(spec),
    total,
    created_at,
    started_at,
    retrain,
    kind,
    seconds,
  };
}

/** Reads in pieces with a pause after each: others have their turn meanwhile. */
async function readIdentities(checkpoint: Checkpoint): Promise<CheckpointRunIdentity[]> {
  const identities: CheckpointRunIdentity[] = [];
  for (const identity of checkpoint.runIdentities()) {
    if (identities.push(identity) % RUNS_PER_TURN === 0) await nextTurn();
  }
  return identities;
}

/** Where there are champions that others may have pushed out; as `readIdentities`. */
async function readPushes(store: Store, checkpoint: Checkpoint): Promise<Set<string>> {
  const pushes = new Set<string>();
  if (store.prepare('SELECT 1 FROM champions').get() === undefined) return pushes;
  let read = 0;
  for (const run of checkpoint.runs()) {
    for (const push of pushesIn(run)) pushes.add(push);
    if (++read % RUNS_PER_TURN === 0) await nextTurn();
  }
  return pushes;
}

/** Model files that belong into the folder, by the UUID of their run. */
function keptModels(
  checkpoint: Checkpoint,
  runs: ReadonlyMap<string, KnownRun>,
  models: ReadonlyMap<string, string>,
  merge: ChampionMerge,
  rules: SelectionRules,
): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [uuid, file] of models) {
    const run = runs.get(uuid);
    if (run === undefined) throw foreignModel(checkpoint, file);
    const isNew = run.row === undefined;
    const stays = run.row?.artifact_file === file && !merge.released.includes(run.id);
    if (merge.needed.has(run.id) || stays || (isNew && !rules.delete_non_best_models)) kept.set(uuid, file);
  }
  return kept;
}

/** A checkpoint of the first release has none: its grid tells them. */
function storeConfigurations(store: Store, checkpoint: Checkpoint): void {
  const known = new Map<string, string>();
  for (const { config_hash, configuration } of checkpoint.configurations()) {
    if (configHash(configuration) !== config_hash) {
      throw damaged(
        checkpoint.path,
        `it has a configuration under the hash of another, ${foundText(config_hash)}`,
      );
    }
    known.set(config_hash, canonicalConfiguration(configuration));
  }
  if (known.size > 0) {
    for (const [hash, json] of known) storeConfiguration(store, hash, json);
    mendConfigurations(store, known);
    return;
  }
  const wanted = new Set([...checkpoint.cells()].map((cell) => cell.config_hash));
  for (const configuration of configurationsOfGrid(checkpoint.header.queue.spec)) {
    const hash = configHash(configuration);
    if (wanted.has(hash)) storeConfiguration(store, hash, canonicalConfiguration(configuration));
  }
}

/** None where this version refuses the grid: its cells are known by their hashes alone then. */
function configurationsOfGrid(spec: Record<string, unknown>): Iterable<Configuration> {
  try {
    const grid = createGrid(parseGridSpec(spec));
    return grid.size > MOST_CONFIGURATIONS ? [] : grid.cells();
  } catch (error) {
    if (error instanceof EngineError) return [];
    throw error;
  }
}

function applyMerge(store: Store, merge: ChampionMerge): void {
  for (const champion of merge.removed) removeChampion(store, champion);
  for (const row of merge.added) insertChampion(store, row);
  for (const id of merge.released) clearArtifact(store, id);
  for (const row of merge.audit) insertAudit(store, row);
}

interface CellStanding {
  readonly state: CellState;
  readonly runId: number | null;
}

/** A cell that names no run that came back is trained again. */
function standingOf(cell: CheckpointCell, runs: ReadonlyMap<string, KnownRun>): CellStanding {
  // Left out because it can't be trained.
  if (cell.state === 'skipped' && cell.run === null) return { state: 'skipped', runId: null };
  const run = cell.run === null ? undefined : runs.get(cell.run);
  return run === undefined ? { state: 'pending', runId: null } : { state: cell.state, runId: run.id };
}

function insertQueue(
  { store, states }: RestoreDeps,
  checkpoint: Checkpoint,
  runs: ReadonlyMap<string, KnownRun>,
): number {
  const { path, cells } = checkpoint;
  const { state: before } = checkpoint.header.queue;
  const { id: wanted, ...known } = soundQueue(checkpoint);
  const { id } = store.run(
    sqlBuilder.insertInto('queues').values({
      ...known,
      ...(findQueue(store, wanted) === undefined ? { id: wanted } : {}),
      state: 'pending',
      message: null,
      crowned: 0,
      finished_at: null,
      owner: null,
      heartbeat_at: null,
      enqueued: 0,
    }),
  );
  for (const cell of cells()) {
    const { state, runId } = standingOf(cell, runs);
    const { index: cell_index, config_hash, run_key, as_of } = cell;
    store.insert('cells', {
      queue_id: id,
      cell_index,
      config_hash,
      run_key,
      state,
      run_id: runId,
      as_of,
      error: null,
    });
  }
  recountCrowned(store, id);
  states.restored(id, restoredFrom(path), before);
  return id;
}

/** Gives a queue that is still there the results it lacks. Cells are found by their run key: it may have been extended. */
function completeQueue(
  { store, states }: RestoreDeps,
  queueId: number,
  { path, cells }: Checkpoint,
  runs: ReadonlyMap<string, KnownRun>,
): number {
  const known = [...cells()].map((cell) => ({ cell, standing: standingOf(cell, runs) }));
  mendCells(
    store,
    queueId,
    known.map(({ cell: { index: cell_index, config_hash, run_key, as_of }, standing }) => ({
      cell_index,
      config_hash,
      run_key,
      as_of,
      state: standing.state,
      run_id: standing.runId,
    })),
  );
  const standings = new Map(known.map(({ cell, standing }) => [cell.run_key, standing]));
  for (const cell of cellsOf(store, queueId)) {
    const standing = standings.get(cell.run_key);
    const lacks = cell.state === 'pending' || cell.run_id === null;
    if (!lacks || standing === undefined || standing.runId === null) continue;
    store.run(
      sqlBuilder
        .updateTable('cells')
        .set({ state: standing.state, run_id: standing.runId })
        .where('queue_id', '=', queueId)
        .where('cell_index', '=', cell.cell_index),
    );
  }
  recountCrowned(store, queueId);
  states.restored(queueId, restoredFrom(path));
  return queueId;
}

function restoredFrom(path: string): string {
  return `Restored from ${basename(path)}.`;
}
