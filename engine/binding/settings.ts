import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import { isAgent } from '../contract/model-type-names.ts';
import { axesOf, type StrategyAxes, type Traded } from '../inference/strategy-grid.ts';
import { DEFAULT_CLASS_SETTINGS } from '../models/class-settings.ts';
import type { WindowDays } from '../pipeline/windows.ts';
import { targetOf } from '../targets/catalog.ts';
import type { InferenceGrid, StoredTraining } from './basis.ts';
import { learnsCosts } from './keys.ts';

/**
 * Of an inference grid what a configuration's strategies are of; the same object where that is all of it.
 * @throws EngineError `grid-invalid` where nothing is left
 */
export function inferenceGridOf(
  config: Pick<Config, 'inference_grid'>,
  configuration: Traded,
): InferenceGrid {
  const grid = config.inference_grid;
  const all = strategyAxes(config);
  const axes = axesOf(all, configuration);
  if (axes === all) return grid;
  const { target } = configuration;
  if (axes.predictionMethods.length === 0) {
    throw new EngineError(
      'grid-invalid',
      `Target ${target} has no recursive strategies, and inference_grid.prediction_methods lists no others. Add direct or direct_multi there, or leave out the target.`,
    );
  }
  return {
    prediction_methods: [...axes.predictionMethods],
    ensemble_methods: [...axes.ensembleMethods],
    confidence_thresholds: [...axes.confidenceThresholds],
    lookback_windows: [...axes.lookbackWindows],
  };
}

/** How models of a target are trained. What says nothing new is left out, so that models of before keep their keys. */
export function trainingOf({ training }: Pick<Config, 'training'>, target: string): StoredTraining {
  const { members, seed, calibration, class_weight: classWeight } = training;
  const plain = { members, seed };
  if (targetOf(target).type.task !== 'classes') return plain;
  return {
    ...plain,
    ...(calibration !== DEFAULT_CLASS_SETTINGS.calibration && { calibration }),
    ...(classWeight !== DEFAULT_CLASS_SETTINGS.classWeight && { class_weight: classWeight }),
  };
}

/** Equal for configurations that rest on the same where market, features and history are the same. */
export function basisKind(config: Pick<Config, 'training'>, configuration: Traded): string {
  const { modelType, target } = configuration;
  return JSON.stringify([learnsCosts(configuration), trainingOf(config, target), isAgent(modelType)]);
}

export function strategyAxes({
  inference_grid: grid,
}: {
  readonly inference_grid: InferenceGrid;
}): StrategyAxes {
  return {
    predictionMethods: grid.prediction_methods,
    ensembleMethods: grid.ensemble_methods,
    confidenceThresholds: grid.confidence_thresholds,
    lookbackWindows: grid.lookback_windows,
  };
}

export function windowDays({ evaluation }: Config): WindowDays {
  return { holdoutDays: evaluation.holdout_days, selectionDays: evaluation.selection_days };
}
