import type { CalibrationMethod } from './calibration/calibration.ts';
import type { ClassWeight } from './model.ts';

export const CLASS_WEIGHTS = ['none', 'balanced'] as const satisfies readonly ClassWeight[];

/** How models of classes are trained, whatever they learn. */
export interface ClassSettings {
  /** How probabilities are calibrated, on what members said of the rows that they left out. */
  readonly calibration: CalibrationMethod;
  readonly classWeight: ClassWeight;
}

/** What is not said in a run's identity: models were trained so before it could be chosen. */
export const DEFAULT_CLASS_SETTINGS: ClassSettings = { calibration: 'sigmoid', classWeight: 'none' };
