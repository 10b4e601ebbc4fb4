import type { Configuration } from '../contract/configuration.ts';
import { type Cell, type CellSource, createCellAccount } from './cell-source.ts';

/**
 * Configurations as a source, in their order, whatever comes of the others: those that are no product of axes. `asOf`: see Cell;
 * the same for all.
 */
export function createListSource(
  configurations: readonly Configuration[],
  asOf: number | null = null,
): CellSource {
  const account = createCellAccount();
  const total = configurations.length;
  return {
    ask(count) {
      const from = account.given;
      const cells = configurations
        .slice(from, from + count)
        .map((configuration, i): Cell => ({ index: from + i, configuration, asOf, group: from + i }));
      account.give(cells.length);
      return cells;
    },
    tell: ({ index }) => account.tell(index),
    estimate() {
      const cells = { total, remaining: total - account.told };
      return { cells, groups: cells };
    },
  };
}
