import type { Timeframe } from '../contract/timeframe.ts';
import type { Reader } from '../store/database.ts';
import { findFold, foldsOf, validationsOf } from '../store/validations.ts';
import { distinctRows, inOrder, type SurvivalRow } from '../survival/rows.ts';
import { decodeProcedure, type StoredContender } from './procedure-blob.ts';
import { readSpec } from './spec.ts';

/** What the folds of validated grids say of what survives. */
export interface StoredRows {
  /** In order, each once. */
  readonly rows: readonly SurvivalRow[];
  /** Folds that they are of. */
  readonly folds: number;
  /** Folds that were computed before contenders were kept. */
  readonly older: number;
  /** The last of the stored folds that was read; folds are numbered as they come. */
  readonly lastFold: number;
}

/** Which folds are read. */
export interface RowLimits {
  /** Only folds up to this one; absent: all. */
  readonly lastFold?: number | undefined;
  /** Only folds whose test window had closed by then, ms UTC; absent: all. */
  readonly closedBy?: number | undefined;
}

/**
 * One row for each contender of each computed fold of each validated grid. A fold is there once its test window had closed; all that a
 * row says but its outcome was known when that window began.
 * @throws EngineError `artifact-damaged`, `store-newer`
 */
export function storedRows(store: Reader, limits: RowLimits = {}): StoredRows {
  const { lastFold = Number.POSITIVE_INFINITY, closedBy = Number.POSITIVE_INFINITY } = limits;
  const rows: SurvivalRow[] = [];
  const seen = new Set<string>();
  let older = 0;
  let last = 0;
  for (const validation of validationsOf(store)) {
    const spec = readSpec(validation.spec);
    if (spec.procedure === undefined) continue;
    const { symbol, timeframe } = spec.configuration;
    for (const { fold_index: index, key } of foldsOf(store, validation.id)) {
      const { test } = spec.folds[index]!;
      if (seen.has(key) || test.to > closedBy) continue;
      const stored = findFold(store, key);
      if (stored === undefined || stored.id > lastFold) continue;
      seen.add(key);
      last = Math.max(last, stored.id);
      const { contenders } = decodeProcedure(stored.result);
      if (contenders === null) older++;
      else rows.push(...contenders.map((contender) => rowOf(contender, { symbol, timeframe }, test)));
    }
  }
  return { rows: inOrder(distinctRows(rows)), folds: seen.size - older, older, lastFold: last };
}

function rowOf(
  { cell: _cell, ...contender }: StoredContender,
  market: { readonly symbol: string; readonly timeframe: Timeframe },
  test: { readonly from: number; readonly to: number },
): SurvivalRow {
  return { ...contender, ...market, decidedAt: test.from, closedAt: test.to };
}
