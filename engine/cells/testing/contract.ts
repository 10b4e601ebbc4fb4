import { describe, expect, it } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { type Cell, type CellOutcome, type CellSource, replay } from '../cell-source.ts';

/** How a source is put to the test. */
export interface SourceCase {
  /** A source as a job's specification makes it, always the same. */
  create(): CellSource;
  /** What comes of a cell; the same for the same cell. */
  figuresOf?(cell: Cell): CellOutcome['figures'];
}

type Ask = (given: number) => number;

/** Works a source off: asks for so many at a time, and tells in an order drawn by `seed`. Calls back before each step. */
function workOff(
  source: CellSource,
  figuresOf: NonNullable<SourceCase['figuresOf']>,
  ask: Ask,
  seed: number,
  each: (given: readonly Cell[], told: ReadonlyMap<number, CellOutcome>) => void = () => undefined,
) {
  const random = createPrng(seed);
  const given: Cell[] = [];
  const told = new Map<number, CellOutcome>();
  const open: Cell[] = [];
  for (;;) {
    each(given, told);
    const next = source.ask(ask(given.length));
    given.push(...next);
    open.push(...next);
    if (open.length === 0) return { given, told };
    const [cell] = open.splice(random.int(open.length), 1) as [Cell];
    const state = random.int(10) === 0 ? 'skipped' : 'completed';
    const outcome: CellOutcome = { index: cell.index, state, figures: figuresOf(cell) };
    told.set(cell.index, outcome);
    source.tell(outcome);
  }
}

/** The tests that every source of cells passes. */
export function testCellSource(name: string, { create, figuresOf = () => ({}) }: SourceCase): void {
  const all = workOff(create(), figuresOf, () => 1, 1);

  describe(`${name}, as a source of cells`, () => {
    it('numbers its cells and gives each once', () => {
      expect(all.given.length).toBeGreaterThan(3);
      expect(all.given.map(({ index }) => index)).toEqual(all.given.map((_, i) => i));
    });

    it('gives the same cells however many are asked for at a time, and however they are told', () => {
      const asks: Ask[] = [() => 1, () => 3, () => Number.POSITIVE_INFINITY, (given) => 1 + (given % 4)];
      for (const [seed, ask] of asks.entries()) {
        expect(workOff(create(), figuresOf, ask, seed).given).toEqual(all.given);
      }
    });

    it('gives no more than it is asked for, and nothing when all is told', () => {
      const source = create();
      expect(source.ask(0)).toEqual([]);
      expect(source.ask(1)).toHaveLength(1);
      const done = create();
      workOff(done, figuresOf, () => 2, 2);
      expect(done.ask(10)).toEqual([]);
    });

    it('never stands still: while anything remains, a cell is under way or comes when asked for', () => {
      const source = create();
      const { given } = workOff(source, figuresOf, () => 1, 3);
      const { cells, groups } = source.estimate();
      expect([cells.remaining, groups.remaining]).toEqual([0, 0]);
      expect(cells.total).toBe(given.length);
      expect(groups.total).toBe(new Set(given.map(({ group }) => group)).size);
    });

    it('estimates what remains: each cell told takes one away, more only where the source finds out that less will come', () => {
      const source = create();
      let before = source.estimate();
      let count = 0;
      expect(before.cells.remaining).toBe(before.cells.total);
      expect(before.cells.total).toBeGreaterThanOrEqual(all.given.length);
      workOff(
        source,
        figuresOf,
        () => 2,
        4,
        (_, told) => {
          const now = source.estimate();
          expect(before.cells.remaining - now.cells.remaining).toBeGreaterThanOrEqual(told.size - count);
          expect(now.cells.total).toBeLessThanOrEqual(before.cells.total);
          expect(now.cells.remaining).toBeLessThanOrEqual(now.cells.total - told.size);
          before = now;
          count = told.size;
        },
      );
    });

    it('completes a group with the last of its cells, and numbers groups as they begin', () => {
      const source = create();
      const sizes = Map.groupBy(all.given, ({ group }) => group);
      expect([...sizes.keys()]).toEqual([...sizes.keys()].map((_, i) => i));
      workOff(
        source,
        figuresOf,
        () => 2,
        5,
        (_, told) => {
          const complete = [...sizes.values()].filter((cells) => cells.every(({ index }) => told.has(index)));
          const { total, remaining } = source.estimate().groups;
          expect(total - remaining).toBe(complete.length);
        },
      );
    });

    it('goes on after a restart as it would have, whenever that is', () => {
      workOff(
        create(),
        figuresOf,
        () => 2,
        6,
        (given, told) => {
          const source = create();
          const open = replay(source, given.length, told);
          expect(open).toEqual(given.filter(({ index }) => !told.has(index)));
          for (const cell of open)
            source.tell({ index: cell.index, state: 'completed', figures: figuresOf(cell) });
          const rest = workOff(source, figuresOf, () => 3, 7).given;
          expect([...given, ...rest]).toEqual(all.given);
        },
      );
    });

    it('refuses to be told of a cell that it did not give, or twice', () => {
      const source = create();
      const outcome = { index: 0, state: 'completed', figures: figuresOf(all.given[0]!) } as const;
      expect(() => source.tell(outcome)).toThrow(RangeError);
      source.ask(1);
      source.tell(outcome);
      expect(() => source.tell(outcome)).toThrow(RangeError);
    });
  });
}
