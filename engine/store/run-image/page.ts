import { sql } from 'kysely';
import type { Store } from '../database.ts';
import { rows } from '../rows.ts';
import { FIGURES, isFigure } from './columns.ts';
import { PIECE_RUNS, type Piece } from './image.ts';
import type { Sifted } from './sift.ts';

/** What runs are put in order by: as SQL over the columns of a run. */
export interface ImageOrder {
  readonly by: string;
  readonly isOfKind: boolean;
  readonly descending: boolean;
}

export function countOf(sifted: readonly Sifted[]): number {
  let count = 0;
  for (const { marks } of sifted) for (let i = 0; i < PIECE_RUNS; i++) count += marks[i]!;
  return count;
}

/**
 * Keys of 32 bits of the runs of a piece, so that they stand in their order: what has no value last, whatever the direction. Figures that are
 * nearly the same have the same key.
 */
type Keys = (piece: Piece) => Uint32Array;

/** Where the keys of a piece lie while a page is made: they would be four megabytes of garbage for a million runs, each time. */
const scratch = new WeakMap<Piece, Uint32Array>();

function keysIn(piece: Piece): Uint32Array {
  const keys = scratch.get(piece) ?? new Uint32Array(PIECE_RUNS);
  scratch.set(piece, keys);
  return keys;
}

const LAST = 0xffffffff;
const HALF = 16;

/** Numbers of the runs [offset, offset + limit) of those that match; runs of equal value in the order of their numbers. */
export function pageOf(
  store: Store,
  sifted: readonly Sifted[],
  { by, isOfKind, descending }: ImageOrder,
  most: number,
  offset: number,
): number[] {
  const inOrder = descending ? [...sifted].reverse() : sifted;
  const limit = Math.min(most, countOf(sifted) - offset);
  if (limit <= 0) return [];
  if (by === 'id') return slice(inOrder, descending, limit, offset);
  const keysOf = isOfKind ? kindKeys(store, by, descending) : figureKeys(by, descending);
  /** Whether figures of one key may differ. */
  const hasNear = (key: number) => !isOfKind && key !== LAST;
  const keyed = inOrder.map((one) => ({ ...one, keys: keysOf(one.piece) }));
  const { first, last, before } = range(keyed, limit, offset);
  const end = offset - before + limit;
  const byKey = new Map<number, number[]>();
  for (const { piece, marks, keys } of keyed) {
    for (let i = 0; i < PIECE_RUNS; i++) {
      const at = descending ? PIECE_RUNS - 1 - i : i;
      if (marks[at] === 0) continue;
      const key = keys[at]!;
      if (key < first || key > last) continue;
      const ids = byKey.get(key);
      if (ids === undefined) byKey.set(key, [piece.first + at]);
      // Of those that are equal no more than the page can have.
      else if (ids.length < end || hasNear(key)) ids.push(piece.first + at);
    }
  }
  const found: number[] = [];
  for (const key of [...byKey.keys()].sort((a, b) => a - b)) {
    const ids = byKey.get(key)!;
    const exact = ids.length > 1 && hasNear(key) ? exactly(sifted, by, ids, descending) : ids;
    for (const id of exact) found.push(id);
    if (found.length >= end) break;
  }
  return found.slice(offset - before, end);
}

/** Runs of one key, in the order of their numbers: in that of what their figure is. */
function exactly(sifted: readonly Sifted[], column: string, ids: number[], descending: boolean): number[] {
  const place = FIGURES.indexOf(column);
  const pieces = new Map(sifted.map(({ piece }) => [piece.first, piece]));
  const known = new Float64Array(ids.length);
  let first = Number.NaN;
  let figures: Float64Array = known;
  for (let i = 0; i < ids.length; i++) {
    const at = ids[i]! & (PIECE_RUNS - 1);
    // In the order of their numbers, so that each piece is read once.
    if (ids[i]! - at !== first) {
      first = ids[i]! - at;
      figures = pieces.get(first)!.figures(place);
    }
    known[i] = figures[at]!;
  }
  // Many runs have the very same: thirty trades, or none.
  if (known.every((figure) => figure === known[0])) return ids;
  const sign = descending ? -1 : 1;
  return [...ids.keys()].sort((a, b) => sign * (known[a]! - known[b]!)).map((i) => ids[i]!);
}

/**
 * The same by the first job that has a run among its cells: jobs are gone through from the first or last on, so that a page takes as long as it
 * is far from there. Runs of no job come last.
 */
export function pageByJob(
  store: Store,
  sifted: readonly Sifted[],
  descending: boolean,
  most: number,
  offset: number,
): number[] {
  const marks = new Map(sifted.map(({ piece, marks }) => [piece.first, marks]));
  const isIn = (id: number) => marks.get(id - (id & (PIECE_RUNS - 1)))?.[id & (PIECE_RUNS - 1)] === 1;
  const direction = descending ? 'DESC' : 'ASC';
  const jobs = store.prepare(`SELECT id FROM main.queues ORDER BY id ${direction}`).pluck().all();
  const ofJob = store
    .prepare(
      `SELECT DISTINCT run_id FROM main.cells WHERE queue_id = @job AND run_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM main.cells AS c WHERE c.run_id = cells.run_id AND c.queue_id < @job) ORDER BY run_id ${direction}`,
    )
    .pluck();
  const end = Math.min(offset + most, countOf(sifted));
  const found: number[] = [];
  for (const job of jobs) {
    if (found.length >= end) break;
    for (const id of ofJob.all({ job }) as number[]) if (isIn(id)) found.push(id);
  }
  if (found.length < end) {
    const known = new Set(found);
    each(descending ? [...sifted].reverse() : sifted, descending, (piece, at) => {
      if (!known.has(piece.first + at)) found.push(piece.first + at);
    });
  }
  return found.slice(offset, end);
}

