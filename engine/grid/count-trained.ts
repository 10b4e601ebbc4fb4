import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { ResolvedCell, Resolver } from '../binding/resolver.ts';
import { trainedAs } from '../binding/trained.ts';
import { createConfigurationReader } from '../cells/columns.ts';
import { completedRuns, completedRunsWith } from '../store/completed-runs.ts';
import type { Store } from '../store/database.ts';
import type { Changes } from './changes.ts';
import type { Grid } from './grid.ts';
import type { Preflight } from './preflight.ts';

/** Where trained cells are looked for. */
export interface TrainedCells {
  readonly store: Store;
  /** Which model files are there. */
  readonly models: Pick<ArtifactFolder, 'has'>;
}

/** Of a run that may be a cell's. */
interface Known {
  readonly hash: string;
  readonly key: string;
  readonly file: string | null;
}

/**
 * How many cells of a grid are trained already, found from the runs that there are: none of the others is made. Of those that
 * were trained on another basis, `outdated` is told the newest run and today's basis.
 */
export function countTrained(
  { store, models }: TrainedCells,
  {
    grid,
    impossible,
    resolver,
  }: { readonly grid: Grid; readonly impossible: Preflight['impossible']; readonly resolver: Resolver },
  outdated: Changes['add'],
): number {
  const { variants, ...axes } = grid.axes;
  const modelType = [...new Set(variants.map((variant) => variant.modelType))];
  const cells = new Map<number, Known[]>();
  const read = createConfigurationReader();
  for (const row of completedRunsWith(store, { ...axes, modelType })) {
    const index = grid.indexOf(read(row));
    if (index === undefined || impossible.has(index)) continue;
    const runs = cells.get(index);
    const known = { hash: row.config_hash, key: row.run_key, file: row.artifact_file };
    if (runs === undefined) cells.set(index, [known]);
    else runs.push(known);
  }
  let trained = 0;
  const others: ResolvedCell[] = [];
  for (const [index, runs] of cells) {
    const cell = resolver.resolve(grid.cell(index));
    const isTrained = runs.some(
      ({ key, file }) => key === cell.runKey && (file === null || models.has(file)),
    );
    if (isTrained) trained++;
    else if (runs.some(({ hash }) => hash === cell.configHash)) others.push(cell);
  }
  const known = completedRuns(
    store,
    others.map(({ configHash }) => configHash),
  );
  for (const cell of others) {
    const runs = known.get(cell.configHash)!;
    if (trainedAs(store, models, runs, cell) !== undefined) trained++;
    else outdated(runs[0]!.id, cell.basis);
  }
  return trained;
}
