import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { withBasis } from '../store/bases.ts';
import { assertRunSound } from '../store/damaged-rows.ts';
import { openSnapshot, type Reader, type Store, sqlBuilder } from '../store/database.ts';
import { withoutBestFigures } from '../store/figure-columns.ts';
import { fixedQuery, plainly } from '../store/fixed-query.ts';
import { keptModelsOf } from '../store/kept-models.ts';
import { cellsOf, countCells, findQueue, firstPending, type QueueRow } from '../store/queues.ts';
import type { RunRow } from '../store/runs.ts';
import type { CellsTable } from '../store/schema.ts';
import { assertAllSound, assertSound } from '../store/soundness.ts';
import type { ChampionItem, CheckpointHeader, ConfigurationItem, RunItem } from './schema.ts';

/** What changes of a queue while it goes on, as it was at one moment. */
export interface Present {
  readonly queue: QueueRow;
  readonly counts: ReturnType<typeof countCells>;
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
 */
export function presentOf(live: Store, queueId: number): Present {
  const store = openSnapshot(live);
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
      decisions: decisionsOf(
        store,
        runs.map(({ id }) => id),
      ),
    };
  } finally {
    store.close();
  }
}

/** How many there are on each of these runs: by an index, not among all of a long history. */
function decisionsOf(store: Reader, ids: readonly number[]): Map<number, number> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('audit')
      .select(['run_id', (e) => e.fn.countAll<number>().as('count')])
      .where('run_id', 'in', sql<number>`(select value from json_each(${JSON.stringify(ids)}))`)
      .groupBy('run_id'),
  );
  return new Map(rows.map(({ run_id, count }) => [run_id, count]));
}

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
  return store
    .all(sqlBuilder.selectFrom('champions').selectAll().orderBy('score', 'desc').orderBy('run_id'))
    .flatMap(({ run_id, score, ...champion }) => {
      const run = uuids.get(run_id);
      return run === undefined
        ? []
        : [{ ...champion, run, score: score === Number.POSITIVE_INFINITY ? 'Infinity' : score }];
    });
}

/**
 * Everything of one run that can't be computed from the rest: of the table of all its strategies, which is nine tenths of it, no more
 * than the digest. @throws EngineError `artifact-damaged`, `conflict`
 */
export function runOf(store: Reader, present: PresentRun, lastAudit: number): RunItem {
  const { id } = present;
  // A checkpoint is what a damaged database is brought back from.
  assertRunSound(store, id);
  assertSound(store, 'audit', [id]);
  const row = withBasis(store, store.first(runWithId(id))!);
  if (row.run_key !== present.run_key || row.selection !== present.selection) throw evaluatedMeanwhile(id);
  const { results, ...run } = { ...withoutBestFigures(row), ...present };
  const strategies = store.all(strategiesOf(id));
  const audit = store.all(decisionsOn(id, lastAudit));
  return {
    ...run,
    synthetic: run.synthetic === 1 ? 1 : 0,
    kept: run.kept === 1 ? 1 : 0,
    results_digest: results === null ? null : digestOfTable(results),
    strategies: strategies.map(({ run_id: _run, ...strategy }) => strategy),
    audit,
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

const decisionsOn = fixedQuery((run: number, last: number) =>
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
    .where('a.run_id', '=', plainly(run))
    .where('a.id', '<=', plainly(last))
    .orderBy('a.id'),
);

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
