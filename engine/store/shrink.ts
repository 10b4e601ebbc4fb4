import { storedJson } from '../contract/stored-json.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import { decodeResults, type ResultPlace, SHRUNK_BYTES, shrinkResults } from '../pipeline/results-blob.ts';
import { JOIN_BASES, JOINED_BASIS, storeBasis, wholeBasis } from './bases.ts';
import { damagedRuns } from './damaged-rows.ts';
import { type Store, sqlBuilder } from './database.ts';
import { SHORT_KEY_DIGITS } from './figure-keys.ts';
import { shortKey } from './luck.ts';

/**
 * Runs whose model was not kept shrink once they are old. Of the table of all strategies the figures of the contenders stay: of each
 * regime's best, alone in it, and of the best over all bars; and of its features the most important. What the run is based on is stored once for
 * all that say the same. What luck counts stays as it is. A page of the database has two such runs: what a row takes is to stay below half a page.
 */

/** Tables that shrink at a time, in one transaction: some 20 ms. */
const PIECE = 10;
/** Features that a run is left with, the most important ones, and significant digits of their gains. */
const FEATURES = 10;
const GAIN_DIGITS = 4;

export interface Shrunk {
  readonly runs: number;
  readonly freedBytes: number;
}

interface DueRow {
  readonly id: number;
  readonly created_at: number;
  readonly bytes: number;
}

/** Neither a champion nor a version rests on it, it is nobody's favorite, and no decision of late is on it, nor pushed it out. */
const DUE = `
  FROM runs INDEXED BY runs_to_shrink
  WHERE kept = 0 AND length(results) > ${SHRUNK_BYTES} AND created_at < @before
    AND id NOT IN (SELECT run_id FROM champions)
    AND uuid NOT IN (SELECT subject FROM marks WHERE kind = 'run' AND favorite = 1)
    AND coalesce(training_key, '') NOT IN (SELECT training_key FROM versions)
    AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.run_id = runs.id AND audit.at >= @before)
    AND NOT EXISTS (
      SELECT 1 FROM audit WHERE audit.old_run_id = runs.id AND decision = 'champion' AND audit.at >= @before)`;

/** What is to shrink, of runs before a time, ms since 1970-01-01 UTC. `freedBytes`: at least. */
export function countShrinking(store: Store, before: number): Shrunk {
  const { runs, bytes } = store
    .prepare(`SELECT count(*) AS runs, coalesce(sum(length(results)), 0) AS bytes ${DUE}`)
    .get({ before }) as { runs: number; bytes: number };
  return { runs, freedBytes: Math.max(0, bytes - runs * SHRUNK_BYTES) };
}

/** Shrinks what is due, a piece with each step and each in a transaction of its own; between them anything may happen, an end as well. */
export function* shrinkRuns(store: Store, before: number): Generator<Shrunk> {
  const due = store.prepare(
    `SELECT id, created_at, length(results) AS bytes ${DUE} AND (created_at, id) > (@at, @id) ORDER BY created_at, id LIMIT ${PIECE}`,
  );
  for (let last = { at: Number.MIN_SAFE_INTEGER, id: 0 }; ; ) {
    const rows = due.all({ before, ...last }) as DueRow[];
    const newest = rows.at(-1);
    if (newest === undefined) return;
    last = { at: newest.created_at, id: newest.id };
    // What is not what was written is left for those who can tell.
    const damaged = damagedRuns(
      store,
      rows.map(({ id }) => id),
    );
    const sound = rows.filter(({ id }) => !damaged.has(id));
    let freedBytes = 0;
    store.transaction(() => {
      for (const row of sound) freedBytes += shrinkRun(store, row);
    });
    yield { runs: sound.length, freedBytes };
  }
}

/** @returns bytes that its table has no more */
function shrinkRun(store: Store, { id, bytes }: DueRow): number {
  const { results, importance, basis, ...run } = store
    .prepare('SELECT symbol, timeframe, evaluation_keys, basis, importance, results FROM runs WHERE id = ?')
    .get(id) as RunOfTable;
  const places = placesOf(store, id, decodeResults(results).regimeNames);
  const table = shrinkResults(results, places);
  const features = importance === null ? null : shrinkImportance(importance);
  const digest = storeBasis(store, wholeBasis(store, basis));
  store
    .prepare('UPDATE runs SET basis = ?, results = ?, importance = ?, evaluation_keys = ? WHERE id = ?')
    .run(digest, table, features, shortKeys(run.evaluation_keys), id);
  // Those who were champions of a regime are remembered, be they among its ten best or not.
  store
    .prepare(
      `DELETE FROM strategies WHERE run_id = @id AND rank > 1 AND strategy_index NOT IN
         (SELECT strategy_index FROM audit WHERE run_id = @id AND decision = 'champion' AND strategy_index IS NOT NULL)`,
    )
    .run({ id });
  dropDays(store, run);
  return bytes - table.length;
}

/** Names of figures by half of their digits, see `isKeyOf`. */
function shortKeys(json: string | null): string | null {
  if (json === null) return null;
  const keys = storedJson<Record<string, string>>(json, 'the keys of a run');
  return JSON.stringify(
    Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, key.slice(0, SHORT_KEY_DIGITS)])),
  );
}

interface RunOfTable {
  readonly symbol: string;
  readonly timeframe: string;
  readonly evaluation_keys: string | null;
  readonly basis: string;
  readonly importance: string | null;
  readonly results: Uint8Array;
}

