import { FIGURES } from './columns.ts';
import { type Uuid, wordsOf } from './uuids.ts';

/** What the history is searched by, of all runs in the process's own memory: 148 bytes a run. */

/** Runs of a piece: those whose numbers have the same upper bits. */
export const PIECE_BITS = 16;
export const PIECE_RUNS = 1 << PIECE_BITS;

export interface Piece {
  /** The number of its first run, whether there is one or not. */
  readonly first: number;
  /** Number of the run's kind in `temp.run_kinds`; 0: there is no such run. */
  readonly kinds: Uint32Array;
  /** By the column's place in FIGURES; NaN for null. */
  readonly figures: readonly Float64Array[];
  /** Four a run. */
  readonly uuids: Uint32Array;
}

export class RunImage {
  /** By their numbers. */
  readonly pieces: Piece[] = [];
  /** Whether all UUIDs are what they should be: others can't be searched here. */
  hasUuids = true;
  /** The last change of the database that is in it, and the highest number of a run that it knows. */
  lastChange = 0;
  lastRun = 0;
  /**
   * Numbers of the kinds that had or got a run that was written since somebody counted kinds, by this connection or others; undefined: any may be
   * among them.
   */
  touched: Set<number> | undefined;

  /** In the place of what is known of the run. `figures`: as FIGURES has them. */
  put(id: number, kind: number, uuid: string, figures: readonly (number | null)[]): void {
    const piece = this.#pieceOf(id);
    const at = id & (PIECE_RUNS - 1);
    this.touched?.add(kind);
    this.remove(id);
    piece.kinds[at] = kind;
    for (let c = 0; c < figures.length; c++) {
      // Of the two zeros one: they are equal, and their bits are not.
      piece.figures[c]![at] = (figures[c] ?? Number.NaN) + 0;
    }
    const words: Uuid | undefined = wordsOf(uuid);
    if (words === undefined) this.hasUuids = false;
    else piece.uuids.set(words, 4 * at);
  }

  remove(id: number): void {
    const piece = this.pieces[Math.floor(id / PIECE_RUNS)];
    if (piece === undefined) return;
    const at = id & (PIECE_RUNS - 1);
    if (piece.kinds[at] !== 0) this.touched?.add(piece.kinds[at]!);
    piece.kinds[at] = 0;
  }

  #pieceOf(id: number): Piece {
    const number = Math.floor(id / PIECE_RUNS);
    const existing = this.pieces[number];
    if (existing !== undefined) return existing;
    const piece = {
      first: number * PIECE_RUNS,
      kinds: new Uint32Array(unaccounted(4)),
      figures: FIGURES.map(() => new Float64Array(unaccounted(8))),
      uuids: new Uint32Array(unaccounted(16)),
    };
    this.pieces[number] = piece;
    return piece;
  }
}

/**
 * So many bytes for each run of a piece. V8 takes no account of memory that may be shared between threads: what never becomes garbage would
 * have it let several times as much garbage lie.
 */
const unaccounted = (bytes: number) => new SharedArrayBuffer(bytes * PIECE_RUNS);
