import { AXIS_LIST } from '../contract/configuration.ts';
import { counted } from '../contract/counted.ts';
import type { AxisDto, GridPreviewDto } from '../contract/dto/index.ts';
import type { Grid, GridAxes } from './grid.ts';
import { countText } from './hyperparameters.ts';

/** Measured means of one model type's runs. */
export interface Rates {
  readonly runs: number;
  readonly seconds: number;
  readonly bytes: number;
}

export function gridAxes({ axes }: Grid): AxisDto[] {
  return AXIS_LIST.flatMap(({ key, grid }) => {
    if (grid === undefined) return [];
    if (key === 'modelType') return modelAxis(grid.noun, axes.variants);
    const { length: count } = axes[key as Exclude<keyof GridAxes, 'variants'>];
    // One that may be left out is no factor unless it was listed.
    return grid.initial !== undefined && count === 1 ? [] : [{ name: grid.noun, count }];
  });
}

function modelAxis(noun: string, variants: GridAxes['variants']): AxisDto {
  const models = new Set(variants.map((v) => v.modelType)).size;
  return models === variants.length
    ? { name: noun, count: models }
    : { name: `${noun} variant`, count: variants.length };
}

/**
 * `2 models x 2 symbols x 1 timeframe x 2 days x 2 horizons = 16 configurations - 3 already trained - 4 impossible = 9 to
 * train`.
 */
export function formula(grid: Grid, alreadyTrained: number, impossible = 0): string {
  const factors = gridAxes(grid).map(({ name, count }) => counted(count, name));
  const left = `${factors.join(' x ')} = ${counted(grid.size, 'configuration')}`;
  if (alreadyTrained === 0 && impossible === 0) return left;
  const trained = alreadyTrained === 0 ? '' : ` - ${countText(alreadyTrained)} already trained`;
  const leftOut = impossible === 0 ? '' : ` - ${countText(impossible)} impossible`;
  return `${left}${trained}${leftOut} = ${countText(grid.size - alreadyTrained - impossible)} to train`;
}

/**
 * Time and disk for the cells still to train, from measured rates. A model type without runs takes the mean of all;
 * without any run there is no estimate rather than a guess. Disk is the most it can come to: every model kept.
 */
export function estimate(
  grid: Grid,
  toTrain: number,
  rates: ReadonlyMap<string, Rates>,
  threads: number,
): GridPreviewDto['estimate'] {
  const measured = [...rates.values()];
  const measuredRuns = measured.reduce((sum, r) => sum + r.runs, 0);
  if (measuredRuns === 0) return { seconds: null, bytes: null, measuredRuns: 0 };
  const mean = (pick: (r: Rates) => number) =>
    measured.reduce((sum, r) => sum + pick(r) * r.runs, 0) / measuredRuns;
  const overall: Rates = { runs: measuredRuns, seconds: mean((r) => r.seconds), bytes: mean((r) => r.bytes) };
  const { variants } = grid.axes;
  const perVariant = variants.map(({ modelType }) => rates.get(modelType) ?? overall);
  const total = (pick: (r: Rates) => number) =>
    (toTrain / variants.length) * perVariant.reduce((sum, r) => sum + pick(r), 0);
  return {
    seconds: total((r) => r.seconds) / Math.min(threads, Math.max(1, toTrain)),
    bytes: Math.ceil(total((r) => r.bytes)),
    measuredRuns,
  };
}
