import type { Configuration } from '../contract/configuration.ts';

/** What a job trains at once: one configuration as of one date. */
export interface Cell {
  /** Position in the job's order, from 0. */
  readonly index: number;
  readonly configuration: Configuration;
  /** Its windows are counted back from here, ms since 1970-01-01 UTC; null: from what `evaluation.as_of` says when it is bound. */
  readonly asOf: number | null;
  /** The trial, or the fold of a procedure, that it is part of, from 0. A grid's cells are a group each. */
  readonly group: number;
}

/** What a source is told of a cell. */
export interface CellOutcome {
  readonly index: number;
  readonly state: 'completed' | 'failed' | 'skipped';
  /** By name; a source that learns steers by some of them. Empty where there are none. */
  readonly figures: Readonly<Record<string, number | null>>;
}

export interface Remaining {
  readonly total: number;
  /** Not told yet, asked for or not. */
  readonly remaining: number;
}

/** How much a source will still give. It may turn out to be less, never more. */
export interface Estimate {
  readonly cells: Remaining;
  /** A group remains until all of its cells are told. */
  readonly groups: Remaining;
}

/**
 * Where a job's cells come from. What is asked for is a function of how the source was made and of what it was told:
 * the same cells come in the same order however many are asked for at a time and in whatever order they are told. That
 * way a source is made anew after a crash and told what is stored; it goes on as it would have.
 */
export interface CellSource {
  /**
   * The next cells, at most so many. None: all have been given, or the next one depends on a cell that was given and
   * not told yet. While anything remains, there is such a cell or another one to give.
   */
  ask(count: number): readonly Cell[];
  /** Each cell that was given is told once. */
  tell(outcome: CellOutcome): void;
  estimate(): Estimate;
}

/**
 * Brings a source that was just made to where a job was: `asked` cells given, those with an outcome told. Returns the
 * others in their order: what was under way.
 */
export function replay(
  source: CellSource,
  asked: number,
  outcomes: ReadonlyMap<number, CellOutcome>,
): readonly Cell[] {
  const open: Cell[] = [];
  for (let left = asked; left > 0; ) {
    const cells = source.ask(left);
    if (cells.length === 0) break;
    left -= cells.length;
    for (const cell of cells) {
      const outcome = outcomes.get(cell.index);
      if (outcome === undefined) open.push(cell);
      else source.tell(outcome);
    }
  }
  return open;
}

/** Keeps account of what a source gave and was told; refuses what breaks the port's rules. */
export interface CellAccount {
  readonly given: number;
  readonly told: number;
  give(count: number): void;
  tell(index: number): void;
}

export function createCellAccount(): CellAccount {
  const told = new Set<number>();
  let given = 0;
  return {
    get given() {
      return given;
    },
    get told() {
      return told.size;
    },
    give(count) {
      given += count;
    },
    tell(index) {
      if (index < 0 || index >= given) throw new RangeError(`cell ${index} is told, but was not given`);
      if (told.has(index)) throw new RangeError(`cell ${index} is told twice`);
      told.add(index);
    },
  };
}
