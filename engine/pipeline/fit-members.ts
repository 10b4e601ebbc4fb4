import { crossCalibrated } from '../models/calibration/calibration.ts';
import { leftOutClassFigures } from '../models/class-metrics.ts';
import type { ClassSettings } from '../models/class-settings.ts';
import { memberSplits } from '../models/members.ts';
import {
  type LeftOutPredictions,
  type TrainingMetrics,
  trainingMetrics,
} from '../models/training-metrics.ts';
import type { BatchContext } from './context.ts';
import { classSettingsOf, type FittedMembers, fitSides, partsOf } from './fit-sides.ts';
import type { CellJob, CellMetrics, SideMetrics } from './job.ts';
import { replayUpdates } from './updated-members.ts';
import { trainingRows } from './windows.ts';

/**
 * Of a job with windows before its own, what a fit and updates of it come to.
 * @throws EngineError `training-failed` when the configuration can't be trained, as with classes of which one has too few rows
 */
export function fitMembers(context: BatchContext, job: CellJob): FittedMembers {
  if (job.earlier !== undefined && job.earlier.length > 0) return replayUpdates(context, job, job.earlier);
  const { horizon } = job.configuration;
  const window = trainingRows(context.candles, job.training, horizon);
  return fitSides(context, job, {
    window,
    splits: memberSplits(window, context.spec.settings.members, horizon),
  });
}

/**
 * Figures of what members said of the rows that they left out, against their labels: of returns their own; of other targets the mean over
 * their models, and each of them, with those of classes where it says some.
 */
export function leftOutMetrics(
  context: BatchContext,
  { configuration: { target, horizon } }: Pick<CellJob, 'configuration'>,
  { fitted }: FittedMembers,
): CellMetrics {
  const { sides, cut } = context.target(target, horizon);
  const each = fitted.length / sides.length;
  const all = sides.map(({ side }, s): SideMetrics => {
    const parts = partsOf(fitted.slice(s * each, (s + 1) * each));
    if (cut === null) return { side, ...trainingMetrics(parts) };
    const settings = classSettingsOf(context);
    const classes = leftOutClassFigures(parts, { horizon, cut, ...settings });
    return { side, ...trainingMetrics(calibratedParts(parts, settings)), classes };
  });
  const [first] = all as [SideMetrics, ...SideMetrics[]];
  if (target === 'return') {
    const { rmse, mae, r2, rankIc } = first;
    return { rmse, mae, r2, rankIc };
  }
  const mean = (name: keyof TrainingMetrics) => all.reduce((sum, one) => sum + one[name], 0) / all.length;
  return { rmse: mean('rmse'), mae: mean('mae'), r2: mean('r2'), rankIc: mean('rankIc'), sides: all };
}

/** Each calibrated by the others. */
function calibratedParts(
  parts: readonly LeftOutPredictions[],
  { calibration, classWeight }: ClassSettings,
): LeftOutPredictions[] {
  const probabilities = crossCalibrated(calibration, parts, classWeight);
  return parts.map((part, k) => ({ ...part, predictions: probabilities[k]! }));
}