/** `of`: how many features there were. */
function shrinkImportance(json: string): string {
  const { names, gain, splits } = storedJson<{ names: string[]; gain: number[]; splits?: number[] }>(
    json,
    'the importance of features',
  );
  const best = names
    .map((_, i) => i)
    .sort((a, b) => gain[b]! - gain[a]! || a - b)
    .slice(0, FEATURES);
  const of = <T>(values: readonly T[]) => best.map((i) => values[i]!);
  return JSON.stringify({
    names: of(names),
    gain: of(gain).map((value) => Number(value.toPrecision(GAIN_DIGITS))),
    ...(splits !== undefined && { splits: of(splits) }),
    of: names.length,
  });
}

/** The best over all bars, then each regime's contender alone in it. */
function placesOf(store: Store, id: number, regimeNames: readonly string[]): ResultPlace[] {
  const decided = store.all(
    sqlBuilder
      .selectFrom('audit')
      .select(['regime', 'strategy_index'])
      .where('run_id', '=', id)
      .where('strategy_index', 'is not', null)
      // Without a score it was not eligible.
      .where('new_score', 'is not', null)
      .$narrowType<{ strategy_index: number }>()
      .orderBy('id'),
  );
  // A later decision is on later figures.
  const contenders = new Map(decided.map(({ regime, strategy_index }) => [regime, strategy_index]));
  const best = store
    .prepare('SELECT strategy_index FROM strategies WHERE run_id = ? AND rank = 1')
    .pluck()
    .get(id) as number | undefined;
  const alone = regimeNames.flatMap((name, i) => {
    const strategy = contenders.get(name);
    return strategy === undefined ? [] : [{ strategy, segment: 1 + i }];
  });
  return best === undefined ? alone : [{ strategy: best, segment: ALL_BARS }, ...alone];
}

/** What a cell added to its window is in the window's sums: of the cell itself no more is asked than whether it was counted. */
function dropDays(
  store: Store,
  { symbol, timeframe, evaluation_keys: json }: Omit<RunOfTable, 'results' | 'importance' | 'basis'>,
): void {
  if (json === null) return;
  const drop = store.prepare(
    `UPDATE luck_cells SET sums = NULL, count = 0, sharpe_sum = 0, sharpe_squares = 0, varying = 0,
       window = iif(sample IS NULL, NULL, window)
     WHERE symbol = ? AND timeframe = ? AND regime = ? AND key = ? AND sums IS NOT NULL`,
  );
  for (const [regime, key] of Object.entries(storedJson<Record<string, string>>(json, 'the keys of a run')))
    drop.run(symbol, timeframe, regime, shortKey(key));
}

interface SampledWindow {
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
  readonly window: string;
}

/**
 * Overfitting is judged from a sample of what was tried in a selection window, and told of what is kept. Windows that ended before a time
 * and that no kept run was chosen in lose their samples, one with each step; their counts and sums stay. Nothing is sampled in them any more.
 */
export function* forgetSamples(store: Store, before: number): Generator<Shrunk> {
  const windows = store
    .prepare('SELECT symbol, timeframe, regime, window FROM luck_windows WHERE sampled > 0')
    .all() as SampledWindow[];
  const old = windows.filter(({ window }) => Date.parse(window.split('/', 2)[1] ?? '') < before);
  if (old.length === 0) return;
  const kept = windowsOfKeptRuns(store);
  for (const { symbol, timeframe, regime, window } of old) {
    const times = window.split('/', 2).join('/');
    if (kept.has(`${symbol} ${timeframe} ${times}`)) continue;
    const bytes = store.transaction(() => {
      const at = [symbol, timeframe, regime, window] as const;
      const samples = `FROM luck_cells WHERE symbol = ? AND timeframe = ? AND regime = ? AND window = ? AND sample IS NOT NULL`;
      const sum = store
        .prepare(`SELECT coalesce(sum(length(sample)), 0) ${samples}`)
        .pluck()
        .get(...at);
      const forgotten = 'UPDATE luck_cells SET sample = NULL, window = iif(sums IS NULL, NULL, window)';
      store.prepare(samples.replace('FROM luck_cells', forgotten)).run(...at);
      store
        .prepare(
          'UPDATE luck_windows SET sampled = 0, below = 0 WHERE symbol = ? AND timeframe = ? AND regime = ? AND window = ?',
        )
        .run(...at);
      return sum as number;
    });
    yield { runs: 0, freedBytes: bytes };
  }
}

/** Market and times of the selection windows of runs whose model is kept: by their own index, since left to itself SQLite goes through all runs. */
export function windowsOfKeptRuns(store: Store): Set<string> {
  const rows = store
    .prepare(
      `SELECT DISTINCT symbol, timeframe, json_extract(w.value, '$.from') AS "from", json_extract(w.value, '$.to') AS "to"
       FROM runs INDEXED BY runs_by_artifact ${JOIN_BASES} CROSS JOIN json_each(${JOINED_BASIS}, '$.windows.evaluated') w
       WHERE artifact_file IS NOT NULL AND json_extract(w.value, '$.name') = 'selection'`,
    )
    .all() as { symbol: string; timeframe: string; from: string; to: string }[];
  return new Set(rows.map(({ symbol, timeframe, from, to }) => `${symbol} ${timeframe} ${from}/${to}`));
}
