import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { Resolver } from '../binding/resolver.ts';
import { trainedAs } from '../binding/trained.ts';
import { createConfigurationReader } from '../cells/columns.ts';
import { completedRuns, configurationsTrained } from '../store/completed-runs.ts';
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
  const indices = new Set<number>();
  const read = createConfigurationReader();
  for (const row of configurationsTrained(store, { ...axes, modelType })) {
    const index = grid.indexOf(read(row));
    if (index !== undefined && !impossible.has(index)) indices.add(index);
  }
  const cells = [...indices].map((index) => resolver.resolve(grid.cell(index)));
  const known = completedRuns(
    store,
    cells.map(({ configHash }) => configHash),
  );
  let trained = 0;
  for (const cell of cells) {
    const runs = known.get(cell.configHash) ?? [];
    if (trainedAs(store, models, runs, cell) !== undefined) trained++;
    else if (runs.length > 0) outdated(runs[0]!.id, cell.basis);
  }
  return trained;
}
