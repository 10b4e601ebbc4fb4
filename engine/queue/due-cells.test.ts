import { afterEach, beforeEach, expect, it } from 'vitest';
import { configHash } from '../cells/config-hash.ts';
import { parseGridSpec } from '../contract/grid.ts';
import { createGrid } from '../grid/grid.ts';
import { createGridSource } from '../grid/source.ts';
import { openStore, type Store } from '../store/database.ts';
import { insertQueue, type NewCell } from '../store/queues.ts';
import { dueCells } from './due-cells.ts';

const grid = createGrid(
  parseGridSpec({
    model_types: 'ridge',
    symbols: 'EURUSD',
    timeframes: 'H1',
    days_history: 60,
    horizons: [1, 3, 6, 12],
  }),
);

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});
afterEach(() => store.close());

function cells(changes: Partial<NewCell>[] = []): NewCell[] {
  return [...grid.cells()].map((configuration, i): NewCell => {
    const cell = { configuration, asOf: null, state: 'pending', runId: null, ...changes[i] } as const;
    return { ...cell, configHash: configHash(cell.configuration), runKey: String(i) };
  });
}
const queueOf = (list: NewCell[]) => insertQueue(store, { name: 'q', spec: {}, createdAt: 1 }, list);

it('are the pending ones in their order, and the source knows of the others', () => {
  const source = createGridSource(grid);
  const queueId = queueOf(cells([{ state: 'completed' }, {}, { state: 'failed' }, {}]));
  const due = dueCells(store, queueId, source);
  expect(due.map(({ index, configuration }) => [index, configuration.horizon])).toEqual([
    [1, 3],
    [3, 12],
  ]);
  expect(source.estimate().cells).toEqual({ total: 4, remaining: 2 });
  expect(due[0]?.configuration.indicatorTimeframes).toBe(due[1]?.configuration.indicatorTimeframes);
});

it('stay what they were stored as, where the grid expands to something else by now', () => {
  const stored = { ...grid.cell(1), hyperparameters: { alpha: 5 } };
  const queueId = queueOf(cells([{}, { configuration: stored, asOf: 86_400_000 }]));
  const due = dueCells(store, queueId, createGridSource(grid));
  expect(due[1]).toMatchObject({ configuration: stored, asOf: 86_400_000 });
  expect(due[0]?.configuration).toEqual(grid.cell(0));
});
