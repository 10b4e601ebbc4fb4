import { createFoldBinder } from '../binding/folds.ts';
import { windowDays } from '../binding/settings.ts';
import { configHash } from '../cells/config-hash.ts';
import { describeConfiguration } from '../cells/describe.ts';
import { withSplit } from '../config/split.ts';
import type { Configuration, ConfiguredHyperparameters, Hyperparameters } from '../contract/configuration.ts';
import type { TrainedNameDto } from '../contract/dto/index.ts';
import { EngineError, toErrorDto } from '../contract/errors.ts';
import { gridSpecSchema } from '../contract/grid.ts';
import { areOfSides, joinedSides } from '../contract/hyperparameters.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import type { TrainMode, TrainPeriod } from '../contract/registry.ts';
import { searchSpecSchema } from '../contract/search.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { createGrid } from '../grid/grid.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import type { QueueService } from '../queue/service.ts';
import { newestRunOf, requireRun } from '../store/runs.ts';
import {
  listAliases,
  modelOfVersion,
  productionOf,
  requireVersion,
  type VersionRow,
} from '../store/versions.ts';
import { beginJob } from './begin-job.ts';
import type { GateDeps } from './gate.ts';
import { type GateOptions, gateCriteria, isOfClasses } from './gate-options.ts';
import { register } from './register.ts';
import type { Registry } from './service.ts';

/** What one command trains, judges and puts in charge. */
export interface TrainWishes {
  /** Undefined: every name that is in production, each as it is. */
  readonly place: ModelPlace | undefined;
  readonly modelType: string;
  readonly target: string;
  readonly horizon: number;
  readonly optimize: boolean;
  readonly trials: number;
  readonly period: TrainPeriod;
  /** What is validated before the gate: `full` and `sequential` may confirm what the gate's windows alone can't. */
  readonly mode: TrainMode;
  readonly dryRun: boolean;
  readonly gate: GateOptions;
  readonly reason: string | null;
}

export interface TrainDeps extends GateDeps {
  readonly queues: GateDeps['queues'] & Pick<QueueService, 'edits' | 'searches'>;
  readonly registry: Pick<Registry, 'validate' | 'promote'>;
}

const DAY_MS = 86_400_000;
const SAYS = { source: 'registry/train:train' } as const;
const MOST_DAYS = 3650;
const TEST_DAYS = 60;
/** What the classic pipeline trains where nothing is searched. */
const CLASSIC_XGBOOST: Hyperparameters = { n_estimators: 100, max_depth: 6, learning_rate: 0.1 };

/**
 * Trains, validates, compares and puts in charge, name by name: what of it fails is said of that name, and the others go on.
 * @throws EngineError `invalid-input`, `conflict` where nothing is in production or a job was paused, `workspace-busy`
 */
export async function train(deps: TrainDeps, wishes: TrainWishes): Promise<TrainedNameDto[]> {
  const wanted = wanting(deps, wishes);
  for (const { configuration } of wanted) {
    const { symbol, target } = configuration;
    gateCriteria(deps.config(), wishes.gate, { symbol, target });
  }
  const results: TrainedNameDto[] = [];
  for (const one of wanted) results.push(await trainName(deps, wishes, one));
  return results;
}

interface Wanted {
  readonly place: ModelPlace;
  /** Without the days that the period asks for, where it does. */
  readonly configuration: Configuration;
  readonly hasOwnDays: boolean;
}

function wanting({ store, files, feed }: TrainDeps, wishes: TrainWishes): Wanted[] {
  const { place, target, horizon } = wishes;
  if (place === undefined) {
    const all = productionPlaces(store).map((of): Wanted => {
      const { configuration } = productionOf(store, of)!;
      return { place: of, configuration, hasOwnDays: true };
    });
    if (all.length > 0) return all;
    throw new EngineError(
      'conflict',
      'Nothing is in production yet: name a market (production train SYMBOL TIMEFRAME).',
    );
  }
  const type = modelType(wishes.modelType);
  const classic = type.name === 'xgboost' ? CLASSIC_XGBOOST : {};
  // Of LONG and SHORT models the grid checks what each has.
  const found = (wishes.optimize ? undefined : files.best(modelName(place), bestKey(type.name, target))) as
    | ConfiguredHyperparameters
    | undefined;
  if (found !== undefined) {
    feed.info(
      null,
      `${modelName(place)}: hyper-parameters of the last search are used (best_hyperparameters.json)`,
      SAYS,
    );
  }
  const { symbol, timeframe } = place;
  const configuration: Configuration = {
    modelType: type.name,
    symbol,
    timeframe,
    daysHistory: MOST_DAYS,
    horizon,
    target,
    encoder: 'normalized',
    indicatorTimeframes: defaultIndicatorTimeframes(timeframe),
    hyperparameters:
      found !== undefined && areOfSides(found)
        ? found
        : (parseHyperparameters(type, found ?? classic) as Hyperparameters),
  };
  return [{ place, configuration, hasOwnDays: false }];
}

function productionPlaces(store: TrainDeps['store']): ModelPlace[] {
  return listAliases(store).flatMap(({ name, alias, version }) => {
    if (alias !== 'production') return [];
    const { symbol, timeframe, regime } = requireVersion(store, name, version);
    return [{ symbol, timeframe, regime }];
  });
}

const bestKey = (type: string, target: string) => `${type} ${target}`;

