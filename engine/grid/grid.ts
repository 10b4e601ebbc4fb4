import type { Configuration, Hyperparameters, IndicatorTimeframes } from '../contract/configuration.ts';
import type { GridSpec } from '../contract/grid.ts';
import { TIMEFRAME_MINUTES, TIMEFRAMES, type Timeframe } from '../contract/timeframe.ts';
import type { EncoderName } from '../contract/words.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { canonicalJson, sha256 } from '../identity/digest.ts';
import { expandHyperparameters } from './hyperparameters.ts';

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
  /** The indicators of cells on a timeframe of the grid. */
  indicatorTimeframes(base: Timeframe): IndicatorTimeframes;
  cells(): Generator<Configuration>;
}

export interface ModelVariant {
  readonly modelType: string;
  readonly hyperparameters: Hyperparameters;
}

export interface GridAxes {
  readonly symbols: readonly string[];
  readonly timeframes: readonly Timeframe[];
  readonly encoders: readonly EncoderName[];
  readonly daysHistory: readonly number[];
  readonly horizons: readonly number[];
  /** Model types times their hyper-parameter axes. */
  readonly variants: readonly ModelVariant[];
}

/**
 * Values that mean the same (`1h` and `H1`, a default given and left out) are one.
 * Throws `grid-invalid` for unknown model types and hyper-parameters out of bounds.
 */
export function createGrid(spec: GridSpec): Grid {
  const axes: GridAxes = {
    symbols: [...new Set(spec.symbols)],
    timeframes: [...new Set(spec.timeframes)],
    encoders: [...new Set(spec.encoders)],
    daysHistory: [...new Set(spec.days_history)],
    horizons: [...new Set(spec.horizons)],
    variants: expandHyperparameters(spec),
  };
  const indicators = new Map(
    axes.timeframes.map((base) => [base, indicatorTimeframesFor(spec, base)] as const),
  );
  const { symbols, timeframes, encoders, daysHistory, horizons, variants } = axes;
  const size =
    symbols.length *
    timeframes.length *
    encoders.length *
    daysHistory.length *
    horizons.length *
    variants.length;

  function cell(index: number): Configuration {
    let rest = index;
    const pick = <T>(axis: readonly T[]): T => {
      const value = axis[rest % axis.length]!;
      rest = Math.floor(rest / axis.length);
      return value;
    };
    const variant = pick(variants);
    const horizon = pick(horizons);
    const days = pick(daysHistory);
    const encoder = pick(encoders);
    const timeframe = pick(timeframes);
    const symbol = pick(symbols);
    return {
      modelType: variant.modelType,
      encoder,
      symbol,
      timeframe,
      daysHistory: days,
      horizon,
      indicatorTimeframes: indicators.get(timeframe)!,
      hyperparameters: variant.hyperparameters,
    };
  }

  function* cells() {
    for (let index = 0; index < size; index++) yield cell(index);
  }

  return { spec, size, axes, cell, cells, indicatorTimeframes: (base) => indicators.get(base)! };
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

/** Canonical JSON of what the cells of a grid share, so that it is written once for all of them. */
const sharedJson = new WeakMap<object, string>();

function jsonOfShared(part: Hyperparameters | IndicatorTimeframes): string {
  let text = sharedJson.get(part);
  if (text === undefined) {
    text = canonicalJson(part);
    sharedJson.set(part, text);
  }
  return text;
}

/**
 * Identity of a configuration (DESIGN: `config_hash`): the digest of its parts' canonical JSON, put together by hand since
 * grids have thousands of cells.
 */
export function configHash(configuration: Configuration): string {
  const { daysHistory, encoder, horizon, hyperparameters, indicatorTimeframes } = configuration;
  const { modelType, symbol, timeframe } = configuration;
  return sha256(
    `{"daysHistory":${daysHistory},"encoder":"${encoder}","horizon":${horizon}` +
      `,"hyperparameters":${jsonOfShared(hyperparameters)},"indicatorTimeframes":${jsonOfShared(indicatorTimeframes)}` +
      `,"modelType":${JSON.stringify(modelType)},"symbol":${JSON.stringify(symbol)},"timeframe":"${timeframe}"}`,
  );
}
