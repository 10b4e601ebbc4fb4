import { sql } from 'kysely';
import { CONFIGURATION_COLUMNS, configurationOf, type StoredConfiguration } from '../cells/columns.ts';
import { canonicalConfiguration } from '../cells/config-hash.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { wholeBasis, withBasis } from './bases.ts';
import { storeConfiguration } from './configurations.ts';
import { assertRunSound } from './damaged-rows.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { bestFigures } from './figure-columns.ts';
import { fixedChange, fixedQuery, plainly } from './fixed-query.ts';
import type { RunsTable, StrategiesTable } from './schema.ts';
import { assertSound, unsoundOwners } from './soundness.ts';

export type RunRow = Omit<RunsTable, 'id'> & StoredConfiguration & { id: number };

/** A run to be appended. One of a version before 5 has its configuration in its columns alone. */
export type NewRun = Omit<RunRow, 'configuration'> & { readonly configuration?: string | null };

/** All runs, with their configurations beside them. */
export function selectRuns() {
  return sqlBuilder
    .selectFrom('runs')
    .leftJoin('configurations', 'configurations.config_hash', 'runs.config_hash')
    .select('configurations.configuration');
}

/** Appends a run with its best strategies' rows. */
export function insertRun(
  store: Store,
  { configuration = null, ...run }: NewRun,
  strategies: readonly Omit<StrategiesTable, 'run_id'>[],
): void {
  const json = configuration ?? canonicalConfiguration(configurationOf({ ...run, configuration }));
  storeConfiguration(store, run.config_hash, json);
  store.insert('runs', Object.assign(run, bestFigures(strategies)));
  store.insertAll('strategies', strategies, { run_id: run.id });
}

/** The model file was deleted, or never kept. */
export function clearArtifact(store: Store, runId: number): void {
  store.run(clearedArtifact(runId));
}

const clearedArtifact = fixedChange((runId: number) =>
  sqlBuilder.updateTable('runs').set({ artifact_file: null, kept: 0 }).where('id', '=', runId),
);

/** The model file takes this many bytes now. */
export function setArtifactBytes(store: Store, runId: number, bytes: number): void {
  store.run(sqlBuilder.updateTable('runs').set({ artifact_bytes: bytes }).where('id', '=', runId));
}

/** Runs whose model is kept, with the name of its file. */
export function keptModels(store: Reader): { id: number; artifact_file: string }[] {
  return store.all(
    sqlBuilder
      .selectFrom('runs')
      .select(['id', 'artifact_file'])
      .where('artifact_file', 'is not', null)
      .$narrowType<{ artifact_file: string }>()
      // The plus keeps SQLite from going through all runs in their order: few are kept, and an index has those.
      .orderBy(sql`+id`),
  );
}

/** Files of all kept models, whatever else is said of their runs. */
export function keptModelNames(store: Reader): string[] {
  return [...new Set(keptModels(store).map((run) => run.artifact_file))];
}

/** UUID and time of a run, by its number or UUID, be it damaged or not. */
export function runUuid(
  store: Reader,
  run: number | string,
): { uuid: string; created_at: number } | undefined {
  return store.first(
    sqlBuilder
      .selectFrom('runs')
      .select(['uuid', 'created_at'])
      .where(typeof run === 'number' ? 'id' : 'uuid', '=', run),
  );
}

/** What the runs whose model is kept were based on, each once: of one symbol or of all. None of them was shrunk. */
export function basesOfKeptModels(store: Reader, symbol?: string): { timeframe: Timeframe; basis: string }[] {
  const all = sqlBuilder
    .selectFrom('runs')
    .select(['timeframe', 'basis'])
    .distinct()
    .where('artifact_file', 'is not', null);
  return store.all(symbol === undefined ? all : all.where('symbol', '=', symbol));
}

/** @throws EngineError `artifact-damaged` where it is not what was written */
export function findRun(store: Reader, id: number): RunRow | undefined {
  const run = store.first(selectRuns().selectAll('runs').where('id', '=', id));
  if (run === undefined) return undefined;
  assertRunSound(store, id);
  return withBasis(store, run);
}

