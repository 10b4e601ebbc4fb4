import type { RunRow } from '../store/runs.ts';
import { lacksTable } from '../store/tables.ts';

/** Why a run has no table of its strategies though it was completed, and what gives it again; null where it has one, or failed. */
export function missingTable(row: Pick<RunRow, 'results' | 'status' | 'artifact_file'>): string | null {
  if (!lacksTable(row)) return null;
  const remedy =
    row.artifact_file === null
      ? 'training its deleted model again computes it (regimen evaluate --retrain-deleted)'
      : 'evaluating the run again computes it (regimen evaluate)';
  return `The table of strategies is not in the checkpoint this run came back from; ${remedy}.`;
}
