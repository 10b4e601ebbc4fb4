import { createResolver } from '../binding/resolver.ts';
import { configHash } from '../cells/config-hash.ts';
import { withSplit } from '../config/split.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { SearchDto, SearchPreviewDto } from '../contract/dto/search.ts';
import { EngineError, type Problem } from '../contract/errors.ts';
import { type GridSpec, gridSpecSchema, readClassifier } from '../contract/grid.ts';
import {
  areAxesOfSides,
  areOfSides,
  type ConfiguredHyperparameters,
  type HyperparameterAxes,
  hyperparametersOf,
  MODEL_SIDES,
  type ModelSide,
  type SideAxes,
} from '../contract/hyperparameters.ts';
import { modelTitle } from '../contract/model-type-names.ts';
import { objectiveTitle } from '../contract/objective-titles.ts';
import { type Objective, type SearchSpec, STRUCTURE, searchError } from '../contract/search.ts';
import { hasTwoModels } from '../contract/target-names.ts';
import { checkGrid, type GridCheckDeps } from '../grid/check.ts';
import { spaceOf, startingPoint } from '../search/space-of.ts';
import { reachOf, structureProblems } from '../search/structure.ts';
import { allQueues, insertQueue, type NewCell, requireQueue } from '../store/queues.ts';
import { targetOf } from '../targets/catalog.ts';
import type { EditsDeps } from './edits.ts';
import type { InUse } from './in-use.ts';
import { assertJudged, withJudge } from './judge.ts';
import { searchDto } from './search-dto.ts';
import { estimateSearch } from './search-estimate.ts';
import {
  cellPlaces,
  parameterDto,
  placesOf,
  type SearchRules,
  type StoredSearch,
  type StudySpec,
  studyName,
  trialsOfStudy,
} from './search-spec.ts';

/** The most trials of one job: each is a row that is read at every start. */
const MOST_TRIALS = 100_000;

/** Jobs that search hyper-parameters, and what they found. */
export interface SearchEdits {
  /** Writes nothing. @throws EngineError `grid-invalid` with every problem */
  preview(spec: SearchSpec): SearchPreviewDto;
  /** @throws as `preview` */
  create(
    spec: SearchSpec,
    enqueue: boolean,
  ): { readonly queueId: number; readonly preview: SearchPreviewDto };
  /** Oldest first; of a job of another kind none. @throws EngineError `not-found` for a job that is not there */
  list(queueId: number | undefined): SearchDto[];
}

interface PlannedSearch {
  readonly stored: StoredSearch;
  readonly cells: readonly NewCell[];
  readonly preview: SearchPreviewDto;
}

/** `inUse`: what the second trial of a study tries. */
export function createSearchEdits(deps: EditsDeps, inUse: InUse): SearchEdits {
  const { store, library, artifacts, changed, now } = deps;

  function plan(spec: SearchSpec): PlannedSearch {
    const config = deps.config();
    const { objective } = spec;
    const grid = readClassifier(gridOf(spec));
    const problems = (spec.space === undefined ? [] : Object.keys(spec.space)).flatMap((type) =>
      grid.model_types.includes(type)
        ? []
        : [{ path: `space.${type}`, message: `${type} is none of the model_types of this search` }],
    );
    const given = { store, library, models: artifacts, config, threads: deps.threads() };
    const checked = checkGrid(given, grid, { retrain: true, skipImpossible: false });
    const studies = checked.cells.flatMap(({ configuration }) =>
      sidesOf(configuration, objective).map((side): StudySpec => {
        const { modelType } = configuration;
        const { hyperparameters: all } = configuration;
        const hyperparameters = side === undefined ? all : hyperparametersOf(all, side);
        const fixed = fixedIn(spec.hyperparameters?.[modelType] ?? {}, side);
        const { space, problems: found } = spaceOf(modelType, fixed, spec);
        problems.push(...found.filter(({ path }) => !problems.some((known) => known.path === path)));
        const used = inUse(configuration);
        const begins = used === undefined ? [configuration] : [configuration, used];
        const first =
          found.length > 0
            ? []
            : begins.map((one) => {
                const { hyperparameters: given } = one;
                return startingPoint(one, hyperparametersOf(given, side ?? firstOf(given)), space);
              });
        return {
          configuration: { ...configuration, hyperparameters },
          space,
          ...(side !== undefined && { side }),
          first,
        };
      }),
    );
    if (problems.length === 0) problems.push(...structureChecked(studies, grid, given));
    const numbers = studies.find(
      ({ configuration }) => targetOf(configuration.target).type.task !== 'classes',
    );
    if (objective === 'log_loss' && numbers !== undefined) {
      const { target } = numbers.configuration;
      const message = `log_loss judges probabilities, and models of ${target} say none; use targets direction or barrier, or another objective`;
      problems.push({ path: 'objective', message });
    }
    if (problems.length > 0) throw searchError(problems);
    const { trials, sampler, multivariate, seed, patience } = spec;
    // Whole cells have no folds to be given up after.
    const { folds, pruner } = objective === 'sharpe' ? ({ folds: 0, pruner: 'none' } as const) : spec;
    const workers = spec.workers ?? deps.threads();
    const rules: SearchRules = {
      ...{ trials, sampler, multivariate, objective, folds, pruner, seed, workers },
      ...(patience === undefined ? {} : { patience }),
    };
    const { symbols, timeframes } = grid;
    const stored: StoredSearch = { symbols, timeframes, rules, studies };
    const { total } = cellPlaces(stored);
    if (total > MOST_TRIALS) {
      const message = `expected at most ${MOST_TRIALS} trials in one job, found ${total} of ${studies.length} studies; search fewer at a time`;
      throw searchError([{ path: 'trials', message }]);
    }
    const estimate = estimateSearch(store, stored, deps.threads());
    return { stored, cells: cellsOf(stored), preview: { ...previewOf(stored), estimate } };
  }

  /** All of a job see the same windows, whenever they are trained. */
  function cellsOf({ studies, rules }: StoredSearch): NewCell[] {
    const longest = () => Math.max(...studies.map(({ configuration }) => configuration.daysHistory));
    const resolver = createResolver(library, withSplit(withJudge(store, deps.config()), longest));
    const each = studies.map(({ configuration }): NewCell => {
      const { basis, runKey } = resolver.resolve(configuration);
      return {
        configuration,
        asOf: Date.parse(basis.as_of),
        configHash: configHash(configuration),
        runKey,
        state: 'pending',
        runId: null,
      };
    });
    const trials = studies.flatMap((study, i) =>
      Array.from({ length: trialsOfStudy(study, rules) }, () => each[i]!),
    );
    return [...trials, ...placesOf({ studies }).map(([first]) => each[first!]!)];
  }

  return {
    preview: (spec) => plan(spec).preview,

    create(spec, enqueued) {
      assertJudged(withJudge(store, deps.config()));
      const { stored, cells, preview } = plan(spec);
      const name = spec.name ?? nameOf(stored);
      const queue = { name, kind: 'search' as const, enqueued, spec: stored, createdAt: now() };
      const queueId = insertQueue(store, queue, cells);
      changed(queueId);
      return { queueId, preview };
    },

    list(queueId) {
      const queues = queueId === undefined ? allQueues(store) : [requireQueue(store, queueId)];
      return queues
        .filter(({ kind }) => kind === 'search')
        .sort((a, b) => a.id - b.id)
        .map((queue) => searchDto(store, queue, deps.config().evaluation.min_trades_per_regime));
    },
  };
}

