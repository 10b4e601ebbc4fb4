import type { Configuration } from '../contract/configuration.ts';
import { isAgent } from '../contract/model-type-names.ts';
import {
  ENSEMBLE_METHODS,
  type EnsembleMethod,
  POLICY,
  PREDICTION_METHODS,
  type PredictionMethod,
} from '../contract/words.ts';
import { targetOf } from '../targets/catalog.ts';

/** One way to trade a trained model: how it forecasts, how its members are combined, and when a forecast is acted on. */
export interface Strategy {
  readonly predictionMethod: PredictionMethod;
  readonly ensembleMethod: EnsembleMethod;
  /** Least confidence that gives a signal, 0..1; 0 is no filter. */
  readonly confidenceThreshold: number;
  /** Bars that rolling weights and percentiles look back over (W in the formulas). */
  readonly lookbackWindow: number;
}

export interface StrategyAxes {
  readonly predictionMethods: readonly PredictionMethod[];
  readonly ensembleMethods: readonly EnsembleMethod[];
  readonly confidenceThresholds: readonly number[];
  readonly lookbackWindows: readonly number[];
}

export const DEFAULT_STRATEGY_AXES: StrategyAxes = {
  predictionMethods: PREDICTION_METHODS,
  ensembleMethods: ENSEMBLE_METHODS,
  confidenceThresholds: [0, 0.3, 0.5, 0.7, 0.9],
  lookbackWindows: [50, 100, 200],
};

/** What strategies there are depends on: agents have a policy of their own. */
export type Traded = Pick<Configuration, 'modelType' | 'target'>;

/**
 * What stands for an agent's policy among strategies, whatever the inference grid is. Nothing of it looks back; rolling values of others
 * begin with 20 bars.
 */
export const POLICY_AXES: StrategyAxes = {
  predictionMethods: [POLICY],
  ensembleMethods: ['mean'],
  confidenceThresholds: [0],
  lookbackWindows: [20],
};

/**
 * Of an inference grid what a configuration's strategies are of; the same object where that is all of it. One-bar steps of a recursive
 * forecast are made of returns, which only some targets say.
 */
export function axesOf(axes: StrategyAxes, { modelType, target }: Traded): StrategyAxes {
  if (isAgent(modelType)) return POLICY_AXES;
  const { forecastsRecursively } = targetOf(target).type;
  if (forecastsRecursively || !axes.predictionMethods.includes('recursive')) return axes;
  return { ...axes, predictionMethods: axes.predictionMethods.filter((method) => method !== 'recursive') };
}

/** Those of the strategies that a configuration has, in their order. */
export function strategiesOf(
  strategies: readonly Strategy[],
  { modelType, target }: Traded,
): readonly Strategy[] {
  if (isAgent(modelType)) return strategyGrid(POLICY_AXES);
  const { forecastsRecursively } = targetOf(target).type;
  return forecastsRecursively
    ? strategies
    : strategies.filter(({ predictionMethod }) => predictionMethod !== 'recursive');
}

/**
 * Every combination of the axes; 135 by default. Canonical order: prediction method, then ensemble method, then
 * lookback window, then confidence threshold (changes fastest), each axis in the order it is given. Stored results
 * are indexed by it, and strategies that share a forecast, its weights and its confidence stand together.
 */
export function strategyGrid(axes: StrategyAxes = DEFAULT_STRATEGY_AXES): Strategy[] {
  const strategies: Strategy[] = [];
  for (const predictionMethod of axes.predictionMethods)
    for (const ensembleMethod of axes.ensembleMethods)
      for (const lookbackWindow of axes.lookbackWindows)
        for (const confidenceThreshold of axes.confidenceThresholds)
          strategies.push({ predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow });
  return strategies;
}
