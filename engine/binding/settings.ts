import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import { methodsOfTarget, type StrategyAxes } from '../inference/strategy-grid.ts';
import { DEFAULT_CLASS_SETTINGS } from '../models/class-settings.ts';
import type { WindowDays } from '../pipeline/windows.ts';
import { targetOf } from '../targets/catalog.ts';
import type { StoredTraining } from './basis.ts';
import { learnsCosts } from './keys.ts';

/**
 * Of an inference grid what the strategies of a target are of; the same object where that is all of it.
 * @throws EngineError `grid-invalid` where nothing is left
 */
export function inferenceGridOf(
  { inference_grid: grid }: Pick<Config, 'inference_grid'>,
  target: string,
): Config['inference_grid'] {
  const methods = methodsOfTarget(grid.prediction_methods, target);
  if (methods.length === grid.prediction_methods.length) return grid;
  if (methods.length === 0) {
    throw new EngineError(
      'grid-invalid',
      `Target ${target} has no recursive strategies, and inference_grid.prediction_methods lists no others. Add direct or direct_multi there, or leave out the target.`,
    );
  }
  return { ...grid, prediction_methods: [...methods] };
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

/** Equal for targets whose cells rest on the same where all else of them is the same. */
export function basisKind(config: Pick<Config, 'training'>, target: string): string {
  return JSON.stringify([learnsCosts(target), trainingOf(config, target)]);
}

export function strategyAxes({ inference_grid: grid }: Pick<Config, 'inference_grid'>): StrategyAxes {
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