/** A study for each of two models, judged by its own side alone; what both trade together is one. */
function sidesOf({ target }: Configuration, objective: Objective): readonly (ModelSide | undefined)[] {
  return objective !== 'sharpe' && hasTwoModels(target) ? MODEL_SIDES : [undefined];
}

/** Where trials of both models together begin: where the first one stands. */
function firstOf(given: ConfiguredHyperparameters): ModelSide | 'both' {
  return areOfSides(given) ? 'long' : 'both';
}

/** What a search says of hyper-parameters that it does not vary. */
function fixedIn(given: HyperparameterAxes | SideAxes, side: ModelSide | undefined): string[] {
  if (!areAxesOfSides(given)) return Object.keys(given);
  return side === undefined
    ? MODEL_SIDES.flatMap((each) => Object.keys(given[each]))
    : Object.keys(given[side]);
}

/** What is wrong with what studies vary beside hyper-parameters, be it that the candles are too short for what it reaches to. */
function structureChecked(studies: readonly StudySpec[], grid: GridSpec, given: GridCheckDeps): Problem[] {
  const byType = new Map(studies.map(({ configuration, space }) => [configuration.modelType, space]));
  return [...byType].flatMap(([type, space]) => {
    const structure = space.filter(({ name }) => (STRUCTURE as readonly string[]).includes(name));
    const problems = structureProblems(type, structure, grid);
    return problems.length > 0 || structure.length === 0
      ? problems
      : reachProblems(type, reachOf(type, structure, grid), given);
  });
}

/**
 * Candles too short for an end of it stand in the way. Classes that are too rare at some of its corners don't, as long as there are others:
 * trials there fail, and say so.
 */
function reachProblems(type: string, reach: GridSpec, given: GridCheckDeps): Problem[] {
  const checks: readonly { readonly grid: GridSpec; readonly skipImpossible: boolean }[] = [
    // Without hyper-parameters: returns have no LONG and SHORT model to give any of their own.
    { grid: { ...reach, targets: ['return'], hyperparameters: undefined }, skipImpossible: false },
    { grid: reach, skipImpossible: true },
  ];
  for (const { grid, skipImpossible } of checks) {
    try {
      checkGrid(given, grid, { retrain: true, skipImpossible });
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'grid-invalid') throw error;
      return (error.details.problems ?? [])
        .filter(({ path }) => path !== '')
        .map(({ path, message }) => ({ path: `space.${type}`, message: `${path}: ${message}` }));
    }
  }
  return [];
}

/** The axes of a search, as a grid has them. */
function gridOf(spec: SearchSpec): GridSpec {
  const keys = Object.keys(gridSpecSchema.shape);
  return Object.fromEntries(Object.entries(spec).filter(([key]) => keys.includes(key))) as GridSpec;
}

function nameOf({ studies, symbols, timeframes, rules }: StoredSearch): string {
  const types = [...new Set(studies.map(({ configuration }) => configuration.modelType))];
  const what = types.length <= 3 ? types.map(modelTitle).join(', ') : `${types.length} model types`;
  const where = symbols.length <= 3 ? symbols.join(' ') : `${symbols.length} symbols`;
  return `Search of ${what} on ${where}, ${timeframes.join(' ')}, by ${objectiveTitle(rules.objective)}`;
}

function previewOf({ studies, rules }: StoredSearch): Omit<SearchPreviewDto, 'estimate'> {
  const each = studies.map((study) => ({
    model: studyName(study),
    parameters: study.space.map(parameterDto),
    trials: trialsOfStudy(study, rules),
  }));
  return {
    studies: each,
    trials: each.reduce((sum, { trials }) => sum + trials, 0),
    workers: rules.workers,
  };
}
