import type { Strategy, StrategyAxes } from './strategy-grid.ts';

export const STRATEGY_AXES = [
  'predictionMethod',
  'ensembleMethod',
  'lookbackWindow',
  'confidenceThreshold',
] as const satisfies readonly (keyof Strategy)[];
export type StrategyAxis = (typeof STRATEGY_AXES)[number];

/** A strategy one step away. */
export interface Neighbor {
  readonly axis: StrategyAxis;
  readonly strategy: Strategy;
}

/**
 * Strategies of a grid that differ from one of it in one axis, by one step: of numbers to the next smaller and the next larger, of
 * names, which have no order, to each of the others. In the order of the axes, within one ascending or as the grid has the names;
 * strategies that share a forecast stand together.
 */
export function neighborsOf(strategy: Strategy, axes: StrategyAxes): Neighbor[] {
  const found: Neighbor[] = [];
  const add = <Axis extends StrategyAxis>(axis: Axis, values: readonly Strategy[Axis][]) => {
    for (const value of values) found.push({ axis, strategy: { ...strategy, [axis]: value } });
  };
  const { predictionMethod, ensembleMethod, lookbackWindow, confidenceThreshold } = strategy;
  add('predictionMethod', others(axes.predictionMethods, predictionMethod));
  add('ensembleMethod', others(axes.ensembleMethods, ensembleMethod));
  add('lookbackWindow', besides(axes.lookbackWindows, lookbackWindow));
  add('confidenceThreshold', besides(axes.confidenceThresholds, confidenceThreshold));
  return found;
}

function others<T>(values: readonly T[], own: T): T[] {
  return [...new Set(values)].filter((value) => value !== own);
}

/** The next smaller and the next larger value. */
function besides(values: readonly number[], own: number): number[] {
  const smaller = values.filter((value) => value < own);
  const larger = values.filter((value) => value > own);
  return [
    ...(smaller.length === 0 ? [] : [Math.max(...smaller)]),
    ...(larger.length === 0 ? [] : [Math.min(...larger)]),
  ];
}
