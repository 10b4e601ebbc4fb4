import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { Resolver } from '../binding/resolver.ts';
import { isOwnModel, storedModel } from '../binding/run-context.ts';
import { strategyAxes } from '../binding/settings.ts';
import { type ScoredRun, standingOf } from '../binding/standing.ts';
import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import { EVALUATION_WINDOWS } from '../pipeline/evaluation-span.ts';
import { type EvaluationTable, metricOf, rowReader } from '../pipeline/evaluation-table.ts';
import type { EvaluatedModelResult, EvaluationJob, EvaluationResult } from '../pipeline/job.ts';
import { activeNames } from '../regimes/definition.ts';
import { SCORES } from '../selection/candidates.ts';
import type { Store } from '../store/database.ts';
import { figureColumns, luckColumns } from '../store/figure-columns.ts';
import type { EvaluatedColumns, LuckColumns } from '../store/schema.ts';
import type { Trainer } from '../workers/trainer.ts';
import { startTraining, type Training } from '../workers/training.ts';
import { type Chances, createChances, type Hopeful } from './chances.ts';
import { planRescoring, type RescoreTask } from './rescore-plan.ts';
import type { DueCell } from './skip-trained.ts';

/** What a champion is worth on today's bars, under today's costs and rules. */
export interface FreshScore extends ScoredRun {
  /** NaN: it has none. */
  readonly score: number;
  readonly trades: number;
  readonly figures: EvaluatedColumns & LuckColumns;
  /** Where champions are chosen by what survives: what its chance is told by, in place of `score`. */
  readonly hopeful?: Hopeful;
}

/** What is known of champions whose scores are no longer today's, by place; see `placeOf`. */
export interface FreshScores {
  /** The score that can be compared with those of a run, if there is one. */
  scoreFor(place: string, today: ScoredRun, regime: string): FreshScore | undefined;
  /** Why it could not be scored again; completes "…, and". */
  obstacleOf(place: string): string | undefined;
  /** Where champions are chosen by what survives. */
  readonly chances?: Chances | undefined;
}

export const NO_FRESH_SCORES: FreshScores = { scoreFor: () => undefined, obstacleOf: () => undefined };

export interface RescoreDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly config: Config;
  readonly trainer: Trainer;
  /** Told of how many models are about to be evaluated again, if there are any. */
  readonly begins: (models: number) => void;
}

export interface Rescoring {
  /** No further model is evaluated; nothing may be decided by what is known by then. */
  stop(): void;
  run(): Promise<FreshScores>;
}

/** Models evaluated at a time: their files are in memory. */
const AT_A_TIME = 32;

/**
 * Scores champions again that a queue's results will be compared with, where their own scores are not of today: their models
 * are evaluated on today's windows. Writes nothing: a champion takes its new score in the transaction of the first result
 * that competes with it, so wherever a pass is cut off, the next one begins anew and comes to the same. Those of runs that the queue
 * itself evaluates again, `own`, are left to it.
 */
