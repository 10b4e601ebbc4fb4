import { AXIS_LIST } from '../../engine/contract/configuration.ts';
import type { GridLists, GridSpec, GridSpecInput } from '../../engine/contract/grid.ts';
import {
  areAxesOfSides,
  type HyperparameterAxes as EngineAxes,
  type HyperparameterValue,
  MODEL_SIDES,
  type ModelSide,
} from '../../engine/contract/hyperparameters.ts';
import { hasTwoModels } from '../../engine/contract/target-names.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';
import type { IndicatorName } from '../../engine/contract/words.ts';

/**
 * Per model type and hyper-parameter: the values of its axis; an absent or empty one takes the default. Where its two models differ, each
 * under the name that `modelOfSide` gives.
 */
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
  /** Model types whose LONG and SHORT model have hyper-parameters of their own. */
  readonly apart: readonly string[];
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
  apart: [],
  skipTrained: true,
  skipImpossible: false,
};

/** `ridge.long`, as the place of a problem has it: no model type has a dot in its name. */
export function modelOfSide(modelType: string, side: ModelSide): string {
  return `${modelType}.${side}`;
}

/** A model type whose models are told apart from now on, or no more; both begin with what they had together. */
export function withSides(
  draft: Pick<GridDraft, 'hyperparameters' | 'apart'>,
  modelType: string,
  areApart: boolean,
): Pick<GridDraft, 'hyperparameters' | 'apart'> {
  const others = draft.apart.filter((type) => type !== modelType);
  if (!areApart) return { hyperparameters: draft.hyperparameters, apart: others };
  const axes = draft.hyperparameters[modelType] ?? {};
  const sides = MODEL_SIDES.map((side) => [modelOfSide(modelType, side), axes] as const);
  return {
    hyperparameters: { ...draft.hyperparameters, ...Object.fromEntries(sides) },
    apart: [...others, modelType],
  };
}

/** Whether all that the grid learns has a LONG and a SHORT model. */
export function haveTwoModels({ targets }: GridLists): boolean {
  return targets.length > 0 && targets.every(hasTwoModels);
}

/** What is still to be chosen before the grid can be looked at, in the order of the form. */
export function missingAxes({ lists }: GridDraft): readonly string[] {
  return LISTED.filter(({ key }) => lists[key as keyof GridLists].length === 0).map(({ title }) =>
    title.toLowerCase(),
  );
}

/** The grid as GRID.yaml and the engine spell it; the order of every list is kept, so problems find their entry. */
export function toGrid(draft: GridDraft): GridSpecInput {
  const { lists } = draft;
  const axesOf = (model: string) => setAxes(draft.hyperparameters[model] ?? {});
  const hyperparameters = Object.fromEntries(
    lists.model_types
      .map((type) => {
        if (!draft.apart.includes(type)) return [type, axesOf(type)] as const;
        const [long, short] = MODEL_SIDES.map((side) => axesOf(modelOfSide(type, side)));
        return [type, { long: long!, short: short! }] as const;
      })
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
  const given = Object.entries(grid.hyperparameters ?? {});
  return {
    name: grid.name ?? '',
    // A grid that was stored before an axis came has no list of it.
    lists: listsOf(({ key, first }) => [...new Set<unknown>(grid[key as keyof GridLists] ?? first)]),
    indicators: grid.indicator_timeframes ?? null,
    hyperparameters: Object.fromEntries(
      given.flatMap(([type, axes]) =>
        areAxesOfSides(axes)
          ? MODEL_SIDES.map((side) => [modelOfSide(type, side), listedAxes(axes[side])] as const)
          : [[type, listedAxes(axes)] as const],
      ),
    ),
    apart: given.flatMap(([type, axes]) => (areAxesOfSides(axes) ? [type] : [])),
    skipTrained,
    skipImpossible: false,
  };
}

function listedAxes(axes: EngineAxes): Record<string, readonly HyperparameterValue[]> {
  return Object.fromEntries(
    Object.entries(axes).map(([key, value]) => [key, Array.isArray(value) ? value : [value]]),
  );
}
