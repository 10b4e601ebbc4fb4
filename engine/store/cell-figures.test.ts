import { afterEach, beforeEach, expect, it } from 'vitest';
import { cellFigures } from './cell-figures.ts';
import { openStore, type Store } from './database.ts';
import { finishCell, insertQueue, reopenFailedCells, replaceCells } from './queues.ts';
import { insertRun } from './runs.ts';
import { exampleCell, exampleStrategy, keptRun } from './testing/example-rows.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
  insertRun(store, keptRun(1), [exampleStrategy(0)]);
});
afterEach(() => store.close());

const queue = () => insertQueue(store, { name: 'q', spec: {}, createdAt: 1 }, []);

it('are those of the cells, whatever was written since they were asked for', () => {
  const [id, other] = [queue(), queue()];
  const of = (pending: number, failed: number, skipped: number) => ({
    pending,
    completed: 0,
    failed,
    skipped,
  });
  expect(cellFigures(store, id)).toEqual({ counts: of(0, 0, 0), impossible: 0, firstPending: null });
  replaceCells(store, id, {}, [
    exampleCell(1, 'skipped', null),
    exampleCell(2, 'pending', null),
    exampleCell(3, 'pending', null),
  ]);
  const begun = { counts: of(2, 0, 1), impossible: 1, firstPending: 1 };
  expect(cellFigures(store, id)).toEqual(begun);
  expect(cellFigures(store, id)).toBe(cellFigures(store, id));
  finishCell(store, id, 1, 'failed', 1);
  expect(cellFigures(store, id)).toEqual({ counts: of(1, 1, 1), impossible: 1, firstPending: 2 });
  reopenFailedCells(store, id);
  expect(cellFigures(store, id)).toEqual(begun);
  expect(cellFigures(store, other).counts).toEqual(of(0, 0, 0));
});
