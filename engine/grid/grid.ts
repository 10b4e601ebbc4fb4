import type { AxisWith } from '../contract/axes.ts';
import {
  AXIS_LIST,
  type Configuration,
  type ConfiguredHyperparameters,
  INITIAL_VALUES,
  type IndicatorTimeframes,
} from '../contract/configuration.ts';
import { type GridSpec, readClassifier } from '../contract/grid.ts';
import { TIMEFRAME_MINUTES, TIMEFRAMES, type Timeframe } from '../contract/timeframe.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { expandHyperparameters } from './hyperparameters.ts';
import { createPlaces } from './places.ts';

/**
 * A grid whose cells are computed when asked for. Grid order is symbol, timeframe, encoder, days, horizon, model
 * type with its hyper-parameters: cells that share a feature matrix are neighbors.
 */
export interface Grid {
  readonly spec: GridSpec;
  readonly size: number;
  readonly axes: GridAxes;
  /** By its position in grid order, from 0. */
  cell(index: number): Configuration;
  /** The position of a configuration that it has, or undefined. */
  indexOf(configuration: Configuration): number | undefined;
  /** Which of the values of an axis the cell at a position has. */
  placeOf(axis: ListedAxis, index: number): number;
  /** The indicators of cells on a timeframe of the grid. */
  indicatorTimeframes(base: Timeframe): IndicatorTimeframes;
  cells(): Generator<Configuration>;
}

export interface ModelVariant {
  readonly modelType: string;
  readonly hyperparameters: ConfiguredHyperparameters;
}

/** Axes that a grid file lists, but for the model types, which come with their hyper-parameters. */
export type ListedAxis = Exclude<AxisWith<{ grid: object }>, 'modelType'>;

/** The values of each axis, without repetitions. */
export type GridAxes = { readonly [K in ListedAxis]: readonly Configuration[K][] } & {
  /** Model types times their hyper-parameter axes. */
  readonly variants: readonly ModelVariant[];
};

/** Fastest first. */
const LISTED = AXIS_LIST.flatMap(({ key, grid }) =>
  grid === undefined || key === 'modelType' ? [] : [{ ...grid, axis: key as ListedAxis }],
).sort((a, b) => b.order - a.order);

/**
 * Values that mean the same (`1h` and `H1`, a default given and left out) are one.
 * Throws `grid-invalid` for unknown model types and hyper-parameters out of bounds.
 */
export function createGrid(asked: GridSpec): Grid {
  const spec = readClassifier(asked);
  const stored = spec as Readonly<Record<string, unknown>> as Readonly<Record<string, unknown[] | undefined>>;
  const lists = LISTED.map(({ axis, key, initial }) => {
    // A grid that was stored before there was the axis does not list it.
    const values = stored[key] ?? initial ?? [];
    return [axis, [...new Set(values)]] as const;
  });
  const axes = { ...Object.fromEntries(lists), variants: expandHyperparameters(spec) } as unknown as GridAxes;
  const { variants } = axes;
  const indicators = new Map(
    axes.timeframe.map((base) => [base, indicatorTimeframesFor(spec, base)] as const),
  );
  const steps = new Map<ListedAxis, { readonly step: number; readonly count: number }>();
  let size = variants.length;
  for (const [axis, { length: count }] of lists) {
    steps.set(axis, { step: size, count });
    size *= count;
  }

  function cell(index: number): Configuration {
    const variant = variants[index % variants.length]!;
    const values: Record<string, unknown> = {
      ...INITIAL_VALUES,
      modelType: variant.modelType,
      hyperparameters: variant.hyperparameters,
    };
    let rest = Math.floor(index / variants.length);
    for (const [axis, list] of lists) {
      values[axis] = list[rest % list.length];
      rest = Math.floor(rest / list.length);
    }
    values.indicatorTimeframes = indicators.get(values.timeframe as Timeframe);
    return values as Configuration;
  }

  const places = createPlaces(() => ({ lists, variants }));
  function indexOf(configuration: Configuration): number | undefined {
    const { modelType, hyperparameters, timeframe, indicatorTimeframes } = configuration;
    let index = places.variant(modelType, hyperparameters);
    for (const [axis, { step }] of steps) {
      const place = places.value(axis, configuration[axis]);
      if (index === undefined || place === undefined) return undefined;
      index += place * step;
    }
    return places.same(indicators.get(timeframe), indicatorTimeframes) ? index : undefined;
  }

  function placeOf(axis: ListedAxis, index: number): number {
    const { step, count } = steps.get(axis)!;
    return Math.floor(index / step) % count;
  }

  function* cells() {
    for (let index = 0; index < size; index++) yield cell(index);
  }

  return {
    spec,
    size,
    axes,
    cell,
    indexOf,
    placeOf,
    cells,
    indicatorTimeframes: (base) => indicators.get(base)!,
  };
}

/**
 * The indicators of cells on `base`. A timeframe below the base can't be used there and is left out, so that one
 * map can serve a grid with several base timeframes; keys and values are sorted, so equal choices hash equally.
 */
function indicatorTimeframesFor(spec: GridSpec, base: Timeframe): IndicatorTimeframes {
  if (spec.indicator_timeframes === undefined) return defaultIndicatorTimeframes(base);
  const usable = Object.entries(spec.indicator_timeframes)
    .map(([name, wanted]): [string, Timeframe[]] => [
      name,
      TIMEFRAMES.filter((t) => wanted.includes(t) && TIMEFRAME_MINUTES[t] >= TIMEFRAME_MINUTES[base]),
    ])
    .filter(([, timeframes]) => timeframes.length > 0);
  return Object.fromEntries(usable.sort(([a], [b]) => (a < b ? -1 : 1)));
}