async function trainName(deps: TrainDeps, wishes: TrainWishes, wanted: Wanted): Promise<TrainedNameDto> {
  const { now, feed } = deps;
  const name = modelName(wanted.place);
  const began = now();
  let version: VersionRow | undefined;
  let run: string | null = null;
  const result = (of: Partial<TrainedNameDto> & Pick<TrainedNameDto, 'status'>): TrainedNameDto => ({
    name,
    version: version?.version ?? null,
    run,
    title: version === undefined ? null : describeConfiguration(modelOfVersion(version).configuration),
    hyperparameters: version === undefined ? null : modelOfVersion(version).configuration.hyperparameters,
    report: null,
    error: null,
    seconds: (now() - began) / 1000,
    ...of,
  });
  try {
    const days = wanted.hasOwnDays ? wanted.configuration.daysHistory : daysFor(deps, wishes, wanted);
    const asked = { ...wanted.configuration, daysHistory: days };
    const configuration = wishes.optimize ? await searched(deps, wishes, name, asked) : asked;
    run = await trainedRun(deps, configuration);
    version = await register(deps, { source: { runId: run }, place: wanted.place, reason: wishes.reason });
    if (wishes.mode !== 'quick') await validated(deps, wishes, version);
    if (wishes.dryRun) {
      const report = await deps.registry.validate(wanted.place, version.version, wishes.gate);
      return result({ status: report.passed ? 'passed' : 'refused', report });
    }
    const { promoted, report } = await deps.registry.promote(wanted.place, version.version, {
      ...wishes.gate,
      reason: wishes.reason,
    });
    return result({ status: promoted ? 'promoted' : 'refused', report });
  } catch (error) {
    if (
      !(error instanceof EngineError) ||
      error.details.interrupted === true ||
      error.code === 'workspace-busy'
    ) {
      throw error;
    }
    feed.error(null, `${name}: ${error.message}`, SAYS);
    const { code, message } = toErrorDto(error);
    return result({ status: 'failed', error: { code, message } });
  }
}

const PERIOD_DAYS: Readonly<Record<TrainPeriod, number>> = {
  '1y': 365,
  '2y': 730,
  '3y': 1095,
  '5y': 1825,
  '10y': 3650,
  all: MOST_DAYS,
};

/** Days of the period, as far as they are there once holdout, selection and the gate's test windows are set aside. */
function daysFor(deps: TrainDeps, { period }: TrainWishes, { configuration, place }: Wanted): number {
  const config = withSplit(deps.config(), () => PERIOD_DAYS[period]);
  const { earliest, end } = createFoldBinder(deps.library, config).market(configuration);
  const { selectionDays } = windowDays(config);
  const folds = Math.max(1, Math.round(config.registry.validation_months / 2));
  // The selection window of the run itself, one of the first fold, the test windows, and what their borders may cost.
  const aside = 2 * selectionDays + (folds + 1) * TEST_DAYS;
  const there = Math.floor((end - earliest) / DAY_MS) - aside;
  const wanted = PERIOD_DAYS[period];
  if (there >= wanted) return wanted;
  if (there < LEAST_DAYS) {
    throw new EngineError(
      'training-failed',
      `${modelName(place)}: the data has ${Math.max(0, there + aside)} days before the holdout; ${aside} of them are set aside for selection and test windows, and at least ${LEAST_DAYS} more are learned from. Import more history.`,
      { remedy: 'import-candles' },
    );
  }
  deps.feed.info(
    null,
    `${modelName(place)}: of ${period}, ${there} days are there once test windows are set aside`,
    SAYS,
  );
  return there;
}

const LEAST_DAYS = 30;

/** A configuration with the best hyper-parameters of a search inside its training window; they are written down for later. */
async function searched(
  deps: TrainDeps,
  { trials }: TrainWishes,
  name: string,
  configuration: Configuration,
): Promise<Configuration> {
  const { modelType: type, target } = configuration;
  const { hyperparameters: _searched, ...grid } = gridOf(configuration);
  const objective = isOfClasses(target) ? 'roc_auc' : 'spearman';
  const spec = searchSpecSchema.parse({ ...grid, name: `Search for ${name}`, trials, objective });
  const { queueId } = deps.queues.searches.create(spec, false);
  await work(deps, queueId);
  const [search] = deps.queues.searches.list(queueId);
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

function gridOf(configuration: Configuration) {
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

/** UUID of the run of a configuration: trained by a job of its own, unless it was. */
async function trainedRun(deps: TrainDeps, configuration: Configuration): Promise<string> {
  const spec = gridSpecSchema.parse({
    ...gridOf(configuration),
    name: `Production training of ${describeConfiguration(configuration)}`,
  });
  try {
    const wishes = { retrain: false, skipImpossible: false, enqueue: false };
    await work(deps, deps.queues.edits.create(spec, wishes).queueId);
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
async function validated(
  deps: TrainDeps,
  { mode }: TrainWishes,
  { name, version }: VersionRow,
): Promise<void> {
  const { queueId } = deps.queues.validations.create({
    subject: { versions: [{ name, version }] },
    scheme: mode,
    yes: true,
    gate: false,
    enqueue: false,
  });
  await work(deps, queueId, () => deps.queues.validations.confirm(queueId, false));
}

/** Starts a job and waits for its end. `waits`: where it asks whether to go on. */
async function work({ queues }: TrainDeps, queueId: number, waits?: () => unknown): Promise<void> {
  await beginJob(queues, queueId);
  for (;;) {
    const { state, failures } = await queues.launcher.outcome(queueId);
    if (state === 'completed') {
      const [first] = failures;
      if (first !== undefined)
        throw new EngineError('training-failed', `${first.configuration}: ${first.error}`);
      return;
    }
    if (state === 'awaiting_confirmation' && waits !== undefined) {
      waits();
      return;
    }
    // All criteria are met, and it goes on with full.
    if (state === 'pending' && waits !== undefined) {
      await beginJob(queues, queueId);
      continue;
    }
    throw new EngineError(
      'conflict',
      `Job ${queueId} was ${state}. Once it is done, the same command goes on from there.`,
      {
        interrupted: true,
        queueId,
      },
    );
  }
}
