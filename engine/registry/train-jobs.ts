import { configHash } from '../cells/config-hash.ts';
import { describeConfiguration } from '../cells/describe.ts';
import type { Configuration, ConfiguredHyperparameters, Hyperparameters } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { type GridSpec, gridSpecSchema } from '../contract/grid.ts';
import { joinedSides } from '../contract/hyperparameters.ts';
import type { TrainMode } from '../contract/registry.ts';
import { type SearchSpec, searchSpecSchema } from '../contract/search.ts';
import { createGrid } from '../grid/grid.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import type { QueueService } from '../queue/service.ts';
import { newestRunOf, requireRun } from '../store/runs.ts';
import type { VersionRow } from '../store/versions.ts';
import type { GateDeps } from './gate.ts';
import { isOfClasses } from './gate-options.ts';
import { assertOpen, interrupted, type OnJob, runJob, takesTurns } from './run-job.ts';
import { bestKey } from './train-wanted.ts';

export interface TrainJobsDeps extends GateDeps {
  readonly queues: GateDeps['queues'] & Pick<QueueService, 'edits' | 'searches'>;
}

/** The search of a configuration's hyper-parameters: inside its training window, by what its target is judged by. */
export function searchOf(name: string, trials: number, configuration: Configuration): SearchSpec {
  const { hyperparameters: _searched, ...grid } = axesOf(configuration);
  const objective = isOfClasses(configuration.target) ? 'roc_auc' : 'spearman';
  return searchSpecSchema.parse({ ...grid, name: `Search for ${name}`, trials, objective });
}

/** The grid of one configuration. */
export function gridOf(configuration: Configuration): GridSpec {
  const name = `Production training of ${describeConfiguration(configuration)}`;
  return gridSpecSchema.parse({ ...axesOf(configuration), name });
}

function axesOf(configuration: Configuration) {
  const { modelType: type, symbol, timeframe, daysHistory, horizon, target, encoder } = configuration;
  return {
    model_types: [type],
    symbols: [symbol],
    timeframes: [timeframe],
    days_history: [daysHistory],
    horizons: [horizon],
    targets: [target],
    encoders: [encoder],
    hyperparameters: { [type]: configuration.hyperparameters },
  };
}

/** A configuration with the best hyper-parameters of a search; they are written down for later. */
export async function searched(
  deps: TrainJobsDeps,
  trials: number,
  name: string,
  configuration: Configuration,
  onJob: OnJob,
): Promise<Configuration> {
  assertOpen(deps);
  const { modelType: type, target } = configuration;
  const { searches } = deps.queues;
  const { queueId } = searches.create(searchOf(name, trials, configuration), takesTurns(deps));
  await work(deps, queueId, onJob);
  const [search] = searches.list(queueId);
  const studies = search?.studies ?? [];
  const best = studies.flatMap((study) => study.best ?? []);
  // Of LONG and SHORT one alone is no model.
  if (best.length === 0 || best.length < studies.length) {
    const missing = studies.find((study) => study.best === null)?.side;
    const which = missing == null ? 'no trial' : `no ${missing} trial`;
    throw new EngineError(
      'training-failed',
      `${name}: ${which} of the search (job ${queueId}) came to its end.`,
    );
  }
  const parsed = best.map(({ params }) => parseHyperparameters(modelType(type), params) as Hyperparameters);
  const [one, short] = parsed as [Hyperparameters, Hyperparameters?];
  const found: ConfiguredHyperparameters = short === undefined ? one : joinedSides({ long: one, short });
  deps.files.setBest(name, bestKey(type, target), found);
  return { ...configuration, hyperparameters: found };
}

/** UUID of the run of a configuration: trained by a job of its own, unless it was. */
export async function trainedRun(
  deps: TrainJobsDeps,
  configuration: Configuration,
  onJob: OnJob,
): Promise<string> {
  assertOpen(deps);
  const spec = gridOf(configuration);
  try {
    const wishes = { retrain: false, skipImpossible: false, enqueue: takesTurns(deps) };
    await work(deps, deps.queues.edits.create(spec, wishes).queueId, onJob);
  } catch (error) {
    // It is trained already, on these bars.
    if (!(error instanceof EngineError) || error.code !== 'conflict' || error.details.preview === undefined)
      throw error;
  }
  const [cell] = createGrid(spec).cells();
  const run = newestRunOf(deps.store, configHash(cell!));
  if (run === undefined) {
    throw new EngineError(
      'training-failed',
      `No run of ${describeConfiguration(configuration)} was completed.`,
    );
  }
  return requireRun(deps.store, String(run)).uuid;
}

/** Validates a version beyond the gate's windows; quick alone, where its criteria are not met, is what sequential comes to. */
export async function validated(
  deps: TrainJobsDeps,
  mode: Exclude<TrainMode, 'quick'>,
  { name, version }: VersionRow,
  onJob: OnJob,
): Promise<void> {
  assertOpen(deps);
  const { validations } = deps.queues;
  const { queueId } = validations.create({
    subject: { versions: [{ name, version }] },
    scheme: mode,
    yes: true,
    gate: false,
    enqueue: takesTurns(deps),
  });
  await work(deps, queueId, onJob, () => validations.confirm(queueId, false));
}

/** Works a job to its end. `answer`: where it asks whether to go on, though not all criteria are met. */
async function work(
  deps: TrainJobsDeps,
  queueId: number,
  onJob: OnJob,
  answer?: () => unknown,
): Promise<void> {
  onJob(queueId);
  for (;;) {
    const { state, failures } = await runJob(deps, queueId);
    if (state === 'completed') {
      const [first] = failures;
      if (first !== undefined)
        throw new EngineError('training-failed', `${first.configuration}: ${first.error}`);
      return;
    }
    if (state === 'awaiting_confirmation' && answer !== undefined) {
      answer();
      return;
    }
    // All criteria are met, and it goes on with full.
    if (state === 'pending' && answer !== undefined) continue;
    throw interrupted(queueId, `It was ${state}.`);
  }
}
