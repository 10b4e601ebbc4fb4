import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { CompletedRun } from '../store/completed-runs.ts';
import type { Store } from '../store/database.ts';
import { evaluationKeysOf, isKeyOf } from '../store/figure-keys.ts';
import { trainingKeyOf } from '../store/runs.ts';
import type { ResolvedCell } from './resolver.ts';

/** Which model files are there. */
type Models = Pick<ArtifactFolder, 'has'>;

type Keys = Pick<ResolvedCell, 'runKey' | 'trainingKey' | 'evaluationKeys'>;

/**
 * The run, among those of a cell's configuration, that has its result already: the same model, and each figure that the cell
 * would have. That the run has figures of further regimes, too, does not matter. One whose model file is missing does not count:
 * training it again brings the file back.
 */
export function trainedAs(
  store: Store,
  models: Models,
  runs: readonly CompletedRun[],
  cell: Keys,
): CompletedRun | undefined {
  const sound = runs.filter(({ artifactFile }) => artifactFile === null || models.has(artifactFile));
  const same = sound.find((run) => run.runKey === cell.runKey);
  return (
    same ??
    sound.find(({ id }) => trainingKeyOf(store, id) === cell.trainingKey && hasFigures(store, id, cell))
  );
}

function hasFigures(store: Store, runId: number, { evaluationKeys }: Keys): boolean {
  const known = evaluationKeysOf(store, runId);
  return Object.entries(evaluationKeys).every(([name, key]) => isKeyOf(known[name], key));
}
