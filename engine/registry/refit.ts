import { type BoundFold, createFoldBinder } from '../binding/folds.ts';
import { fromErrorDto } from '../contract/errors.ts';
import type { CompletedRefit, RefitJob } from '../pipeline/job.ts';
import { refitWindows } from '../validation/refit-windows.ts';
import type { ModelSubject } from '../validation/spec.ts';
import { startTraining } from '../workers/training.ts';
import type { RegistryDeps } from './deps.ts';

/** A model of all there is, and what it was trained on. */
export interface Refit {
  readonly bound: BoundFold;
  readonly result: CompletedRefit;
}

/**
 * Trains a configuration on the days that it asks for up to the newest bar, or, where `expanding`, on all of them: nothing is chosen by
 * these bars any more. The last max(W, 20) bars are its lead-in, and what its labels reach into is not learned from.
 * @throws EngineError `training-failed`, `not-found` without candles
 */
export async function refit(deps: RegistryDeps, subject: ModelSubject, expanding: boolean): Promise<Refit> {
  const { library, trainer } = deps;
  const { configuration, strategy, regime } = subject;
  const config = deps.config();
  // Of the newest bar: a version is what trades from now on.
  const evaluation = { ...config.evaluation, as_of: 'bar' };
  const binder = createFoldBinder(library, { ...config, evaluation });
  const market = binder.market(configuration);
  const asOf = market.end + evaluation.holdout_days * DAY_MS;
  const span = { expandingWindow: expanding, trainDays: configuration.daysHistory };
  const windows = refitWindows(market, strategy, span, asOf);
  const days = expanding ? Number.POSITIVE_INFINITY : configuration.daysHistory;
  const bound = binder.bind({ configuration, strategy, regime, days }, { asOf, windows, tests: [] });
  const { configHash, trainingKey } = bound;
  const job: RefitJob = { index: 0, configuration, ...windows, configHash, trainingKey, refit: true };
  let result: CompletedRefit | undefined;
  const training = startTraining<RefitJob>({
    trainer: trainer(),
    batches: [{ contextKey: 'refit', cells: [job] }],
    contextSpec: () => binder.contextSpec({ configuration }, [bound]),
    maxSecondsPerCell: config.queue.max_minutes_per_model * 60,
    onThread: () => undefined,
    onResult(outcome) {
      if (outcome.status === 'failed') throw fromErrorDto(outcome.error);
      result = outcome;
    },
  });
  await training.done;
  return { bound, result: result! };
}

const DAY_MS = 86_400_000;
