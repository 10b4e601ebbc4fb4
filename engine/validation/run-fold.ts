import { type BatchContext, foldContext } from '../pipeline/context.ts';
import { fitMembers } from '../pipeline/fit-members.ts';
import { classSettingsOf, type FittedMembers } from '../pipeline/fit-sides.ts';
import type { FoldJob, FoldResult } from '../pipeline/job.ts';
import { evaluatedModel } from '../pipeline/target-model.ts';
import { meanOver } from '../targets/rows.ts';
import { followFold } from './follow-fold.ts';

/**
 * Trains a fold's model and follows its one strategy through each of its windows, on the bars up to their end, whatever `base` has
 * beyond it. Pure: the same bars and job give the same bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained, `invalid-input` for a regime that labels no bar
 */
export function runFold(base: BatchContext, job: FoldJob): FoldResult[] {
  const context = foldContext(base, job.evaluation);
  const { target, horizon } = job.configuration;
  const fit = fitMembers(context, job);
  const { fitted, scales, calibrations } = fit;
  const members = fitted.map(({ member }) => member);
  const model = evaluatedModel(context, job.configuration, { members, scales, calibrations });
  const { sides } = context.target(target, horizon);
  return followFold(context, job, { model, cuts: classCuts(context, fit, sides.length) });
}

/**
 * Per model of a target, what its members expect of a row of which they know nothing, in units: of classes what the base rate of their
 * training rows is worth, or a half where they were balanced and no calibration brought it back; else 0.
 */
function classCuts(context: BatchContext, { fitted, scales }: FittedMembers, sides: number): number[] {
  const { calibration, classWeight } = classSettingsOf(context);
  const sayHalf = classWeight === 'balanced' && calibration === 'none';
  const each = fitted.length / sides;
  return Array.from({ length: sides }, (_, s) => {
    const known = fitted.slice(s * each, (s + 1) * each).map(({ data }, k) => {
      if (data.task !== 'classes') return 0;
      const { offset, slope } = scales![s * each + k]!;
      return offset + slope * (sayHalf ? 0.5 : meanOver(data.train, (row) => data.labels[row]!));
    });
    return known.reduce((sum, cut) => sum + cut, 0) / each;
  });
}
