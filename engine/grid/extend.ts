import { gridError } from '../contract/grid.ts';
import type { NewCell } from '../store/queues.ts';
import type { CellsTable } from '../store/schema.ts';

/**
 * The cells of a wider grid, with what the queue has done of them already; a cell whose candles or rules changed since is
 * new.
 * @throws EngineError `grid-invalid` when the wider grid lacks a cell that the queue has
 */
export function extendedCells(cells: readonly NewCell[], before: readonly CellsTable[]): NewCell[] {
  const known = new Map(before.map((cell) => [nameOf(cell.config_hash, cell.as_of), cell]));
  const wider = new Set(cells.map((cell) => nameOf(cell.configHash, cell.asOf)));
  const lost = [...known.keys()].filter((name) => !wider.has(name)).length;
  if (lost > 0) {
    throw gridError([
      { path: '', message: `an extension may only add: ${lost} of the queue's configurations are missing` },
    ]);
  }
  return cells.map((cell) => {
    const done = known.get(nameOf(cell.configHash, cell.asOf));
    return done === undefined || done.run_key !== cell.runKey || done.state === 'pending'
      ? cell
      : { ...cell, state: done.state, runId: done.run_id };
  });
}

function nameOf(configHash: string, asOf: number | null): string {
  return `${configHash} ${asOf}`;
}
