import { type Cell, type CellSource, createCellAccount } from '../cells/cell-source.ts';
import type { Grid } from './grid.ts';

/**
 * A grid as a source: every cell in grid order, whatever comes of the others, each as of what the configuration file says
 * when it is trained.
 */
export function createGridSource(grid: Grid): CellSource {
  const account = createCellAccount();
  return {
    ask(count) {
      const from = account.given;
      const length = Math.min(count, grid.size - from);
      account.give(length);
      return Array.from({ length }, (_, i): Cell => {
        const index = from + i;
        return { index, configuration: grid.cell(index), asOf: null, group: index };
      });
    },
    tell: ({ index }) => account.tell(index),
    estimate() {
      const cells = { total: grid.size, remaining: grid.size - account.told };
      return { cells, groups: cells };
    },
  };
}