export function startRescoring(
  deps: RescoreDeps,
  pending: readonly DueCell[],
  resolver: Resolver,
  own: ReadonlySet<number>,
): Rescoring {
  const plan = planRescoring(deps, pending, resolver, own);
  const scores = new Map<string, FreshScore[]>();
  const obstacles = new Map(plan.refusals.map(({ place, obstacle }) => [place, obstacle]));
  let stopped = false;
  let current: Training | undefined;

  function refuse({ places }: RescoreTask, obstacle: string): void {
    for (const { place } of places) obstacles.set(place, obstacle);
  }

  /** Evaluates models that share a context. What can't be evaluated stands in nobody's way: it stands aside. */
  async function evaluate(tasks: readonly RescoreTask[]): Promise<void> {
    const jobs = tasks.flatMap((task, index) => {
      const job = jobOf(deps.artifacts, task, index);
      if (job === undefined) refuse(task, 'its model file can not be read');
      return job ?? [];
    });
    if (jobs.length === 0) return;
    const training = startTraining<EvaluationJob>({
      trainer: deps.trainer,
      batches: [{ contextKey: '', cells: jobs }],
      contextSpec: () => resolver.contextSpec(tasks[0]!.cell),
      maxSecondsPerCell: deps.config.queue.max_minutes_per_model * 60,
      onThread: () => undefined,
      onResult(result) {
        take(tasks[result.index]!, result);
        training.committed();
      },
    });
    current = training;
    try {
      await training.done;
    } catch (error) {
      for (const { index } of jobs) refuse(tasks[index]!, failureText((error as Error).message));
    }
  }

  function take(task: RescoreTask, result: EvaluationResult): void {
    if (result.status === 'failed') refuse(task, failureText(result.error.message));
    else if (!isOwnModel(task.run, result.modelKey)) refuse(task, "its model file is another run's");
    else tell(task, result);
  }

  function tell(task: RescoreTask, result: EvaluatedModelResult): void {
    for (const { place, ...score } of freshScores(deps.config, task, result)) {
      scores.set(place, [...(scores.get(place) ?? []), score]);
    }
  }

  async function run(): Promise<FreshScores> {
    const chances = createChances(deps.store, deps.config);
    if (plan.tasks.length > 0) deps.begins(plan.tasks.length);
    for (const tasks of Map.groupBy(plan.tasks, ({ cell }) => cell.contextKey).values()) {
      for (let from = 0; from < tasks.length && !stopped; from += AT_A_TIME) {
        await evaluate(tasks.slice(from, from + AT_A_TIME));
      }
    }
    return {
      scoreFor: (place, today, regime) =>
        scores.get(place)?.find((score) => standingOf(score, today, regime).kind === 'current'),
      obstacleOf: (place) => obstacles.get(place),
      chances,
    };
  }

  return {
    stop() {
      stopped = true;
      current?.stop();
    },
    run,
  };
}

const failureText = (message: string) => `it could not be scored again (${message})`;

/** Undefined where the model file is not to be had. */
function jobOf(artifacts: ArtifactFolder, task: RescoreTask, index: number): EvaluationJob | undefined {
  const { configuration } = task.cell;
  try {
    const { file, bytes } = storedModel(artifacts, task.run, 'scored again');
    const contending = task.places.map(({ regime, strategy: strategyIndex }) => ({ regime, strategyIndex }));
    return { index, configuration, model: bytes, file, strategies: strategiesOf(task), contending };
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** Each strategy that a task's places follow, once, ascending. */
function strategiesOf({ places }: RescoreTask): number[] {
  return [...new Set(places.map(({ strategy }) => strategy))].sort((a, b) => a - b);
}

/** What the places of a task are worth, from figures of their strategies. */
function freshScores(
  config: Config,
  task: RescoreTask,
  { results: values, luck, contenders }: EvaluatedModelResult,
): (FreshScore & { readonly place: string })[] {
  const { symbol, timeframe } = task.run;
  const strategies = strategiesOf(task);
  const regimeNames = activeNames(config.regimes.definitions);
  const table: EvaluationTable = { strategies: [], windows: EVALUATION_WINDOWS, regimeNames, values };
  const { metric } = SCORES[config.evaluation.score];
  return task.places.map(({ place, regime, strategy }) => {
    const position = strategies.indexOf(strategy);
    const segment = 1 + regimeNames.indexOf(regime);
    const luckOf = luckColumns(luck, position, segment);
    const contender = contenders?.find((one) => one.regime === regime && one.strategyIndex === strategy);
    return {
      place,
      basis: task.cell.basis,
      symbol,
      timeframe,
      score: metricOf(table, position, 'selection', segment, metric),
      trades: metricOf(table, position, 'selection', segment, 'trades'),
      figures: {
        ...figureColumns(rowReader(table, position, segment)),
        ...luckOf,
      },
      ...(contender && {
        hopeful: {
          configuration: task.cell.configuration,
          strategy: strategyGrid(strategyAxes(task.cell.basis))[strategy]!,
          regime,
          figures: contender.figures,
          luckScore: luckOf.luck_score ?? Number.NaN,
        },
      }),
    };
  });
}
