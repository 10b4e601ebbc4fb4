import { AXIS_LIST, type KeyedAxis } from '../../engine/contract/configuration.ts';
import type { Problem } from '../../engine/contract/errors.ts';

/** Fields of the grid form, by the name that a problem's path starts with: an axis's list, or the axis itself. */
export const GRID_FIELDS: readonly string[] = ['name', ...AXIS_LIST.map(fieldOf)];

/** The field of an axis in a grid. */
export function fieldOf({ name, grid }: KeyedAxis): string {
  return grid?.key ?? name;
}

/** Problems sorted to the fields they belong to. */
export interface FieldProblems {
  readonly fields: Readonly<Partial<Record<string, readonly Problem[]>>>;
  /** Those that belong to no field of the form. */
  readonly rest: readonly Problem[];
}

/** `grid.days_history[1]` belongs to `days_history`; the method's own `grid.` or `search.` is dropped. */
export function problemsByField(
  problems: readonly Problem[],
  known: readonly string[] = GRID_FIELDS,
): FieldProblems {
  const fields: Partial<Record<string, Problem[]>> = {};
  const rest: Problem[] = [];
  for (const { path, message } of problems) {
    const inGrid = path.replace(/^(grid|search)(\.|$)/, '');
    const [head] = inGrid.split(/[.[]/, 1);
    const field = known.find((name) => name === head);
    if (field === undefined) rest.push({ path: inGrid, message });
    else {
      fields[field] ??= [];
      fields[field].push({ path: inGrid, message });
    }
  }
  return { fields, rest };
}

/** Index of the list entry that a problem is about: `days_history[1]` -> 1; undefined for the whole list. */
export function entryOf(problem: Problem): number | undefined {
  const match = /\[(\d+)\]/.exec(problem.path);
  return match === null ? undefined : Number(match[1]);
}

/** Problems of one hyper-parameter: `hyperparameters.ridge.alpha` for `ridge`, `alpha`. */
export function hyperparameterProblems(
  problems: readonly Problem[] | undefined,
  modelType: string,
  key: string,
): readonly Problem[] {
  const path = `hyperparameters.${modelType}.${key}`;
  return (problems ?? []).filter((p) => p.path === path || p.path.startsWith(`${path}[`));
}
