import { EngineError } from '../../contract/errors.ts';
import type { ModelFile } from '../../models/codec.ts';
import { LinearMember } from '../../models/linear/member.ts';
import type { Member } from '../../models/model.ts';
import { PLAIN_SCALE } from '../../models/scaled-member.ts';
import { targetOf } from '../../targets/catalog.ts';

/** A member of a linear model, by itself; numbers as they were trained, so that text and back gives the same bits. */
export interface Coefficients {
  /** From 1. */
  readonly member: number;
  readonly side: 'both' | 'long' | 'short';
  readonly intercept: number;
  /** Those that count; the others' coefficient is 0. */
  readonly terms: readonly {
    readonly feature: string;
    readonly coefficient: number;
    readonly mean: number;
    /** Over the training rows. */
    readonly deviation: number;
  }[];
}

const FORMULA = 'intercept + sum of coefficient * (feature - mean)';

/**
 * Members of a linear model, or one of them.
 * @throws EngineError `invalid-input` for a model that has no coefficients
 */
function coefficientsOf(
  { configuration, featureNames, members: all }: ModelFile,
  members: readonly Member[],
  only: number | undefined,
): Coefficients[] {
  const isPair = targetOf(configuration.target).exits !== null;
  const every = members.map((member, k): Coefficients => {
    if (!(member instanceof LinearMember)) {
      throw new EngineError('invalid-input', 'The model has no coefficients to write.');
    }
    const isLong = 2 * k < all.length;
    return {
      member: k + 1,
      side: isPair ? (isLong ? 'long' : 'short') : 'both',
      intercept: member.intercept,
      terms: Array.from(member.used, (feature, t) => ({
        feature: featureNames[feature]!,
        coefficient: member.coefficients[t]!,
        mean: member.means[t]!,
        deviation: member.deviations[t]!,
      })),
    };
  });
  return only === undefined ? every : [every[only - 1]!];
}

/** One row per coefficient, and one per member for its intercept, which has no mean. */
export function coefficientsCsv(
  file: ModelFile,
  members: readonly Member[],
  only: number | undefined,
): string {
  const rows = coefficientsOf(file, members, only).flatMap(({ member, side, intercept, terms }) => [
    [member, side, '(intercept)', intercept, '', ''],
    ...terms.map(({ feature, coefficient, mean, deviation }) => [
      member,
      side,
      feature,
      coefficient,
      mean,
      deviation,
    ]),
  ]);
  const head = ['member', 'side', 'feature', 'coefficient', 'mean', 'deviation'];
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** Everything that a forecast is made of, and where the model came from. */
export function coefficientsJson(
  file: ModelFile,
  members: readonly Member[],
  only: number | undefined,
): string {
  const { configuration, featureNames, configHash, modelKey } = file;
  const { exits, type } = targetOf(configuration.target);
  const isOfClasses = type.task === 'classes';
  const unit = exits === null ? 'log return' : 'result in ATR(14)';
  const described = {
    format: 'regimen-coefficients',
    version: 1,
    config_hash: configHash,
    training_key: modelKey,
    model_type: configuration.modelType,
    symbol: configuration.symbol,
    timeframe: configuration.timeframe,
    target: configuration.target,
    horizon: configuration.horizon,
    encoder: configuration.encoder,
    features: featureNames,
    output: isOfClasses ? `1 / (1 + exp(-(${FORMULA})))` : FORMULA,
    ...(isOfClasses
      ? {
          calibrated:
            'sigmoid: 1 / (1 + exp(-(slope * ln(q / (1 - q)) + offset))); isotonic: lines between scores ln(q / (1 - q)) and probabilities',
        }
      : {}),
    forecast: `mean over members of offset + slope * ${isOfClasses ? 'calibrated' : 'output'}, ${unit}`,
    members: coefficientsOf(file, members, only).map((one) => ({
      ...one,
      scale: file.scales?.[one.member - 1] ?? PLAIN_SCALE,
      calibration: file.calibrations?.[one.member - 1] ?? null,
    })),
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}
