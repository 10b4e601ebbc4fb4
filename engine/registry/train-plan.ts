import { describeConfiguration } from '../cells/describe.ts';
import type { Configuration } from '../contract/configuration.ts';
import { counted } from '../contract/counted.ts';
import { criterionTitle } from '../contract/criteria.ts';
import type { PlannedNameDto, PlannedStageDto, TrainingPlanDto } from '../contract/dto/index.ts';
import { EngineError, type Problem } from '../contract/errors.ts';
import { skippedBy } from '../contract/gate-options.ts';
import { modelName } from '../contract/model-name.ts';
import { modelTitle } from '../contract/model-type-names.ts';
import { aliasOf, modelOfVersion, requireVersion } from '../store/versions.ts';
import type { ModelSubject } from '../validation/spec.ts';
import { defaultStrategy } from '../validation/subjects.ts';
import { gateCriteria } from './gate-options.ts';
import { checkedWants, type TrainDeps, type TrainWishes } from './train.ts';
import { gridOf, searchOf } from './train-jobs.ts';
import { daysFor, type FoundBy, gateFolds, TEST_DAYS, type Wanted } from './train-wanted.ts';

export type PlanDeps = Omit<TrainDeps, 'registry' | 'closing'>;

/** What is put together for each name. */
interface Sums {
  seconds: number | null;
  readonly problems: Problem[];
  readonly notes: string[];
}

/**
 * What a production training would do, name by name, and how long it would take. Writes nothing, and throws for no option: what stands in
 * the way is told at it.
 */
export function planTraining(deps: PlanDeps, wishes: TrainWishes): TrainingPlanDto {
  const sums: Sums = { seconds: 0, problems: [], notes: [] };
  const names: PlannedNameDto[] = [];
  let hasComparison = false;
  try {
    for (const wanted of checkedWants(deps, wishes)) {
      const planned = planName(deps, wishes, wanted, sums);
      if (planned === undefined) continue;
      names.push(planned);
      hasComparison ||= planned.production !== null;
    }
  } catch (error) {
    sums.problems.push(...problemsOf(error, wishes.place === undefined ? 'symbol' : 'target'));
  }
  const { min_verdict } = deps.config().registry;
  const gate = { ...wishes.gate, minVerdict: wishes.gate.minVerdict ?? min_verdict };
  return {
    names,
    problems: sums.problems,
    skipped: skippedBy(gate, hasComparison),
    notes: sums.notes,
    estimate: { seconds: sums.problems.length > 0 ? null : sums.seconds },
  };
}

const FOUND: Readonly<Record<FoundBy, string>> = {
  search: 'with what the last search found (best_hyperparameters.json)',
  classic: 'with the classic parameters (100 trees, depth 6, rate 0.1)',
  defaults: 'with the defaults of its type',
  production: 'as the version in production',
};

function planName(
  deps: PlanDeps,
  wishes: TrainWishes,
  wanted: Wanted,
  sums: Sums,
): PlannedNameDto | undefined {
  const { store, queues } = deps;
  const name = modelName(wanted.place);
  /** What one stage costs; what stands in the way of it is a problem of its option. */
  const costs = <T extends { readonly estimate: { readonly seconds: number | null } }>(
    path: string,
    preview: () => T,
  ): T | undefined => {
    try {
      const found = preview();
      const { seconds } = found.estimate;
      sums.seconds = sums.seconds === null || seconds === null ? null : sums.seconds + seconds;
      return found;
    } catch (error) {
      sums.problems.push(...problemsOf(error, path));
      return undefined;
    }
  };
  let configuration: Configuration;
  try {
    const { days, note } = daysFor(deps, wishes, wanted);
    configuration = { ...wanted.configuration, daysHistory: days };
    if (note !== null) sums.notes.push(`${note}.`);
  } catch (error) {
    const isShort = error instanceof EngineError && error.code === 'training-failed';
    sums.problems.push(...problemsOf(error, isShort ? 'period' : 'symbol'));
    return undefined;
  }
  const production = aliasOf(store, name, 'production') ?? null;
  const search = wishes.optimize
    ? costs('trials', () => queues.searches.preview(searchOf(name, wishes.trials, configuration)))
    : undefined;
  const grid = costs('period', () =>
    queues.edits.preview(gridOf(configuration), { retrain: false, skipImpossible: false }),
  );
  const isTrained = !wishes.optimize && grid?.toTrain === 0;
  const own = subjectOf(configuration, wanted);
  const beyond =
    wishes.mode === 'quick'
      ? undefined
      : costs('mode', () =>
          queues.validations.preview({
            subject: { models: [own] },
            scheme: wishes.mode as 'full' | 'sequential',
            gate: false,
          }),
        );
  const compares = production !== null && !wishes.gate.force;
  const models = [
    ...(wishes.gate.skipValidation && !compares ? [] : [own]),
    ...(compares ? [inCharge(deps, name, production, wanted)] : []),
  ];
  const windows =
    models.length === 0
      ? undefined
      : costs('period', () =>
          queues.validations.preview({
            subject: { models },
            scheme: 'own',
            testPeriodDays: TEST_DAYS,
            folds: gateFolds(deps),
            gate: true,
          }),
        );
  for (const problem of new Set([...(beyond?.problems ?? []), ...(windows?.problems ?? [])])) {
    sums.problems.push({ path: 'period', message: problem });
  }
  const stages: PlannedStageDto[] = [
    wishes.optimize
      ? stage(
          'search',
          `${counted(search?.trials ?? wishes.trials, 'trial')} inside the training window.`,
          null,
        )
      : leftOut('search', 'No search is asked for.'),
    stage(
      'train',
      isTrained
        ? 'It is trained on these bars already; refitted up to the newest bar it is a version.'
        : `${modelTitle(configuration.modelType)} ${wishes.optimize ? 'with the best of the search' : FOUND[wanted.foundBy]}, then refitted up to the newest bar as a version.`,
      isTrained ? 0 : 1,
    ),
    validateStage(deps, wishes, own, beyond?.toTrain ?? 0, windows === undefined ? 0 : gateFolds(deps)),
    production === null
      ? stage('compare', 'Nothing is in production yet: there is nothing to compare it with.', 0)
      : wishes.gate.force
        ? leftOut('compare', `It is not compared with ${production}, which is in production.`)
        : stage(
            'compare',
            `With ${production} in production, trained anew in the same ${gateFolds(deps)} windows; only worse refuses.`,
            gateFolds(deps),
          ),
    wishes.dryRun
      ? leftOut('promote', 'A dry run: nothing is put in charge.')
      : stage(
          'promote',
          'Put in charge where the gate passes; the look at its market’s holdout is spent then.',
          0,
        ),
  ];
  return {
    name,
    title: describeConfiguration(configuration),
    days: configuration.daysHistory,
    production,
    stages,
  };
}

