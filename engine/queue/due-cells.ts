import { type Cell, type CellOutcome, type CellSource, replay } from '../cells/cell-source.ts';
import { configHash } from '../cells/config-hash.ts';
import { findConfiguration } from '../store/configurations.ts';
import type { Store } from '../store/database.ts';
import { cellsOf } from '../store/queues.ts';
import type { CellsTable } from '../store/schema.ts';

/**
 * The pending cells of a queue in their order. `source` was just made from the queue's specification, and is told of all
 * the others.
 */
export function dueCells(store: Store, queueId: number, source: CellSource): Cell[] {
  const rows = cellsOf(store, queueId);
  const outcomes = new Map(rows.flatMap((row) => outcomeOf(row)));
  const open = new Map(replay(source, rows.length, outcomes).map((cell) => [cell.index, cell]));
  return rows.flatMap((row) => {
    const cell = open.get(row.cell_index);
    return cell === undefined ? [] : [asStored(store, row, cell)];
  });
}

function outcomeOf({ cell_index: index, state }: CellsTable): [number, CellOutcome][] {
  return state === 'pending' ? [] : [[index, { index, state, figures: {} }]];
}

/** A cell stays what it was when its queue was made, even where a later version expands the same grid to something else. */
function asStored(store: Store, row: CellsTable, cell: Cell): Cell {
  if (configHash(cell.configuration) === row.config_hash) return { ...cell, asOf: row.as_of };
  const configuration = findConfiguration(store, row.config_hash) ?? cell.configuration;
  return { ...cell, configuration, asOf: row.as_of };
}
