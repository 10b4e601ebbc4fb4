import {
  ENSEMBLE_METHODS,
  type EnsembleMethod,
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

/**
 * Of prediction methods those that a target's models have: one-bar steps of a recursive forecast are made of returns, which only
 * some targets say.
 */
export function methodsOfTarget(
  methods: readonly PredictionMethod[],
  target: string,
): readonly PredictionMethod[] {
  const { forecastsRecursively } = targetOf(target).type;
  return forecastsRecursively ? methods : methods.filter((method) => method !== 'recursive');
}

/** Those of the strategies that a target has, in their order. */
export function strategiesOfTarget(strategies: readonly Strategy[], target: string): readonly Strategy[] {
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
