import type { ErrorDto } from '../contract/errors.ts';
import type { ListedChampion } from './champions.ts';
import type { Reader } from './database.ts';
import { FIGURE_COLUMNS, NO_LUCK } from './figure-columns.ts';
import type { ListedRun } from './run-search.ts';
import { damagedRow, damageText, type Owner, unsoundOf, unsoundOwners } from './soundness.ts';

/** What a list shows of a run must be what was written: its row, what became of it, and its strategies. */
const RUN_KINDS = ['runs', 'run_states', 'strategies'] as const;

/** Of these runs, those of which something is not what was written, and what. */
export function damagedRuns(store: Reader, ids: readonly number[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const kind of RUN_KINDS) {
    for (const owner of unsoundOwners(store, kind, ids)) found.set(owner, kind);
  }
  return found;
}

/** @throws EngineError `artifact-damaged` for a run of which something is not what was written */
export function assertRunSound(store: Reader, id: number): void {
  const [first] = damagedRuns(store, [id]);
  if (first !== undefined) throw damagedRow(store.file, { kind: first[1], owner: id });
}

/** A damaged run as lists show it: that it is, and no figure. */
export function withoutFigures(row: ListedRun, kind: string): ListedRun {
  const message = `Damaged: ${damageText({ kind, owner: row.id })} is not what was written. "verify" lists what is wrong, and what it can be had from.`;
  const error: ErrorDto = { code: 'artifact-damaged', message, details: {} };
  return {
    ...row,
    status: 'failed',
    indicator_timeframes: '{}',
    hyperparameters: '{}',
    configuration: null,
    train_rows: null,
    rmse: null,
    mae: null,
    r2: null,
    rank_ic: null,
    best_sharpe: null,
    strategies_tested: 0,
    created_at: isTime(row.created_at) ? row.created_at : 0,
    error: JSON.stringify(error),
  };
}

const LATEST_MS = 8.64e15;

function isTime(ms: number): boolean {
  return Math.abs(ms) <= LATEST_MS;
}

/** Champions as lists show them: a damaged one is said to be, has no figure, and is put aside. */
export function markDamaged(store: Reader, rows: readonly ListedChampion[]): ListedChampion[] {
  const unsound = unsoundOf(store, 'champions');
  const runs = damagedRuns(store, [...new Set(rows.map((row) => row.run_id))]);
  return rows.map((row) => {
    const owner: Owner = `${row.scope_symbol} ${row.scope_timeframe} ${row.regime} ${row.run_id}`;
    const ofRun = runs.get(row.run_id);
    if (unsound.has(owner)) return championWithoutFigures(row, damageText({ kind: 'champions', owner }));
    return ofRun === undefined
      ? row
      : championWithoutFigures(row, damageText({ kind: ofRun, owner: row.run_id }));
  });
}

function championWithoutFigures(row: ListedChampion, what: string): ListedChampion {
  return {
    ...row,
    ...(Object.fromEntries(FIGURE_COLUMNS.map((name) => [name, null])) as Partial<ListedChampion>),
    ...NO_LUCK,
    trades: 0,
    holdout_trades: 0,
    score: 0,
    basis: null,
    indicator_timeframes: '{}',
    hyperparameters: '{}',
    configuration: null,
    achieved_at: isTime(row.achieved_at) ? row.achieved_at : 0,
    stale: `Damaged: ${what} is not what was written.`,
  };
}
