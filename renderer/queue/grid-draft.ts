import { AXIS_LIST } from '../../engine/contract/configuration.ts';
import type { GridLists, GridSpec, GridSpecInput } from '../../engine/contract/grid.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';
import type { IndicatorName } from '../../engine/contract/words.ts';

export type HyperparameterValue = number | string | boolean;

/** Per model type and hyper-parameter: the values of its axis; an absent or empty one takes the default. */
export type HyperparameterAxes = Readonly<
  Record<string, Readonly<Record<string, readonly HyperparameterValue[]>>>
>;

/** The grid as it is being put together: may be incomplete at any time. */
export interface GridDraft {
  readonly name: string;
  /** By the names of GRID.yaml. */
  readonly lists: GridLists;
  /** Null: chosen by the engine for each timeframe. */
  readonly indicators: Readonly<Partial<Record<IndicatorName, readonly Timeframe[]>>> | null;
  readonly hyperparameters: HyperparameterAxes;
  readonly skipTrained: boolean;
  /** Configurations that the candles are too short for are left out. */
  readonly skipImpossible: boolean;
}

/** The axes that a grid lists, in the order of the form. */
const LISTED = AXIS_LIST.flatMap(({ grid, form, title }) =>
  grid === undefined
    ? []
    : [{ key: grid.key, title: form?.title ?? title, first: form?.first ?? grid.initial ?? [] }],
);

function listsOf(valuesOf: (axis: (typeof LISTED)[number]) => readonly unknown[]): GridLists {
  return Object.fromEntries(LISTED.map((axis) => [axis.key, valuesOf(axis)])) as unknown as GridLists;
}

export const EMPTY_DRAFT: GridDraft = {
  name: '',
  lists: listsOf(({ first }) => first),
  indicators: null,
  hyperparameters: {},
  skipTrained: true,
  skipImpossible: false,
};

/** What is still to be chosen before the grid can be looked at, in the order of the form. */
export function missingAxes({ lists }: GridDraft): readonly string[] {
  return LISTED.filter(({ key }) => lists[key as keyof GridLists].length === 0).map(({ title }) =>
    title.toLowerCase(),
  );
}

/** The grid as GRID.yaml and the engine spell it; the order of every list is kept, so problems find their entry. */
export function toGrid(draft: GridDraft): GridSpecInput {
  const { lists } = draft;
  const hyperparameters = Object.fromEntries(
    lists.model_types
      .map((type) => [type, setAxes(draft.hyperparameters[type] ?? {})] as const)
      .filter(([, axes]) => Object.keys(axes).length > 0),
  );
  const indicators = Object.entries(draft.indicators ?? {}).filter(([, timeframes]) => timeframes.length > 0);
  return {
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    ...(listsOf(({ key }) => [...lists[key as keyof GridLists]]) as { [K in keyof GridLists]: GridSpec[K] }),
    ...(indicators.length === 0 ? {} : { indicator_timeframes: Object.fromEntries(indicators) }),
    ...(Object.keys(hyperparameters).length === 0 ? {} : { hyperparameters }),
  };
}

/** One value stays a value, several become a list. */
function setAxes(axes: Readonly<Record<string, readonly HyperparameterValue[]>>) {
  return Object.fromEntries(
    Object.entries(axes)
      .filter(([, values]) => values.length > 0)
      .map(([key, values]) => [key, values.length === 1 ? values[0]! : [...values]]),
  );
}

/** A grid that was read or queued before, as a draft to go on from. */
export function fromGrid(grid: GridSpec, skipTrained = true): GridDraft {
  return {
    name: grid.name ?? '',
    // A grid that was stored before an axis came has no list of it.
    lists: listsOf(({ key, first }) => [...new Set<unknown>(grid[key as keyof GridLists] ?? first)]),
    indicators: grid.indicator_timeframes ?? null,
    hyperparameters: Object.fromEntries(
      Object.entries(grid.hyperparameters ?? {}).map(([type, axes]) => [
        type,
        Object.fromEntries(
          Object.entries(axes).map(([key, value]) => [key, Array.isArray(value) ? value : [value]]),
        ),
      ]),
    ),
    skipTrained,
    skipImpossible: false,
  };
}
