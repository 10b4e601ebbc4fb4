import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import type { Calibration } from '../models/calibration/calibration.ts';
import { modelType } from '../models/catalog.ts';
import type { ModelFile } from '../models/codec.ts';
import type { Member } from '../models/model.ts';
import { PLAIN_SCALE, type Scale, scaledMember } from '../models/scaled-member.ts';
import type { BatchContext } from './context.ts';
import type { EvaluatedModel, EvaluatedSide } from './evaluated-model.ts';

/** The members of a configuration's model or models, one model after the other, as they were fitted or stored. */
export interface TargetMembers {
  readonly members: readonly Member[];
  /** By member, how its output becomes a return of its target's unit; undefined: as it is. */
  readonly scales?: readonly Scale[] | undefined;
  readonly calibrations?: readonly Calibration[] | undefined;
}

/**
 * What strategies of a configuration are evaluated with: its members' outputs as expected log returns, held to what came in this
 * context.
 * @throws EngineError `internal` for members that are not so many for each of the target's models
 */
export function evaluatedModel(
  context: Pick<BatchContext, 'target' | 'evaluated' | 'features' | 'rollout'>,
  { target, horizon }: Pick<Configuration, 'target' | 'horizon'>,
  { members, scales, calibrations }: TargetMembers,
): EvaluatedModel {
  const { sides, unit, market, forecastsRecursively } = context.target(target, horizon);
  const each = members.length / sides.length;
  const areOfEach = [scales, calibrations].every((all) => all === undefined || all.length === members.length);
  if (!Number.isInteger(each) || !areOfEach) {
    throw new EngineError(
      'internal',
      `Expected members, with a scale and a calibration of each or none, for ${sides.length} models, found ${members.length} members, ${scales?.length ?? 'no'} scales and ${calibrations?.length ?? 'no'} calibrations.`,
    );
  }
  const scaled = members.map((member, k) =>
    scaledMember(member, scales?.[k] ?? PLAIN_SCALE, unit, calibrations?.[k]),
  );
  const [first, short] = sides.map(
    ({ outcomes }, s): EvaluatedSide => ({
      members: scaled.slice(s * each, (s + 1) * each),
      labels: outcomes,
    }),
  );
  const { features, evaluated } = context;
  return {
    ...first!,
    short,
    horizon,
    columns: features.matrix.columns,
    market: market(evaluated),
    // Of a fold it is made when it is asked for.
    get rollout() {
      return forecastsRecursively ? context.rollout : undefined;
    },
  };
}

/** The model of a file in a context. */
export function storedModelIn(context: BatchContext, file: ModelFile): EvaluatedModel {
  return decodedModelIn(context, decodedModel(file));
}

/** A model file with its members ready to predict. */
export type DecodedModel = Omit<ModelFile, 'members'> & { readonly members: readonly Member[] };

export function decodedModel(file: ModelFile): DecodedModel {
  const type = modelType(file.configuration.modelType);
  return { ...file, members: file.members.map((bytes): Member => type.decode(bytes)) };
}

export function decodedModelIn(context: BatchContext, model: DecodedModel): EvaluatedModel {
  const { configuration, members, scales, calibrations } = model;
  return evaluatedModel(context, configuration, { members, scales, calibrations });
}
