import { createHash } from 'node:crypto';
import { configHash } from '../cells/config-hash.ts';
import { areOfSides, type Hyperparameters, hyperparametersOf } from '../contract/hyperparameters.ts';
import { type Calibration, calibrationsOf, crossCalibrated } from '../models/calibration/calibration.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import { classDistribution, leftOutClassFigures, requireBothClasses } from '../models/class-metrics.ts';
import { type ClassSettings, DEFAULT_CLASS_SETTINGS } from '../models/class-settings.ts';
import { memberSplits } from '../models/members.ts';
import type { Member, RowRange, TrainingSet } from '../models/model.ts';
import { PLAIN_SCALE, type Scale } from '../models/scaled-member.ts';
import {
  type LeftOutPredictions,
  leftOutPredictions,
  type TrainingMetrics,
  trainingMetrics,
} from '../models/training-metrics.ts';
import type { BatchContext } from './context.ts';
import type { CellJob, CellMetrics, SideMetrics } from './job.ts';
import { trainingRows } from './windows.ts';

/** A model's members, and what each of them learned from. */
export interface FittedMembers {
  /** Of a target with two models those of the long one, then as many of the short one. */
  readonly fitted: readonly { readonly data: TrainingSet; readonly member: Member }[];
  /** By the position of a member in `fitted`, where its output is no return; see `Scale`. */
  readonly scales?: readonly Scale[];
  /** The same, where it is a probability. */
  readonly calibrations?: readonly Calibration[];
  /** The rows that they learned from, each but for its own block. */
  readonly window: RowRange;
}

/** @throws EngineError `training-failed` when the configuration can't be trained, as with classes of which one has too few rows */
export function fitMembers(context: BatchContext, job: CellJob): FittedMembers {
  const { settings } = context.spec;
  const { configuration } = job;
  const { horizon, target } = configuration;
  const type = modelType(configuration.modelType);
  const window = trainingRows(context.candles, job.training, horizon);
  const { sides, task } = context.target(target, horizon);
  const isOfClasses = task === 'classes';
  const { calibration, classWeight } = classSettingsOf(context);
  const fitted = sides.flatMap(({ side, labels }, s) => {
    const own = hyperparametersOf(configuration.hyperparameters, side);
    const hash = hashOfModel(job, own);
    const sets = memberSplits(window, settings.members, horizon).map((split, k): TrainingSet => {
      const seed = memberSeed(settings.seed, hash, s * settings.members + k);
      const set = { features: context.features.matrix, labels, ...split, purge: horizon, seed };
      if (!isOfClasses) return set;
      requireBothClasses(classDistribution(labels, split.train));
      return { ...set, task, classWeight };
    });
    const members = context.fitAll(type, sets, parseHyperparameters(type, own));
    return sets.map((data, k) => ({ data, member: members[k]! }));
  });
  if (target === 'return') return { fitted, window };
  const scaleOf = ({ train }: TrainingSet, m: number): Scale =>
    sides[Math.floor(m / settings.members)]!.scale?.(train) ?? PLAIN_SCALE;
  return {
    fitted,
    scales: fitted.map(({ data }, m) => scaleOf(data, m)),
    ...(isOfClasses && {
      calibrations: sides.flatMap((_, s) =>
        calibrationsOf(
          calibration,
          partsOf(fitted.slice(s * settings.members, (s + 1) * settings.members)),
          classWeight,
        ),
      ),
    }),
    window,
  };
}

export function classSettingsOf({ spec }: Pick<BatchContext, 'spec'>): ClassSettings {
  return { ...DEFAULT_CLASS_SETTINGS, ...spec.settings.classes };
}

/**
 * The configuration of which one of its models is: that where both models have its hyper-parameters. So a model is the same bytes whatever
 * the other one has.
 */
function hashOfModel({ configuration, configHash: whole }: CellJob, own: Hyperparameters): string {
  return areOfSides(configuration.hyperparameters)
    ? configHash({ ...configuration, hyperparameters: own })
    : whole;
}

/** Independent of the order and the thread a member is trained in. */
function memberSeed(seed: number, hash: string, member: number): number {
  return createHash('sha256').update(`${seed}:${hash}:${member}`).digest().readUInt32LE(0);
}

function partsOf(fitted: FittedMembers['fitted']): LeftOutPredictions[] {
  return fitted.map(({ member, data }) => leftOutPredictions(member, data));
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
