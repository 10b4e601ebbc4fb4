import { type ColumnFile, openColumnFile } from './column-file.ts';
import { FIGURES } from './columns.ts';
import { type Uuid, wordsOf } from './uuids.ts';

/**
 * What the history is searched by, of all runs: their kinds in the process's own memory, four bytes a run, and 16 figures and the UUID, 144 bytes,
 * in a file without a name, from which a search reads the columns that it asks for. Those of the newest runs are in memory, too.
 */

/** Runs of a piece: those whose numbers have the same upper bits. */
export const PIECE_RUNS = 1 << 16;

export interface Piece {
  /** The number of its first run, whether there is one or not. */
  readonly first: number;
  /** Number of the run's kind in `temp.run_kinds`; 0: there is no such run. */
  readonly kinds: Uint32Array;
  /** One of FIGURES, by its place: of each run, until others are asked for of any piece; NaN for null. Throws what the file system says. */
  figures(column: number): Float64Array;
  /** The same of the UUIDs, as words, four a run. */
  uuids(): Uint32Array;
}

/** Columns of a piece. */
interface Columns {
  /** All of them, as they lie in the file: from one megabyte on memory goes back to the system at once. */
  readonly bytes: Uint8Array;
  /** By the column's place in FIGURES; NaN for null. */
  readonly figures: readonly Float64Array[];
  /** Four a run. */
  readonly uuids: Uint32Array;
}

const FIGURE_BYTES = Float64Array.BYTES_PER_ELEMENT;
const UUID_BYTES = 4 * Uint32Array.BYTES_PER_ELEMENT;
/** Of a piece in the file: its figures, column by column, then its UUIDs. */
const UUIDS_AT = FIGURES.length * FIGURE_BYTES * PIECE_RUNS;
const PIECE_BYTES = UUIDS_AT + UUID_BYTES * PIECE_RUNS;

function newColumns(): Columns {
  const bytes = new Uint8Array(PIECE_BYTES);
  return {
    bytes,
    figures: FIGURES.map((_, c) => new Float64Array(bytes.buffer, c * FIGURE_BYTES * PIECE_RUNS, PIECE_RUNS)),
    uuids: new Uint32Array(bytes.buffer, UUIDS_AT, 4 * PIECE_RUNS),
  };
}

export class RunImage {
  /** By their numbers; none where there never was a run. */
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

  /** Of the pieces that are in memory. */
  readonly #columns = new Map<number, Columns>();
  #file: ColumnFile | undefined;
  /** Where columns of the file are read to. */
  readonly #readFigures = new Float64Array(PIECE_RUNS);
  readonly #readUuids = new Uint32Array(4 * PIECE_RUNS);

  /** In the place of what is known of the run. `figures`: as FIGURES has them. Throws what the file system says. */
  put(id: number, kind: number, uuid: string, figures: readonly (number | null)[]): void {
    const piece = this.#pieceOf(id);
    const at = id & (PIECE_RUNS - 1);
    this.touched?.add(kind);
    this.remove(id);
    // Of the two zeros one: they are equal, and their bits are not.
    const values = Float64Array.from(figures, (value) => (value ?? Number.NaN) + 0);
    const words: Uuid | undefined = wordsOf(uuid);
    if (words === undefined) this.hasUuids = false;
    const columns = this.#columns.get(piece.first);
    if (columns === undefined) this.#write(piece.first, at, values, words);
    else {
      for (let c = 0; c < values.length; c++) columns.figures[c]![at] = values[c]!;
      if (words !== undefined) columns.uuids.set(words, 4 * at);
    }
    piece.kinds[at] = kind;
  }

  remove(id: number): void {
    const piece = this.pieces[Math.floor(id / PIECE_RUNS)];
    if (piece === undefined) return;
    const at = id & (PIECE_RUNS - 1);
    if (piece.kinds[at] !== 0) this.touched?.add(piece.kinds[at]!);
    piece.kinds[at] = 0;
  }

  #figures(first: number, column: number): Float64Array {
    const columns = this.#columns.get(first);
    if (columns !== undefined) return columns.figures[column]!;
    this.#file!.read(this.#readFigures, placeOf(first) + column * FIGURE_BYTES * PIECE_RUNS);
    return this.#readFigures;
  }

  #uuids(first: number): Uint32Array {
    const columns = this.#columns.get(first);
    if (columns !== undefined) return columns.uuids;
    this.#file!.read(this.#readUuids, placeOf(first) + UUIDS_AT);
    return this.#readUuids;
  }

  /** All pieces but the one of the newest runs go to the file. Throws what the file system says. */
  putAway(): void {
    for (const [first, { bytes }] of this.#columns) {
      if (first === this.pieces.at(-1)!.first) continue;
      this.#file ??= openColumnFile();
      this.#file.write(bytes, placeOf(first));
      this.#columns.delete(first);
    }
  }

  /** Nothing of it may be used after that. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
    this.#columns.clear();
    this.pieces.length = 0;
  }

  #write(first: number, at: number, values: Float64Array, words: Uuid | undefined): void {
    values.forEach((value, c) => {
      this.#file!.write(Float64Array.of(value), placeOf(first) + (c * PIECE_RUNS + at) * FIGURE_BYTES);
    });
    if (words !== undefined)
      this.#file!.write(Uint32Array.from(words), placeOf(first) + UUIDS_AT + at * UUID_BYTES);
  }

  #pieceOf(id: number): Piece {
    const number = Math.floor(id / PIECE_RUNS);
    const existing = this.pieces[number];
    if (existing !== undefined) return existing;
    const first = number * PIECE_RUNS;
    const piece: Piece = {
      first,
      kinds: new Uint32Array(PIECE_RUNS),
      figures: (column) => this.#figures(first, column),
      uuids: () => this.#uuids(first),
    };
    this.pieces[number] = piece;
    this.#columns.set(first, newColumns());
    return piece;
  }
}

const placeOf = (first: number) => (first / PIECE_RUNS) * PIECE_BYTES;
