import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AxisScore, LOW_SCORES } from '../contract/api/axis-scores.ts';
import type { Handlers, Input } from '../contract/api/index.ts';
import { axisValues } from '../contract/axis-values.ts';
import { AXIS_LIST } from '../contract/configuration.ts';
import type { AxisScoresDto, RunDto, SearchDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { HISTORY_CONDITIONS } from '../contract/history-columns.ts';
import { parameterKey } from '../contract/parameter-condition.ts';
import { RUN_FIGURES } from '../contract/run-figures.ts';
import { LOWER_IS_BETTER } from '../contract/search.ts';
import { trialCondition, trialConditionKey, trialValues } from '../contract/trial-conditions.ts';
import type { Store } from '../store/database.ts';
import { requireQueue } from '../store/queues.ts';
import { matchingRuns } from '../store/run-search.ts';
import { createChampionJudge } from '../validation/champion-judge.ts';
import { type AxisName, axisScores, type ScoredRow } from '../views/axis-scores.ts';
import { runVerdicts } from '../views/champions.ts';
import { runDtos } from '../views/run.ts';

export interface AxisScoreDeps {
  readonly store: Store;
  readonly searches: { list(queueId: number | undefined): SearchDto[] };
}

/** Runs that are read at a time; between them the host goes on with its other work. */
const PAGE = 500;

export function axisScoreHandlers({ store, searches }: AxisScoreDeps): Pick<Handlers, 'axes.scores'> {
  return {
    async 'axes.scores'({ jobId, score, x, y, ...filter }) {
      const isSearch = jobId !== undefined && requireQueue(store, jobId).kind === 'search';
      const search = isSearch ? searches.list(jobId)[0] : undefined;
      const found =
        search === undefined ? await scoredRuns(store, filter, jobId, score) : scoredTrials(search);
      const { rows, names } = found;
      const wrong = [x, y].find((key) => key !== undefined && !names.some((name) => name.key === key));
      if (wrong !== undefined) {
        throw new EngineError(
          'invalid-input',
          `"${wrong}" is no axis of these ${found.source}. There are ${names.map(({ key }) => key).join(', ')}.`,
        );
      }
      const { source, lowerIsBetter, unscored } = found;
      const dto = axisScores(rows, names, { lowerIsBetter, x, y });
      return { source, score: found.score, lowerIsBetter, rows: rows.length, unscored, ...dto };
    },
  };
}

interface Scored extends Pick<AxisScoresDto, 'source' | 'score' | 'lowerIsBetter' | 'unscored'> {
  readonly rows: readonly ScoredRow[];
  readonly names: readonly AxisName[];
}

function namesOf(rows: readonly ScoredRow[], conditionOf: (key: string) => string | null): AxisName[] {
  const titles = new Map(AXIS_LIST.map(({ key, title }): [string, string] => [key, title]));
  const keys = new Set(titles.keys());
  for (const { values } of rows) for (const key of Object.keys(values)) keys.add(key);
  return [...keys].map((key) => ({
    key,
    title: titles.get(key) ?? key,
    ...(key === 'indicatorTimeframes'
      ? { within: 'timeframe' }
      : titles.has(key) || key === 'side'
        ? {}
        : { within: 'modelType' }),
    condition: conditionOf(key),
  }));
}

/** What the history filters by an axis of a configuration, or by a hyper-parameter. */
function runConditionKey(key: string): string | null {
  if (!AXIS_LIST.some((axis) => axis.key === key)) return parameterKey(key);
  return Object.hasOwn(HISTORY_CONDITIONS, key) ? key : null;
}

async function scoredRuns(
  store: Store,
  filter: Omit<Input<'axes.scores'>, 'jobId' | 'score' | 'x' | 'y'>,
  jobId: number | undefined,
  score: AxisScore,
): Promise<Scored> {
  const ofJob = jobId === undefined ? [] : [{ key: 'job', is: '=', values: [jobId] } as const];
  const conditions = [...(filter.filter ?? []), ...ofJob];
  const asked = { ...filter, ...(conditions.length === 0 ? {} : { filter: conditions }) };
  const ids = matchingRuns(store, asked, undefined, undefined, undefined, () =>
    runVerdicts(store, createChampionJudge(store)),
  );
  const scoreOf = (run: RunDto) =>
    score === 'sharpe' || score === 'rankIc' ? run[score] : RUN_FIGURES[score].of(run);
  const rows: ScoredRow[] = [];
  for (let from = 0; from < ids.length; from += PAGE) {
    for (const run of runDtos(store, ids.slice(from, from + PAGE))) {
      const value = run.trades === 0 && score !== 'rankIc' && score !== 'trades' ? null : scoreOf(run);
      if (value === null) continue;
      rows.push({
        id: run.id,
        label: `Run ${run.id}`,
        filter: `id = ${run.id}`,
        score: value,
        values: axisValues(run),
      });
    }
    await nextTurn();
  }
  return {
    source: 'runs',
    score,
    lowerIsBetter: LOW_SCORES.has(score),
    rows,
    names: namesOf(rows, runConditionKey),
    unscored: ids.length - rows.length,
  };
}

/** Trials that were tried to their end: others were judged on fewer folds. */
function scoredTrials(search: SearchDto): Scored {
  const { objective, studies, trials } = search;
  const rows = trials.flatMap((trial, at): ScoredRow[] => {
    const study = studies[trial.study];
    if (trial.state !== 'completed' || trial.value === null || study === undefined) return [];
    const label = studies.length === 1 ? `Trial ${trial.trial}` : `Trial ${trial.trial}, ${trial.model}`;
    const filter = trialCondition(search, trial);
    return [{ id: at + 1, label, filter, score: trial.value, values: trialValues(study, trial) }];
  });
  return {
    source: 'trials',
    score: objective,
    lowerIsBetter: LOWER_IS_BETTER.has(objective),
    rows,
    names: namesOf(rows, trialConditionKey),
    unscored: trials.length - rows.length,
  };
}
