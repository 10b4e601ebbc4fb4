import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { withBasis } from '../store/bases.ts';
import { type Reader, type Store, sqlBuilder } from '../store/database.ts';
import { withoutBestFigures } from '../store/figure-columns.ts';
import { fixedQuery, plainly } from '../store/fixed-query.ts';
import { keptModelsOf } from '../store/kept-models.ts';
import { findQueue, type QueueRow } from '../store/queues.ts';
import type { RunRow } from '../store/runs.ts';
import type { AuditTable, CellState, CellsTable } from '../store/schema.ts';
import { assertAllSound, assertRowsSound } from '../store/soundness.ts';
import type { ChampionItem, CheckpointHeader, ConfigurationItem, RunItem } from './schema.ts';

/** What changes of a queue while it goes on, as it was at one moment. */
export interface Present {
  readonly queue: QueueRow;
  readonly counts: Readonly<Record<CellState, number>>;
  readonly kept: number;
  readonly currentIndex: number | null;
  /** Ascending by their number; all else of a run is changed by an evaluation alone. */
  readonly runs: readonly PresentRun[];
  readonly cells: readonly CellsTable[];
  readonly champions: readonly ChampionItem[];
  /** Number of the last row. */
  readonly audit: number;
  /** How many rows of it each run has, by its number. */
  readonly decisions: ReadonlyMap<number, number>;
}

export type PresentRun = Pick<
  RunRow,
  'id' | 'uuid' | 'run_key' | 'evaluation_keys' | 'selection' | 'kept' | 'artifact_file' | 'artifact_bytes'
>;

/**
 * Read at once: a view of the database that stayed open while the file grows would keep the write-ahead log from being put away.
 * @throws EngineError `artifact-damaged`
 */
export function presentOf(store: Store, queueId: number): Present {
  return store.reading(() => {
    const queue = findQueue(store, queueId)!;
    const runs = store.all(runsOf(queueId));
    const cells = store.all(cellsIn(queueId));
    assertRowsSound(store, queueId, { cells });
    return {
      queue,
      counts: countsOf(cells),
      kept: keptModelsOf(store, queue).kept,
      currentIndex: cells.find(({ state }) => state === 'pending')?.cell_index ?? null,
      runs,
      cells,
      champions: championsOf(store, new Map(runs.map((run) => [run.id, run.uuid]))),
      audit: store.first(newestDecision())?.id ?? 0,
      decisions: decisionsOf(
        store,
        runs.map(({ id }) => id),
      ),
    };
  });
}

/** Found by their key, not by the cell's run: that way earlier attempts at a configuration come along. */
const runsOf = fixedQuery((queueId: number) =>
  sqlBuilder
    .selectFrom('runs as r')
    .innerJoin('cells as c', 'c.run_key', 'r.run_key')
    .select([
      'r.id',
      'r.uuid',
      'r.run_key',
      'r.evaluation_keys',
      'r.selection',
      'r.kept',
      'r.artifact_file',
      'r.artifact_bytes',
    ])
    .distinct()
    .where('c.queue_id', '=', queueId)
    .orderBy('r.id'),
);

const cellsIn = fixedQuery((queueId: number) =>
  sqlBuilder.selectFrom('cells').selectAll().where('queue_id', '=', queueId).orderBy('cell_index'),
);

const newestDecision = fixedQuery(() =>
  sqlBuilder.selectFrom('audit').select((e) => e.fn.max('id').as('id')),
);

function countsOf(cells: readonly CellsTable[]): Present['counts'] {
  const counts = { pending: 0, completed: 0, failed: 0, skipped: 0 };
  for (const { state } of cells) counts[state]++;
  return counts;
}

/** How many there are on each of these runs: by an index, not among all of a long history. */
function decisionsOf(store: Reader, ids: readonly number[]): Map<number, number> {
  return new Map(store.all(decisionCounts(JSON.stringify(ids))).map(({ run_id, count }) => [run_id, count]));
}

const decisionCounts = fixedQuery((ids: string) =>
  sqlBuilder
    .selectFrom('audit')
    .select(['run_id', (e) => e.fn.countAll<number>().as('count')])
    .where('run_id', 'in', sql<number>`(select value from json_each(${ids}))`)
    .groupBy('run_id'),
);

export function headerOf(
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

export function* configurationsOf(store: Reader, queueId: number): Generator<ConfigurationItem> {
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

function championsOf(store: Reader, uuids: ReadonlyMap<number, string>): ChampionItem[] {
  assertAllSound(store, 'champions');
  return store.all(championsInOrder()).flatMap(({ run_id, score, ...champion }) => {
    const run = uuids.get(run_id);
    return run === undefined
      ? []
      : [{ ...champion, run, score: score === Number.POSITIVE_INFINITY ? 'Infinity' : score }];
  });
}

const championsInOrder = fixedQuery(() =>
  sqlBuilder.selectFrom('champions').selectAll().orderBy('score', 'desc').orderBy('run_id'),
);

/**
 * Everything of one run that can't be computed from the rest: of the table of all its strategies, which is nine tenths of it, no more
 * than the digest. @throws EngineError `artifact-damaged`, `conflict`
 */
export function runOf(store: Store, present: PresentRun, lastAudit: number): RunItem {
  const { id } = present;
  const [stored, strategies, decisions] = store.reading(() => {
    const rows = [
      store.first(runWithId(id))!,
      store.all(strategiesOf(id)),
      store.all(decisionsOn(id)),
    ] as const;
    const [run, ranked, audit] = rows;
    // A checkpoint is what a damaged database is brought back from.
    assertRowsSound(store, id, { runs: [run], run_states: [run], strategies: ranked, audit });
    return [withBasis(store, run), ranked, audit];
  });
  if (stored.run_key !== present.run_key || stored.selection !== present.selection) {
    throw evaluatedMeanwhile(id);
  }
  const { results, ...run } = { ...withoutBestFigures(stored), ...present };
  return {
    ...run,
    synthetic: run.synthetic === 1 ? 1 : 0,
    kept: run.kept === 1 ? 1 : 0,
    results_digest: results === null ? null : digestOfTable(results),
    strategies: strategies.map(({ run_id: _run, ...strategy }) => strategy),
    audit: decisions.filter((decision) => decision.id <= lastAudit).map(decisionItem),
  };
}

const runWithId = fixedQuery((id: number) => sqlBuilder.selectFrom('runs').selectAll().where('id', '=', id));

const strategiesOf = fixedQuery((run: number) =>
  sqlBuilder
    .selectFrom('strategies')
    .selectAll()
    .where('run_id', '=', plainly(run))
    .orderBy('strategy_index'),
);

/** With the UUIDs of the runs that they compare with. */
const decisionsOn = fixedQuery((run: number) =>
  sqlBuilder
    .selectFrom('audit as a')
    .leftJoin('runs as o', 'o.id', 'a.old_run_id')
    .selectAll('a')
    .select('o.uuid as old_run')
    .where('a.run_id', '=', plainly(run))
    .orderBy('a.id'),
);

function decisionItem({
  id: _id,
  run_id: _run,
  old_run_id: _old,
  ...decision
}: Selectable<AuditTable> & { readonly old_run: string | null }): RunItem['audit'][number] {
  return decision;
}

/** SHA-256 of a table as it is stored, in base64. */
export function digestOfTable(results: Uint8Array): string {
  return createHash('sha256').update(results).digest('base64');
}

/** Its champions were read before, so that they would not fit its strategies. */
function evaluatedMeanwhile(run: number): EngineError {
  return new EngineError(
    'conflict',
    `run ${run} was evaluated again while it was written; the next one has what came of it.`,
  );
}
