import { decodeResults, type StoredResults } from '../pipeline/results-blob.ts';
import type { RunRow } from '../store/runs.ts';
import { lacksTable } from '../store/tables.ts';

/** The table of all strategies of a run; undefined where it is not there, or was shrunk. */
export function wholeTable({ results }: Pick<RunRow, 'results'>): StoredResults | undefined {
  const table = results === null ? undefined : decodeResults(results);
  return table?.places === undefined ? table : undefined;
}

/** Why a run has no table of its strategies though it was completed, and what gives it again; null where it has one, or failed. */
export function missingTable(row: Pick<RunRow, 'results' | 'status' | 'artifact_file'>): string | null {
  if (!lacksTable(row)) return row.results === null || wholeTable(row) !== undefined ? null : SHRUNK;
  const remedy =
    row.artifact_file === null
      ? 'training its deleted model again computes it (regimen evaluate --retrain-deleted)'
      : 'evaluating the run again computes it (regimen evaluate)';
  return `The table of strategies is not in the checkpoint this run came back from; ${remedy}.`;
}

const SHRUNK =
  'Its model was not kept, and it is old: the figures of its contenders and its ten most important features are left, all others were let go (storage.full_results_days). Training its configuration again computes them (regimen train --retrain).';
