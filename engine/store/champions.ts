import { CONFIGURATION_COLUMNS, type StoredConfiguration } from '../cells/columns.ts';
import type { EnsembleMethod, PredictionMethod } from '../contract/words.ts';
import type { Champion } from '../selection/champion.ts';
import { markDamaged } from './damaged-rows.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { FIGURE_COLUMNS, LUCK_COLUMNS } from './figure-columns.ts';
import { fixedChange, fixedQuery } from './fixed-query.ts';
import type { AuditTable, ChampionsTable, EvaluatedColumns, LuckColumns } from './schema.ts';
import { assertSound, damagedRow, type Owner, sumsOf, unsoundOf } from './soundness.ts';

export function insertChampion(store: Store, row: ChampionsTable): void {
  store.insert('champions', row);
}

export function removeChampion(
  store: Store,
  scope: { symbol: string; timeframe: string; regime: string; runId: number },
): void {
  const { symbol, timeframe, regime, runId } = scope;
  store.run(removedChampion(symbol, timeframe, regime, runId));
}

const removedChampion = fixedChange((symbol: string, timeframe: string, regime: string, runId: number) =>
  sqlBuilder
    .deleteFrom('champions')
    .where('symbol', '=', symbol)
    .where('timeframe', '=', timeframe)
    .where('regime', '=', regime)
    .where('run_id', '=', runId),
);

/** Puts a champion aside, or back among those that compete, with the score that it has by now; see `Champion.stale`. */
export function markChampion(store: Store, champion: Champion): void {
  store.run(
    sqlBuilder
      .updateTable('champions')
      .set({ stale: champion.stale, score: champion.score })
      .where('symbol', '=', champion.symbol)
      .where('timeframe', '=', champion.timeframe)
      .where('regime', '=', champion.regime)
      .where('run_id', '=', champion.runId),
  );
}

/** Gives a champion the figures that it was scored again with, and says what they rest on. */
export function rescoreChampion(
  store: Store,
  champion: Champion,
  scored: EvaluatedColumns & LuckColumns & Pick<ChampionsTable, 'basis'>,
): void {
  store.run(
    sqlBuilder
      .updateTable('champions')
      .set({ ...scored, score: champion.score, stale: champion.stale })
      .where('symbol', '=', champion.symbol)
      .where('timeframe', '=', champion.timeframe)
      .where('regime', '=', champion.regime)
      .where('run_id', '=', champion.runId),
  );
}

/**
 * They are asked for with every result: what was read once and found sound is not read again while all rows have the same checksums.
 */
const known = new WeakMap<Reader, { readonly sums: string; readonly rows: readonly ChampionsTable[] }>();

/**
 * For decisions. `replaced`: runs whose damaged champions are left out, since they are about to be replaced.
 * @throws EngineError `artifact-damaged` where another one is not what was written
 */
export function allChampions(
  store: Reader,
  replaced: ReadonlySet<number> = new Set(),
): readonly ChampionsTable[] {
  const sums = sumsOf(store, 'champions').join();
  const before = known.get(store);
  if (before?.sums === sums) return before.rows;
  const damaged = unsoundOf(store, 'champions');
  const isReplaced = (owner: Owner) => replaced.has(Number(String(owner).split(' ').at(-1)));
  const other = [...damaged].find((owner) => !isReplaced(owner));
  if (other !== undefined) throw damagedRow(store.file, { kind: 'champions', owner: other });
  const rows = store.all(inOrder());
  if (damaged.size === 0) {
    known.set(store, { sums, rows });
    return rows;
  }
  return rows.filter((row) => !damaged.has(`${row.symbol} ${row.timeframe} ${row.regime} ${row.run_id}`));
}

const inOrder = fixedQuery(() =>
  sqlBuilder
    .selectFrom('champions')
    .selectAll()
    .orderBy('symbol')
    .orderBy('timeframe')
    .orderBy('regime')
    .orderBy('score', 'desc')
    .orderBy('run_id'),
);

export interface ListedChampion extends EvaluatedColumns, LuckColumns, StoredConfiguration {
  readonly scope_symbol: string;
  readonly scope_timeframe: string;
  readonly regime: string;
  readonly run_id: number;
  readonly strategy_index: number;
  readonly score: number;
  readonly stale: string | null;
  readonly basis: string | null;
  readonly achieved_at: number;
  readonly uuid: string;
  readonly artifact_file: string | null;
  readonly synthetic: number;
  readonly prediction_method: PredictionMethod;
  readonly ensemble_method: EnsembleMethod;
  readonly confidence_threshold: number;
  readonly lookback_window: number;
}

/** Champions with what is shown of their run and strategy; see `markDamaged`. */
export function listedChampions(store: Reader): ListedChampion[] {
  const rows = store.all(
    sqlBuilder
      .selectFrom('champions as c')
      .innerJoin('runs as r', 'r.id', 'c.run_id')
      .leftJoin('configurations as f', 'f.config_hash', 'r.config_hash')
      .innerJoin('strategies as s', (join) =>
        join.onRef('s.run_id', '=', 'c.run_id').onRef('s.strategy_index', '=', 'c.strategy_index'),
      )
      .select([
        ...CONFIGURATION_COLUMNS.map((name) => `r.${name}` as const),
        'f.configuration',
        'c.symbol as scope_symbol',
        'c.timeframe as scope_timeframe',
        'c.regime',
        'c.run_id',
        'c.strategy_index',
        'c.score',
        'c.stale',
        'c.basis',
        'c.achieved_at',
        ...FIGURE_COLUMNS.map((name) => `c.${name}` as const),
        ...LUCK_COLUMNS.map((name) => `c.${name}` as const),
        'r.uuid',
        'r.artifact_file',
        'r.synthetic',
        's.prediction_method',
        's.ensemble_method',
        's.confidence_threshold',
        's.lookback_window',
      ])
      .orderBy('c.symbol')
      .orderBy('c.timeframe')
      .orderBy('c.regime')
      .orderBy('c.score', 'desc')
      .orderBy('c.run_id'),
  );
  return markDamaged(store, rows);
}

export function insertAudit(store: Store, ...rows: readonly Omit<AuditTable, 'id'>[]): void {
  store.insertAll('audit', rows);
}

/** The decisions on a run, and those by which another run took its place, oldest first. */
export function auditOfRun(store: Reader, runId: number): Omit<AuditTable, 'id'>[] {
  const audit = () => sqlBuilder.selectFrom('audit').selectAll();
  const rows = store.all(
    audit()
      .where('run_id', '=', runId)
      .unionAll(audit().where('old_run_id', '=', runId).where('decision', '=', 'champion'))
      .orderBy('id'),
  );
  assertSound(store, 'audit', [...new Set([runId, ...rows.map((row) => row.run_id)])]);
  return rows;
}