/** Id of the next run. Known beforehand, since decisions and file names speak of it; this process is the only writer. */
export function nextRunId(store: Reader): number {
  return (store.first(newestRun())?.id ?? 0) + 1;
}

const newestRun = fixedQuery(() => sqlBuilder.selectFrom('runs').select((e) => e.fn.max('id').as('id')));

/** The file of a kept model. @throws EngineError `artifact-damaged` where what became of its run is not what was written */
export function artifactFileOf(store: Store, runId: number): string | null {
  assertSound(store, 'run_states', [runId]);
  const file = store.prepare('SELECT artifact_file FROM runs WHERE id = ?').pluck().get(runId);
  return (file as string | null | undefined) ?? null;
}

/** Attempts already made under a run key: 0 for a run never tried. */
export function lastAttempt(store: Reader, runKey: string): number {
  return store.first(newestAttempt(runKey))?.attempt ?? 0;
}

const newestAttempt = fixedQuery((runKey: string) =>
  sqlBuilder
    .selectFrom('runs')
    .select((e) => e.fn.max('attempt').as('attempt'))
    .where('run_key', '=', plainly(runKey)),
);

/** Whether no other run than this one has the key as the same attempt. */
export function isRunKeyFree(store: Store, runKey: string, run: Pick<RunRow, 'id' | 'attempt'>): boolean {
  const { id, attempt } = run;
  return (
    store
      .prepare('SELECT 1 FROM runs WHERE run_key = ? AND attempt = ? AND id <> ?')
      .get(runKey, attempt, id) === undefined
  );
}

/** Files of the kept models with this training key, which all have the same bytes. */
export function filesOfModel(store: Store, trainingKey: string): string[] {
  return store
    .prepare('SELECT artifact_file FROM runs WHERE artifact_file IS NOT NULL AND training_key = +?')
    .pluck()
    .all(trainingKey) as string[];
}

/** Names the model of a run; null for one of an earlier version. It lies behind the figures in its row: not for many at once. */
export function trainingKeyOf(store: Store, runId: number): string | null {
  return store.prepare('SELECT training_key FROM runs WHERE id = ?').pluck().get(runId) as string | null;
}

/** Reads what runs were based on, as JSON; for thousands of runs in a row. */
export function basisReader(store: Store): (runId: number) => string {
  const statement = store.raw.prepare<[number], string>('SELECT basis FROM runs WHERE id = ?').pluck();
  return (runId) => wholeBasis(store, statement.get(runId)!);
}

/** Backtests of the runs that a queue itself trained. */
export function strategiesTestedIn(store: Reader, queueId: number): number {
  const row = store.first(
    sqlBuilder
      .selectFrom('cells as c')
      .innerJoin('runs as r', 'r.id', 'c.run_id')
      .select((e) => e.fn.sum<number>('r.strategies_tested').as('sum'))
      .where('c.queue_id', '=', queueId)
      .where('c.state', '=', 'completed'),
  );
  return row?.sum ?? 0;
}

/** Ids of the runs that a queue itself trained, newest first. */
export function queueRunIds(store: Reader, queueId: number, limit: number): number[] {
  const rows = store.all(
    sqlBuilder
      .selectFrom('cells')
      .select('run_id')
      .where('queue_id', '=', queueId)
      .where('state', 'in', ['completed', 'failed'])
      .where('run_id', 'is not', null)
      .$narrowType<{ run_id: number }>()
      .orderBy('run_id', 'desc')
      .limit(limit),
  );
  return rows.map((row) => row.run_id);
}

/** What a queue's cells failed with, in grid order. */
export function failedRuns(store: Reader, queueId: number) {
  const error = sql<string | null>`coalesce(c.error, runs.error)`;
  return store.all(
    selectRuns()
      .innerJoin('cells as c', 'c.run_id', 'runs.id')
      .select([...CONFIGURATION_COLUMNS, error.as('error')])
      .where('c.queue_id', '=', queueId)
      .where('c.state', '=', 'failed')
      .where(error, 'is not', null)
      .$narrowType<{ error: string }>()
      .orderBy('c.cell_index'),
  );
}

