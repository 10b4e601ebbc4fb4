import type { Input } from '../contract/api/index.ts';
import type { TrainingDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { GateOptions } from '../contract/gate-options.ts';
import type { ModelPlace } from '../contract/model-name.ts';
import type { TrainWishes } from './train.ts';

/** What a production training is asked for, without where its results are written. */
export type AskedTraining = Omit<Input<'production.train'>, 'outputJson' | 'overwrite'>;

/** @throws EngineError `invalid-input` for half a name */
export function wishesOf({ reason, symbol, timeframe, regime, ...asked }: AskedTraining): TrainWishes {
  return {
    ...asked,
    place: placeIn(symbol, timeframe, regime),
    gate: gateOptions(asked),
    reason: reason ?? null,
  };
}

type Asked = Pick<
  Input<'production.validate'>,
  | 'preset'
  | 'minAccuracy'
  | 'minPrecision'
  | 'minRecall'
  | 'minF1'
  | 'minVerdict'
  | 'skipValidation'
  | 'force'
>;

export function gateOptions(asked: Asked): GateOptions {
  const { preset, minVerdict, skipValidation, force } = asked;
  const { minAccuracy: accuracy, minPrecision: precision, minRecall: recall, minF1: f1 } = asked;
  const least = Object.entries({ accuracy, precision, recall, f1 }).filter(
    ([, value]) => value !== undefined,
  );
  return { preset, minVerdict, skipValidation, force, least: Object.fromEntries(least) };
}

/** One name, or all. @throws EngineError `invalid-input` for half of one */
export function placeIn(
  symbol: ModelPlace['symbol'] | undefined,
  timeframe: ModelPlace['timeframe'] | undefined,
  regime: string | null,
): ModelPlace | undefined {
  if (symbol === undefined && timeframe === undefined) return undefined;
  if (symbol !== undefined && timeframe !== undefined) return { symbol, timeframe, regime };
  throw new EngineError(
    'invalid-input',
    'A name is a symbol and a timeframe: give both, or neither for all.',
  );
}

/** As the method takes it. */
export function askedAgain({ regime, ...asked }: AskedTraining): TrainingDto['asked'] {
  return Object.fromEntries(
    Object.entries({ ...asked, regime: regime ?? 'all' }).filter(([, value]) => value !== undefined),
  );
}
