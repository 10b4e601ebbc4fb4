import type { GridSpec, GridSpecInput } from '../../engine/contract/grid.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';
import type { EncoderName, IndicatorName } from '../../engine/contract/words.ts';

export type HyperparameterValue = number | string | boolean;

/** Per model type and hyper-parameter: the values of its axis; an absent or empty one takes the default. */
export type HyperparameterAxes = Readonly<
  Record<string, Readonly<Record<string, readonly HyperparameterValue[]>>>
>;

/** The grid as it is being put together: may be incomplete at any time. */
export interface GridDraft {
  readonly name: string;
  readonly modelTypes: readonly string[];
  readonly symbols: readonly string[];
  readonly timeframes: readonly Timeframe[];
  readonly days: readonly number[];
  readonly horizons: readonly number[];
  readonly encoders: readonly EncoderName[];
  /** Null: chosen by the engine for each timeframe. */
  readonly indicators: Readonly<Partial<Record<IndicatorName, readonly Timeframe[]>>> | null;
  readonly hyperparameters: HyperparameterAxes;
  readonly skipTrained: boolean;
  /** Configurations that the candles are too short for are left out. */
  readonly skipImpossible: boolean;
}

export const EMPTY_DRAFT: GridDraft = {
  name: '',
  modelTypes: [],
  symbols: [],
  timeframes: [],
  days: [90],
  horizons: [3, 6],
  encoders: ['normalized'],
  indicators: null,
  hyperparameters: {},
  skipTrained: true,
  skipImpossible: false,
};

/** What is still to be chosen before the grid can be looked at, in the order of the form. */
export function missingAxes(draft: GridDraft): readonly string[] {
  const axes: readonly (readonly [string, readonly unknown[]])[] = [
    ['a model type', draft.modelTypes],
    ['a symbol', draft.symbols],
    ['a timeframe', draft.timeframes],
    ['days of history', draft.days],
    ['a horizon', draft.horizons],
    ['an encoder', draft.encoders],
  ];
  return axes.filter(([, values]) => values.length === 0).map(([name]) => name);
}

/** The grid as GRID.yaml and the engine spell it; the order of every list is kept, so problems find their entry. */
export function toGrid(draft: GridDraft): GridSpecInput {
  const hyperparameters = Object.fromEntries(
    draft.modelTypes
      .map((type) => [type, setAxes(draft.hyperparameters[type] ?? {})] as const)
      .filter(([, axes]) => Object.keys(axes).length > 0),
  );
  const indicators = Object.entries(draft.indicators ?? {}).filter(([, timeframes]) => timeframes.length > 0);
  return {
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    model_types: [...draft.modelTypes],
    symbols: [...draft.symbols],
    timeframes: [...draft.timeframes],
    days_history: [...draft.days],
    horizons: [...draft.horizons],
    encoders: [...draft.encoders],
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
  const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
  return {
    name: grid.name ?? '',
    modelTypes: unique(grid.model_types),
    symbols: unique(grid.symbols),
    timeframes: unique(grid.timeframes),
    days: unique(grid.days_history),
    horizons: unique(grid.horizons),
    encoders: unique(grid.encoders),
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
