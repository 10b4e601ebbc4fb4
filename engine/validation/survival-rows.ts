import { setImmediate as turn } from 'node:timers/promises';
import type { Timeframe } from '../contract/timeframe.ts';
import { digestOf } from '../identity/digest.ts';
import type { Reader } from '../store/database.ts';
import {
  findFold,
  foldsOf,
  type ProcedureFold,
  procedureFolds,
  validationsOf,
} from '../store/validations.ts';
import { distinctRows, inOrder, type SurvivalRow } from '../survival/rows.ts';
import { contendersIn, decodeContenders } from './procedure-blob.ts';
import { readSpec } from './spec.ts';

/** Which folds are read. */
export interface RowLimits {
  /** Only folds up to this one; absent: all. */
  readonly lastFold?: number | undefined;
  /** Only folds whose test window had closed by then, ms UTC; absent: all. */
  readonly closedBy?: number | undefined;
}

/** A computed fold of a validated grid: it is there once its test window had closed. */
export interface ClosedFold extends ProcedureFold {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Its test window, ms UTC. */
  readonly from: number;
  readonly to: number;
}

/** What a fold says of its contenders, as it is stored. */
export interface RowSource extends Pick<ClosedFold, 'symbol' | 'timeframe' | 'from' | 'to'> {
  /** See `contendersIn`. */
  readonly contenders: Uint8Array | null;
}

/** What rows are made of. Host threads read it a page at a time and decode none of it. */
export interface RowSources {
  /** Equal keys, equal sources. */
  readonly key: string;
  readonly folds: readonly RowSource[];
  /** The last of the stored folds among them; folds are numbered as they come. */
  readonly lastFold: number;
}

/** What the folds of validated grids say of what survives. */
export interface StoredRows {
  /** In order, each once. */
  readonly rows: readonly SurvivalRow[];
  /** Folds that they are of. */
  readonly folds: number;
  /** Folds that were computed before contenders were kept. */
  readonly older: number;
}

/** The folds within limits, each once, whichever validations have them. @throws EngineError `artifact-damaged` */
export function closedFolds(store: Reader, limits: RowLimits = {}): ClosedFold[] {
  const { lastFold = Number.POSITIVE_INFINITY, closedBy = Number.POSITIVE_INFINITY } = limits;
  const computed = procedureFolds(store);
  const found = new Map<string, ClosedFold>();
  for (const validation of validationsOf(store)) {
    const spec = readSpec(validation.spec);
    if (spec.procedure === undefined) continue;
    const { symbol, timeframe } = spec.configuration;
    for (const { fold_index: index, key } of foldsOf(store, validation.id)) {
      const fold = computed.get(key);
      const { test } = spec.folds[index]!;
      if (fold === undefined || fold.id > lastFold || test.to > closedBy || found.has(key)) continue;
      found.set(key, { ...fold, symbol, timeframe, from: test.from, to: test.to });
    }
  }
  return [...found.values()];
}

/** Names what folds say: equal names, equal rows. */
export function rowsKey(folds: readonly ProcedureFold[]): string {
  return digestOf(folds.map(({ key, older }) => (older ? `${key} older` : key)).sort());
}

/** Folds that are read at a time. */
const PAGE = 16;

/** @throws EngineError `artifact-damaged`, `store-newer` */
export async function readSources(store: Reader, folds: readonly ClosedFold[]): Promise<RowSources> {
  const sources: RowSource[] = [];
  for (const [i, { key, symbol, timeframe, from, to }] of folds.entries()) {
    if (i % PAGE === PAGE - 1) await turn();
    const stored = findFold(store, key);
    if (stored === undefined) continue;
    sources.push({ symbol, timeframe, from, to, contenders: contendersIn(stored.result) });
  }
  return {
    key: rowsKey(folds),
    folds: sources,
    lastFold: folds.reduce((last, { id }) => Math.max(last, id), 0),
  };
}

/**
 * One row for each contender of each fold; all that a row says but its outcome was known when the fold's test window began.
 * @throws EngineError `artifact-damaged`
 */
export function rowsIn({ folds }: Pick<RowSources, 'folds'>): StoredRows {
  const rows: SurvivalRow[] = [];
  let older = 0;
  for (const { symbol, timeframe, from, to, contenders } of folds) {
    if (contenders === null) {
      older++;
      continue;
    }
    for (const { cell: _cell, ...contender } of decodeContenders(contenders)) {
      rows.push({ ...contender, symbol, timeframe, decidedAt: from, closedAt: to });
    }
  }
  return { rows: inOrder(distinctRows(rows)), folds: folds.length - older, older };
}
