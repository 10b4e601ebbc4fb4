import { type BoundFold, createFoldBinder, type FoldBinder } from '../binding/folds.ts';
import { fromErrorDto } from '../contract/errors.ts';
import type { CompletedRefit, RefitJob } from '../pipeline/job.ts';
import { refitWindows } from '../validation/refit-windows.ts';
import type { ModelSubject } from '../validation/spec.ts';
import { startTraining } from '../workers/training.ts';
import type { RegistryDeps } from './deps.ts';

/** A model of all there is, and what it was trained on. */
export interface Refit {
  readonly bound: BoundFold;
  /** Of the model: what it was bound to, and of an update what it goes on from. */
  readonly trainingKey: string;
  readonly result: CompletedRefit;
}

/** A model of all there is, before it is trained. */
export interface BoundRefit {
  readonly binder: FoldBinder;
  readonly bound: BoundFold;
}

/**
 * Trains a configuration on the days that it asks for up to the newest bar, or, where `expanding`, on all of them: nothing is chosen by
 * these bars any more. The last max(W, 20) bars are its lead-in, and what its labels reach into is not learned from.
 * @throws EngineError `training-failed`, `not-found` without candles
 */
export async function refit(deps: RegistryDeps, subject: ModelSubject, expanding: boolean): Promise<Refit> {
  const refitted = bindRefit(deps, subject, expanding);
  return await trainRefit(deps, subject, refitted, { trainingKey: refitted.bound.trainingKey, update: {} });
}

/** What `refit` trains on: the newest bars. @throws EngineError `not-found` without candles */
export function bindRefit(
  deps: Pick<RegistryDeps, 'library' | 'config'>,
  subject: ModelSubject,
  expanding: boolean,
): BoundRefit {
  const { configuration, strategy, regime } = subject;
  const config = deps.config();
  // Of the newest bar: a version is what trades from now on.
  const evaluation = { ...config.evaluation, as_of: 'bar' };
  const binder = createFoldBinder(deps.library, { ...config, evaluation });
  const market = binder.market(configuration);
  const asOf = market.end + evaluation.holdout_days * DAY_MS;
  const span = { expandingWindow: expanding, trainDays: configuration.daysHistory };
  const windows = refitWindows(market, strategy, span, asOf);
  const days = expanding ? Number.POSITIVE_INFINITY : configuration.daysHistory;
  const bound = binder.bind({ configuration, strategy, regime, days }, { asOf, windows, tests: [] });
  return { binder, bound };
}

/**
 * Trains it, or goes on with what `goesOn` says.
 * @throws EngineError `training-failed`
 */
export async function trainRefit(
  deps: RegistryDeps,
  { configuration }: ModelSubject,
  { binder, bound }: BoundRefit,
  goesOn: Pick<RefitJob, 'trainingKey' | 'earlier' | 'update'>,
): Promise<Refit> {
  const { configHash, windows } = bound;
  const job: RefitJob = { index: 0, configuration, ...windows, configHash, refit: true, ...goesOn };
  let result: CompletedRefit | undefined;
  const training = startTraining<RefitJob>({
    trainer: deps.trainer(),
    batches: [{ contextKey: 'refit', cells: [job] }],
    contextSpec: () => binder.contextSpec({ configuration }, [bound]),
    maxSecondsPerCell: deps.config().queue.max_minutes_per_model * 60,
    onThread: () => undefined,
    onResult(outcome) {
      if (outcome.status === 'failed') throw fromErrorDto(outcome.error);
      result = outcome;
    },
  });
  await training.done;
  return { bound, trainingKey: goesOn.trainingKey, result: result! };
}

const DAY_MS = 86_400_000;
