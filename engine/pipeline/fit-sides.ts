import { createHash } from 'node:crypto';
import { configHash } from '../cells/config-hash.ts';
import { areOfSides, type Hyperparameters, hyperparametersOf } from '../contract/hyperparameters.ts';
import type { FeatureMatrix } from '../features/matrix.ts';
import { type Calibration, calibrationsOf } from '../models/calibration/calibration.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import { classDistribution, requireBothClasses } from '../models/class-metrics.ts';
import { type ClassSettings, DEFAULT_CLASS_SETTINGS } from '../models/class-settings.ts';
import type { MemberSplit } from '../models/members.ts';
import type { AnyModelType, Member, RowRange, TrainingSet } from '../models/model.ts';
import { PLAIN_SCALE, type Scale } from '../models/scaled-member.ts';
import { type LeftOutPredictions, leftOutPredictions } from '../models/training-metrics.ts';
import type { BatchContext } from './context.ts';
import type { CellJob } from './job.ts';

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

/** Rows that a model learns from, cut for its members. */
export interface MemberRows {
  readonly window: RowRange;
  readonly splits: readonly MemberSplit[];
  /** Absent: of the context. */
  readonly features?: FeatureMatrix;
  /** How many times it was updated: chance is drawn anew each time. Absent: none. */
  readonly update?: number;
}

/** Fits the members of one of a target's models on their sets; `first`: position of the first of them among all. */
export type FitSide = (
  type: AnyModelType,
  sets: readonly TrainingSet[],
  hyperparameters: unknown,
  first: number,
) => Member[];

/** @throws as `fitMembers` */
export function fitSides(
  context: BatchContext,
  job: CellJob,
  { window, splits, features = context.features.matrix, update }: MemberRows,
  fitSide: FitSide = context.fitAll,
): FittedMembers {
  const { settings } = context.spec;
  const { configuration } = job;
  const { horizon, target } = configuration;
  const type = modelType(configuration.modelType);
  const { sides, task } = context.target(target, horizon);
  const isOfClasses = task === 'classes';
  const { calibration, classWeight } = classSettingsOf(context);
  const fitted = sides.flatMap(({ side, labels }, s) => {
    const own = hyperparametersOf(configuration.hyperparameters, side);
    const hash = hashOfModel(job, own);
    const sets = splits.map((split, k): TrainingSet => {
      const seed = memberSeed(
        settings.seed,
        update === undefined ? hash : `${hash}:${update}`,
        s * settings.members + k,
      );
      const trading = type.acts && context.rowTargets.trading();
      const set = { features, labels, ...split, purge: horizon, seed, ...(trading && { trading }) };
      if (!isOfClasses) return set;
      requireBothClasses(classDistribution(labels, split.train));
      return { ...set, task, classWeight };
    });
    const members = fitSide(type, sets, parseHyperparameters(type, own), s * settings.members);
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

export function partsOf(fitted: FittedMembers['fitted']): LeftOutPredictions[] {
  return fitted.map(({ member, data }) => leftOutPredictions(member, data));
}
