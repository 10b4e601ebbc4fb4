import type { Input } from '../contract/api/index.ts';
import type { TrainingDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { GateOptions } from '../contract/gate-options.ts';
import type { ModelPlace } from '../contract/model-name.ts';
import type { ImportedWish } from './imported.ts';
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

/**
 * The model from elsewhere that is asked about, where one is.
 * @throws EngineError `invalid-input` where not all is said that it takes
 */
export function importedWish({
  model,
  run,
  trainedUntil,
  skipValidation,
}: Pick<Input<'production.validate'>, 'model' | 'run' | 'trainedUntil' | 'skipValidation'>):
  | ImportedWish
  | undefined {
  if (model === undefined) {
    if (run === undefined && trainedUntil === undefined) return undefined;
    throw incomplete(
      'model',
      'A run, or the day until which it learned, is said of a model that was trained elsewhere: give its file, too. A run of yours is asked about once it is registered as a version.',
    );
  }
  if (run === undefined) {
    throw incomplete(
      'run',
      'A model from elsewhere is followed beside a run, whose features, horizon and strategy it has: name the run that it was made for.',
    );
  }
  if (trainedUntil === undefined) {
    throw incomplete(
      'trainedUntil',
      'Nobody can tell from its file what a model has seen, and on bars that it learned from any model looks good. Say the day of the last bar that it learned from: it is judged on later bars alone.',
    );
  }
  if (skipValidation) {
    throw incomplete(
      'skipValidation',
      'The windows are all that is asked of a model from elsewhere: without them there is nothing to ask.',
    );
  }
  return { file: model, run, trainedUntil };
}

function incomplete(path: string, message: string): EngineError {
  return new EngineError('invalid-input', message, { problems: [{ path, message }] });
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