/**
 * The run of this number or UUID, or of a UUID that begins like this.
 * @throws EngineError `not-found`, or `invalid-input` when several UUIDs begin so
 */
export function requireRun(store: Reader, run: string): RunRow {
  const byNumber = /^\d+$/.test(run) ? findRun(store, Number(run)) : undefined;
  if (byNumber !== undefined) return byNumber;
  const found = run.length < MIN_UUID_PREFIX ? [] : runsByUuid(store, run.toLowerCase());
  const [first, second] = found;
  if (first !== undefined && second === undefined) {
    assertRunSound(store, first.id);
    return withBasis(store, first);
  }
  if (first === undefined) {
    throw new EngineError(
      'not-found',
      `There is no run ${run} in this workspace. The history lists its runs.`,
    );
  }
  throw new EngineError(
    'invalid-input',
    `Several runs have a UUID that begins with ${run}, such as ${first.uuid} and ${second?.uuid}. Give more of it.`,
  );
}

const MIN_UUID_PREFIX = 8;

/** The first two of the runs whose UUID begins like this. */
function runsByUuid(store: Reader, prefix: string): RunRow[] {
  return store.all(
    selectRuns()
      .selectAll('runs')
      .where('uuid', '>=', prefix)
      // "g" follows the last hexadecimal digit.
      .where('uuid', '<', `${prefix}g`)
      .orderBy('uuid')
      .limit(2),
  );
}

/** Regimes that each of these runs is champion of now. */
export function championRegimes(store: Reader, runIds: readonly number[]): Map<number, string[]> {
  const regimes = new Map<number, string[]>();
  if (runIds.length === 0) return regimes;
  const rows = store.all(
    sqlBuilder
      .selectFrom('champions')
      .select(['run_id', 'regime'])
      // As one parameter, so that it is one statement however many there are.
      .where('run_id', 'in', sql<number>`(select value from json_each(${JSON.stringify(runIds)}))`)
      .orderBy('regime'),
  );
  for (const row of rows) {
    const list = regimes.get(row.run_id);
    if (list === undefined) regimes.set(row.run_id, [row.regime]);
    else list.push(row.regime);
  }
  return regimes;
}

/** Each run's best strategy over all bars of the selection window, by Sharpe; none of a run whose strategies are damaged. */
export function bestStrategies(store: Reader, runIds: readonly number[]): Map<number, StrategiesTable> {
  if (runIds.length === 0) return new Map();
  const rows = store.all(
    sqlBuilder
      .selectFrom('strategies')
      .selectAll()
      // As one parameter, so that it is one statement however many there are.
      .where('run_id', 'in', sql<number>`(select value from json_each(${JSON.stringify(runIds)}))`)
      .where('rank', '=', 1),
  );
  const damaged = unsoundOwners(store, 'strategies', runIds);
  return new Map(rows.filter((row) => !damaged.has(row.run_id)).map((row) => [row.run_id, row]));
}

/** Undefined where the strategy is neither one of the run's best nor a champion's. @throws EngineError `artifact-damaged` */
export function findStrategy(store: Reader, runId: number, strategy: number): StrategiesTable | undefined {
  assertSound(store, 'strategies', [runId]);
  return store.first(
    sqlBuilder
      .selectFrom('strategies')
      .selectAll()
      .where('run_id', '=', runId)
      .where('strategy_index', '=', strategy),
  );
}

/** Its best and its champions' strategies. @throws EngineError `artifact-damaged` */
export function strategiesOfRun(store: Reader, runId: number): StrategiesTable[] {
  assertSound(store, 'strategies', [runId]);
  return store.all(sqlBuilder.selectFrom('strategies').selectAll().where('run_id', '=', runId));
}

/** Number of the newest completed run of a configuration. */
export function newestRunOf(store: Reader, configHash: string): number | undefined {
  const row = store.first(
    sqlBuilder
      .selectFrom('runs')
      .select((e) => e.fn.max('id').as('id'))
      .where('config_hash', '=', configHash)
      .where('status', '=', 'completed'),
  );
  return row?.id ?? undefined;
}
