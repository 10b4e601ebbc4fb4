import type { ArtifactFolder } from '../artifacts/folder.ts';
import { METRIC_INDEX } from '../backtest/metrics.ts';
import { contextKey } from '../binding/context-spec.ts';
import { robustnessKey, robustnessSeed } from '../binding/robustness-key.ts';
import { assertOwnModel, type ContextDeps, contextOf, storedModel } from '../binding/run-context.ts';
import { strategyAxes } from '../binding/settings.ts';
import { counted } from '../contract/counted.ts';
import { EngineError, fromErrorDto } from '../contract/errors.ts';
import { rankedBy, type ScoreMetric } from '../contract/words.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import type { Feed } from '../log/feed.ts';
import type { RobustnessJob } from '../pipeline/robustness.ts';
import { SCORES } from '../selection/candidates.ts';
import { listedChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { keepRobustness, pruneRobustness, readRobustness } from '../store/robustness.ts';
import { findRun, type RunRow } from '../store/runs.ts';
import {
  type PlacedChampion,
  placedChampion,
  placeOfRobustness,
  robustnessDto,
} from '../views/robustness.ts';
import type { Analysis } from '../workers/analysis.ts';
import type { SurvivalTrainer } from './survival-work.ts';

export interface RobustnessDeps extends ContextDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly tester: Pick<Analysis, 'robustness'> & SurvivalTrainer & Pick<Analysis, 'fitSurvivalAsOf'>;
}

/** A champion of which nothing is known, or only what it was under other data or rules. */
export interface DueChampion extends PlacedChampion {
  readonly key: string;
}

export interface RobustnessFailure {
  readonly champion: DueChampion;
  readonly error: Error;
}

/** Completes "Run 12 can't be …". */
const PURPOSE = 'tested for robustness';

/** Models that are tested before it is looked whether to go on: their files are in memory. */
const AT_A_TIME = 4;

/** Champions that are to be tested; a damaged one has no figures, and one of other rules no key. */
export function dueChampions(store: Store, score: ScoreMetric): DueChampion[] {
  const found = readRobustness(store);
  return listedChampions(store).flatMap((row) => {
    if (row.sharpe === null) return [];
    const champion = placedChampion(store, row);
    const key = robustnessKey(champion, score);
    if (key === undefined) return [];
    const known = found(placeOfRobustness(row));
    // What a model of what survives looks at came later.
    if (known?.key === key && known.figures.contender !== undefined) return [];
    return [{ ...champion, key }];
  });
}

/**
 * Tests champions and keeps what is found of each as soon as it is; champions that share a context one after the other. Returns those
 * that can't be tested, and why.
 */
export async function testChampions(
  deps: RobustnessDeps,
  due: readonly DueChampion[],
  isStopped: () => boolean = () => false,
): Promise<RobustnessFailure[]> {
  const failures: RobustnessFailure[] = [];
  const groups = Map.groupBy(due, ({ configuration, scored }) =>
    [configuration.symbol, configuration.timeframe, contextKey({ configuration, basis: scored })].join(' '),
  );
  for (const group of groups.values()) {
    for (let from = 0; from < group.length && !isStopped(); from += AT_A_TIME) {
      const some = group.slice(from, from + AT_A_TIME);
      try {
        failures.push(...(await testTogether(deps, some)));
      } catch (error) {
        failures.push(...some.map((champion) => ({ champion, error: error as Error })));
      }
    }
  }
  return failures;
}

async function testTogether(
  deps: RobustnessDeps,
  champions: readonly DueChampion[],
): Promise<RobustnessFailure[]> {
  const failures: RobustnessFailure[] = [];
  const score = rankedBy(deps.config().evaluation.score);
  const jobs = champions.flatMap((champion) => {
    try {
      const run = findRun(deps.store, champion.row.run_id)!;
      return [{ champion, run, job: jobOf(deps, champion, run, score) }];
    } catch (error) {
      failures.push({ champion, error: error as Error });
      return [];
    }
  });
  const [first] = jobs;
  if (first === undefined) return failures;
  const { context } = await contextOf(deps, first.run, first.champion.scored, PURPOSE);
  const answers = await deps.tester.robustness({ context, jobs: jobs.map(({ job }) => job) });
  answers.forEach((answer, k) => {
    const { champion, run } = jobs[k]!;
    try {
      if ('error' in answer) throw fromErrorDto(answer.error);
      const report = answer.result;
      assertOwnModel(run, report.modelKey);
      if (report.metrics[METRIC_INDEX.sharpe] !== champion.row.sharpe) throw otherFigures(run);
      keepRobustness(deps.store, placeOfRobustness(champion.row), champion.key, robustnessDto(report, score));
    } catch (error) {
      failures.push({ champion, error: error as Error });
    }
  });
  return failures;
}

function jobOf(
  { artifacts }: RobustnessDeps,
  { scored, strategy, regime, key }: DueChampion,
  run: RunRow,
  score: ScoreMetric,
): RobustnessJob {
  const { file, bytes: model } = storedModel(artifacts, run, PURPOSE);
  const wanted = JSON.stringify(strategy);
  const strategyIndex = strategyGrid(strategyAxes(scored)).findIndex((one) => JSON.stringify(one) === wanted);
  if (strategyIndex < 0) {
    throw new EngineError(
      'conflict',
      `The strategy of run ${run.id} is not in the inference grid that it was scored with.`,
    );
  }
  const { metric, breakEven } = SCORES[score];
  return {
    model,
    file,
    strategyIndex,
    alone: regime,
    score: { metric, breakEven },
    seed: robustnessSeed(key),
  };
}

function otherFigures(run: RunRow): EngineError {
  return new EngineError(
    'internal',
    `Run ${run.id} gives other figures now than when it was scored, though nothing it is based on has changed.`,
  );
}

/** A queue that is about to end. */
export interface EndingQueue {
  readonly id: number;
  readonly feed: Feed;
  readonly isStopped: () => boolean;
}

/**
 * Before a queue ends: tests the champions that were not tested, whichever queue they are of. All of its results are recorded by
 * then, so that nothing is lost where this is cut short: what is missing is made up for by the queue that ends next. Throws
 * nothing, since no queue fails for it.
 */
export async function testNewChampions(
  deps: RobustnessDeps,
  { id, feed, isStopped }: EndingQueue,
): Promise<void> {
  const says = { source: 'queue/robustness:testNewChampions' } as const;
  try {
    pruneRobustness(deps.store);
    if (isStopped()) return;
    const due = dueChampions(deps.store, rankedBy(deps.config().evaluation.score));
    if (due.length === 0) return;
    feed.info(
      id,
      `Testing how robust ${counted(due.length, 'champion')} ${due.length === 1 ? 'is' : 'are'}…`,
      says,
    );
    const [first, ...others] = await testChampions(deps, due, isStopped);
    if (first === undefined) return;
    const more = others.length === 0 ? '' : ` So were ${others.length} others.`;
    const { symbol, timeframe, regime } = first.champion.row;
    feed.info(
      id,
      `The champion of ${symbol} ${timeframe} ${regime} was not tested: ${first.error.message}${more}`,
      says,
    );
  } catch (error) {
    feed.warn(id, `Champions were not tested for robustness: ${(error as Error).message}`, says);
  }
}
