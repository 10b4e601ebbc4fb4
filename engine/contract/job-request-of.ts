import type { RawInput } from './api/index.ts';
import type { JobRequestInput } from './job-request.ts';

/** What a form asks a method for, as the request that any other program would make: in snake case, by kind. */

type Written<K extends JobRequestInput['kind']> = Extract<JobRequestInput, { readonly kind: K }>;

/** Leaves out what nothing is said of. */
function said<T extends object>(request: T): T {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as T;
}

export function gridRequest({ grid, retrain, skipImpossible }: RawInput<'queue.create'>): Written<'grid'> {
  return said({ kind: 'grid', grid, retrain, skip_impossible: skipImpossible } as Written<'grid'>);
}

export function searchRequest({ search }: RawInput<'search.create'>): Written<'search'> {
  return { kind: 'search', search };
}

export function walkForwardRequest(asked: RawInput<'validation.create'>): Written<'walk_forward'> {
  const { subject } = asked;
  const { runId, champion, champions, grid, symbol, symbols, timeframe, modelType, hyperparameters } =
    subject as unknown as Readonly<Record<string, never>>;
  return said({
    kind: 'walk_forward',
    training_mode: asked.scheme,
    symbol,
    symbols,
    timeframe,
    model_type: modelType,
    hyperparameters,
    run: runId,
    champion,
    champions,
    grid,
    test_period_days: asked.testPeriodDays,
    min_train_days: asked.minTrainDays,
    use_expanding_window: asked.expandingWindow,
    folds: asked.folds,
    yes: asked.yes,
    name: asked.name,
  } as Written<'walk_forward'>);
}

export function productionRequest(asked: RawInput<'production.start'>): Written<'production'> {
  return said({
    kind: 'production',
    symbol: asked.symbol,
    timeframe: asked.timeframe,
    // No regime is what the method makes of `all`.
    regime: (asked.regime as string | null | undefined) === null ? 'all' : asked.regime,
    model_type: asked.modelType,
    target: asked.target,
    horizon: asked.horizon,
    hyperparameter_search: asked.optimize,
    n_trials: asked.trials,
    period: asked.period,
    training_mode: asked.mode,
    dry_run: asked.dryRun,
    reason: asked.reason,
    preset: asked.preset,
    min_accuracy: asked.minAccuracy,
    min_precision: asked.minPrecision,
    min_recall: asked.minRecall,
    min_f1: asked.minF1,
    min_verdict: asked.minVerdict,
    skip_validation: asked.skipValidation,
    force: asked.force,
  } as Written<'production'>);
}