function slice(inOrder: readonly Sifted[], descending: boolean, limit: number, offset: number): number[] {
  const found: number[] = [];
  let left = offset;
  for (const one of inOrder) {
    if (found.length === limit) break;
    const count = left === 0 ? 0 : countOf([one]);
    if (left > 0 && count <= left) {
      left -= count;
      continue;
    }
    each([one], descending, (piece, at) => {
      if (left > 0) left--;
      else if (found.length < limit) found.push(piece.first + at);
    });
  }
  return found;
}

function each(
  inOrder: readonly Sifted[],
  descending: boolean,
  visit: (piece: Piece, at: number) => void,
): void {
  for (const { piece, marks } of inOrder) {
    if (descending) {
      for (let i = PIECE_RUNS - 1; i >= 0; i--) if (marks[i] === 1) visit(piece, i);
    } else {
      for (let i = 0; i < PIECE_RUNS; i++) if (marks[i] === 1) visit(piece, i);
    }
  }
}

/** The keys that the page has, and how many runs come before them: by two counts, of the keys' upper and lower halves. */
function range(keyed: readonly (Sifted & { readonly keys: Uint32Array })[], limit: number, offset: number) {
  const upper = new Uint32Array(1 << HALF);
  for (const { marks, keys } of keyed) {
    for (let i = 0; i < PIECE_RUNS; i++) upper[keys[i]! >>> HALF]! += marks[i]!;
  }
  const from = placeOf(upper, offset);
  const to = placeOf(upper, offset + limit - 1);
  const lower = (half: number) => {
    const counts = new Uint32Array(1 << HALF);
    for (const { marks, keys } of keyed) {
      for (let i = 0; i < PIECE_RUNS; i++) {
        const key = keys[i]!;
        if (key >>> HALF === half) counts[key & 0xffff]! += marks[i]!;
      }
    }
    return counts;
  };
  const start = lower(from.half);
  const end = to.half === from.half ? start : lower(to.half);
  const firstLow = placeOf(start, offset - from.before);
  const lastLow = placeOf(end, offset + limit - 1 - to.before);
  return {
    first: from.half * 2 ** HALF + firstLow.half,
    last: to.half * 2 ** HALF + lastLow.half,
    before: from.before + firstLow.before,
  };
}

/** The half of a key that the run at a place has, and how many runs come before those with it. */
function placeOf(counts: Uint32Array, place: number): { readonly half: number; readonly before: number } {
  let before = 0;
  for (let half = 0; half < counts.length; half++) {
    if (place < before + counts[half]!) return { half, before };
    before += counts[half]!;
  }
  throw new RangeError(`there are ${before} runs, none at place ${place}`);
}

/** By a column of the kinds, or an expression of it. */
function kindKeys(store: Store, by: string, descending: boolean): Keys {
  const direction = sql.raw(descending ? 'desc' : 'asc');
  const ranked = rows<{ kind: number; rank: number }>(
    store,
    sql`select kind, dense_rank() over (order by ${sql.raw(by)} ${direction}) as rank from temp.run_kinds`,
  );
  const ranks = new Uint32Array(1 + ranked.reduce((most, { kind }) => Math.max(most, kind), 0));
  for (const { kind, rank } of ranked) ranks[kind] = rank;
  return (piece) => {
    const { kinds } = piece;
    const keys = keysIn(piece);
    for (let i = 0; i < PIECE_RUNS; i++) keys[i] = ranks[kinds[i]!]!;
    return keys;
  };
}

/** Where a float64 has its sign, its exponent and the first 20 bits of its fraction, in words of 32 bits. */
const UPPER = new Uint32Array(Float64Array.of(-1).buffer)[0] === 0 ? 1 : 0;

function figureKeys(column: string, descending: boolean): Keys {
  if (!isFigure(column)) throw new RangeError(`${column} is no column of the image of runs`);
  const place = FIGURES.indexOf(column);
  const turned = descending ? LAST : 0;
  return (piece) => {
    const figures = piece.figures(place);
    const words = new Int32Array(figures.buffer, figures.byteOffset, 2 * figures.length);
    const keys = keysIn(piece);
    for (let i = 0; i < PIECE_RUNS; i++) {
      const word = words[2 * i + UPPER]!;
      if (Number.isNaN(figures[i]!)) keys[i] = LAST;
      // Bits of negative numbers fall as they rise.
      else keys[i] = (word >= 0 ? word | MINUS : ~word) ^ turned;
    }
    return keys;
  };
}

/** The sign. */
const MINUS = 1 << 31;
