import { type RawBuilder, sql } from 'kysely';
import type { Store } from '../database.ts';
import { rows } from '../rows.ts';
import { FIGURES } from './columns.ts';
import { PIECE_RUNS, type Piece, type RunImage } from './image.ts';
import type { Sieve } from './sieve.ts';
import { uuidTest } from './uuids.ts';

/** The runs of a piece that match: 1 at the places of those that do. */
export interface Sifted {
  readonly piece: Piece;
  readonly marks: Uint8Array;
}

/** Takes the marks from those that do not match. */
type Test = (sifted: Sifted) => void;

/** The runs that meet all conditions; undefined where the image can't tell. */
export function sift(store: Store, image: RunImage, sieves: readonly Sieve[]): readonly Sifted[] | undefined {
  if (!image.hasUuids && sieves.some((sieve) => sieve.by === 'text' && sieve.uuid !== undefined))
    return undefined;
  const tests = [...sieves]
    .sort((a, b) => Number(isSlow(a)) - Number(isSlow(b)))
    .map((sieve) => testOf(store, sieve));
  return image.pieces.flatMap((piece) => {
    const marks = new Uint8Array(PIECE_RUNS);
    for (let i = 0; i < PIECE_RUNS; i++) marks[i] = piece.kinds[i] === 0 ? 0 : 1;
    const sifted = { piece, marks };
    for (const test of tests) test(sifted);
    return [sifted];
  });
}

/** It is looked for among those alone that all others leave. */
const isSlow = (sieve: Sieve) => sieve.by === 'text' && sieve.uuid !== undefined;

function testOf(store: Store, sieve: Sieve): Test {
  if (sieve.by === 'kind') {
    const kinds = kindsThat(store, sieve.is);
    return ({ piece, marks }) => {
      for (let i = 0; i < PIECE_RUNS; i++) marks[i]! &= kinds[piece.kinds[i]!]!;
    };
  }
  if (sieve.by === 'ids') {
    const ids = marksOf(rows<{ id: number }>(store, sieve.query).map(({ id }) => id));
    const is = sieve.isNot === true ? 0 : 1;
    return ({ piece, marks }) => {
      const of = ids(piece);
      for (let i = 0; i < PIECE_RUNS; i++) if (of[i] !== is) marks[i] = 0;
    };
  }
  return sieve.by === 'figure' ? figureTest(sieve) : textTest(store, sieve);
}

function textTest(store: Store, sieve: Sieve & { readonly by: 'text' }): Test {
  const kinds = kindsThat(store, sieve.kinds);
  const ids = marksOf(sieve.ids);
  const hasText = sieve.uuid === undefined ? () => false : uuidTest(sieve.uuid);
  return ({ piece, marks }) => {
    const of = ids(piece);
    const uuids = sieve.uuid === undefined ? NO_UUIDS : piece.uuids();
    for (let i = 0; i < PIECE_RUNS; i++) {
      if (marks[i] === 0 || kinds[piece.kinds[i]!] === 1 || of[i] === 1) continue;
      if (!hasText(uuids, 4 * i)) marks[i] = 0;
    }
  };
}

/** 1 at the numbers of the kinds that meet a condition. */
function kindsThat(store: Store, is: RawBuilder<unknown>): Uint8Array {
  const last = rows<{ kind: number | null }>(store, sql`select max(kind) as kind from temp.run_kinds`)[0]!
    .kind;
  const kinds = new Uint8Array((last ?? 0) + 1);
  for (const { kind } of rows<{ kind: number }>(store, sql`select kind from temp.run_kinds where ${is}`)) {
    kinds[kind] = 1;
  }
  return kinds;
}

const NO_UUIDS = new Uint32Array();
const NOBODY = new Uint8Array(PIECE_RUNS);

/** 1 at the places of these runs, by piece. */
function marksOf(ids: readonly number[]): (piece: Piece) => Uint8Array {
  const pieces = new Map<number, Uint8Array>();
  for (const id of ids) {
    const at = id & (PIECE_RUNS - 1);
    const marks = pieces.get(id - at) ?? new Uint8Array(PIECE_RUNS);
    pieces.set(id - at, marks);
    marks[at] = 1;
  }
  return ({ first }) => pieces.get(first) ?? NOBODY;
}

function figureTest({ column, is, values }: Sieve & { readonly by: 'figure' }): Test {
  const meets = (value: number) => COMPARE[is](value, values);
  if (column === 'id') {
    return ({ piece, marks }) => {
      for (let i = 0; i < PIECE_RUNS; i++) if (!meets(piece.first + i)) marks[i] = 0;
    };
  }
  const at = FIGURES.indexOf(column);
  const [value] = values as [number];
  const [below, above] = BESIDE[is];
  const same = meets(value) ? 1 : 0;
  return ({ piece, marks }) => {
    const figures = piece.figures(at);
    for (let i = 0; i < PIECE_RUNS; i++) {
      const figure = figures[i]!;
      // Null is not a number, and none of these.
      if (Number.isNaN(figure)) marks[i] = 0;
      else if (values.length > 1) marks[i]! &= meets(figure) ? 1 : 0;
      else marks[i]! &= figure > value ? above : figure < value ? below : same;
    }
  };
}

/** What is said of figures below and above a value. */
const BESIDE = {
  '>': [0, 1],
  '>=': [0, 1],
  '<': [1, 0],
  '<=': [1, 0],
  '=': [0, 0],
  '!=': [1, 1],
} as const;

const COMPARE: Readonly<
  Record<(Sieve & { by: 'figure' })['is'], (value: number, asked: readonly number[]) => boolean>
> = {
  '>': (value, [asked]) => value > asked!,
  '>=': (value, [asked]) => value >= asked!,
  '<': (value, [asked]) => value < asked!,
  '<=': (value, [asked]) => value <= asked!,
  '=': (value, asked) => asked.includes(value),
  '!=': (value, asked) => !asked.includes(value),
};