function validateStage(
  deps: PlanDeps,
  { mode, gate }: TrainWishes,
  { configuration }: ModelSubject,
  beyond: number,
  folds: number,
): PlannedStageDto {
  const first = mode === 'quick' ? '' : `Walk-forward ${mode}, ${counted(beyond, 'model')} to train. `;
  if (gate.skipValidation) {
    const text = `${first}The gate asks for no test windows, thresholds and verdict.`;
    return mode === 'quick' ? leftOut('validate', text) : stage('validate', text, beyond);
  }
  const { symbol, target } = configuration;
  const { preset, criteria } = gateCriteria(deps.config(), gate, { symbol, target });
  const least = gate.minVerdict ?? deps.config().registry.min_verdict;
  const asked = criteria
    .filter(({ errors }) => errors === 0)
    .map((one) => `${criterionTitle(one)} ${one.threshold}`);
  const verdict = least === 'none' ? 'no verdict is asked' : `a verdict of at least "${least}"`;
  const thresholds = `${preset}${asked.length === 0 ? '' : ` (${asked.join(', ')})`}`;
  return stage(
    'validate',
    `${first}${folds} test windows of ${TEST_DAYS} days, each by a model that knows only what came before; thresholds ${thresholds}; ${verdict}.`,
    beyond + folds,
  );
}

const stage = (of: PlannedStageDto['stage'], text: string, models: number | null): PlannedStageDto => ({
  stage: of,
  leftOut: false,
  text,
  models,
});

const leftOut = (of: PlannedStageDto['stage'], text: string): PlannedStageDto => ({
  stage: of,
  leftOut: true,
  text,
  models: 0,
});

/** What is trained, with the strategy that stands for it until one is chosen. */
function subjectOf(configuration: Configuration, { place }: Wanted): ModelSubject {
  return {
    configuration,
    strategy: defaultStrategy(configuration),
    regime: place.regime,
    runId: null,
    champion: null,
  };
}

function inCharge(deps: PlanDeps, name: string, version: string, { place }: Wanted): ModelSubject {
  const { configuration, strategy } = modelOfVersion(requireVersion(deps.store, name, version));
  return { configuration, strategy, regime: place.regime, runId: null, champion: null };
}

/** At which option what a preview refuses is told. */
function problemsOf(error: unknown, path: string): Problem[] {
  if (!(error instanceof EngineError) || error.code === 'artifact-damaged') throw error;
  const { problems } = error.details;
  if (problems === undefined || problems.length === 0) return [{ path, message: error.message }];
  return problems.map((one) => ({
    path: OPTION_OF[one.path.split(/[.[]/, 1)[0]!] ?? path,
    message: one.message,
  }));
}

/** Options by the axis of a grid that they fill. */
const OPTION_OF: Readonly<Record<string, string>> = {
  model_types: 'modelType',
  symbols: 'symbol',
  timeframes: 'timeframe',
  days_history: 'period',
  horizons: 'horizon',
  targets: 'target',
  trials: 'trials',
  minAccuracy: 'minAccuracy',
  minPrecision: 'minPrecision',
  minRecall: 'minRecall',
  minF1: 'minF1',
};
