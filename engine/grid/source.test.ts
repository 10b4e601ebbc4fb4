import { expect, it } from 'vitest';
import { testCellSource } from '../cells/testing/contract.ts';
import { parseGridSpec } from '../contract/grid.ts';
import { createGrid } from './grid.ts';
import { createGridSource } from './source.ts';

const grid = createGrid(
  parseGridSpec({
    model_types: ['ridge', 'lasso'],
    symbols: ['EURUSD'],
    timeframes: ['H1', 'H4'],
    days_history: 60,
    horizons: [1, 3, 6],
  }),
);

testCellSource('a grid', { create: () => createGridSource(grid) });

it('a grid gives its cells in grid order, each a group of its own as of the newest bars', () => {
  const cells = createGridSource(grid).ask(Number.POSITIVE_INFINITY);
  expect(cells.map(({ configuration }) => configuration)).toEqual([...grid.cells()]);
  expect(cells[3]).toMatchObject({ index: 3, group: 3, asOf: null });
});
