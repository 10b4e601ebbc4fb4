import { describeConfiguration } from '../cells/describe.ts';
import type { BestTrialDto, SearchDto, StudyDto, TrialDto } from '../contract/dto/search.ts';
import type { ErrorDto } from '../contract/errors.ts';
import type { ModelSide } from '../contract/hyperparameters.ts';
import type { Objective } from '../contract/search.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { FoldLoss } from '../pipeline/job.ts';
import { parameterImportance } from '../search/importance.ts';
import { valueOfLoss } from '../search/objective.ts';
import type { Parameters } from '../search/space.ts';
import type { Store } from '../store/database.ts';
import { type QueueRow, runsOfCells } from '../store/queues.ts';
import { findRun } from '../store/runs.ts';
import { assertSound } from '../store/soundness.ts';
import type { TrialRow } from '../store/trials.ts';
import { finderOf } from './search-finding.ts';
import {
  cellPlaces,
  parameterDto,
  storedSearch,
  studyName,
  studySeed,
  trialsOfStudy,
} from './search-spec.ts';
import { isActive } from './states.ts';
import { readTrials } from './trials-read.ts';

/**
 * What a search has come to so far; `minTrades`: of a strategy that can be chosen.
 * @throws EngineError `artifact-damaged` where what is stored is not what was written
 */
export function searchDto(store: Store, queue: QueueRow, minTrades: number): SearchDto {
  const stored = storedSearch(queue);
  const { rules, studies } = stored;
  const { objective, sampler, pruner, folds, seed, workers } = rules;
  const rows = readTrials(store, queue, studies.length);
  const places = cellPlaces(stored);
  // Cells change with every trial: to go through all of them is for when they don't.
  if (!isActive(queue.state)) assertSound(store, 'cells', [queue.id]);
  const runs = runsOfCells(store, queue.id, places.best(0));
  const own = studies.map((spec) => ({ model: studyName(spec), side: sideName(spec.side) }));
  const trials = rows.map((row) => trialDto(row, own[row.study]!, objective));
  const finder = finderOf(store, minTrades);
  function foundIn(runId: number | null): Pick<StudyDto, 'test' | 'finding'> {
    const run = runId === null ? undefined : findRun(store, runId);
    if (run === undefined) return { test: null, finding: null };
    const { test, finding } = finder(run);
    return { test, finding: isActive(queue.state) ? null : finding() };
  }
  return {
    queueId: queue.id,
    name: queue.name,
    ...{ objective, sampler, pruner, folds, seed, workers },
    current: isActive(queue.state) ? latestOf(trials) : null,
    studies: studies.map((study, number): StudyDto => {
      const tried = rows.filter((row) => row.study === number);
      const whole = (isActive(queue.state) ? [] : tried).flatMap(({ state, parameters, loss, same_as }) =>
        state === 'completed' && loss !== null && same_as === null
          ? [{ parameters: storedJson<Parameters>(parameters, 'a trial'), loss }]
          : [],
      );
      // Whoever follows a search asks again with every trial.
      const importance = isActive(queue.state)
        ? undefined
        : parameterImportance(study.space, whole, studySeed(rules, number));
      return {
        study: number,
        place: describeConfiguration(study.configuration),
        ...own[number]!,
        configuration: study.configuration,
        parameters: study.space.map((parameter, j) => ({
          ...parameterDto(parameter),
          importance: importance?.[j] ?? null,
        })),
        done: tried.length,
        total: trialsOfStudy(study, rules),
        best: bestOf(
          trials.filter((trial) => trial.study === number),
          objective,
        ),
        ...foundIn(runs.get(places.best(number)) ?? null),
      };
    }),
    trials,
  };
}

/** What its trials say of their study. */
type OfStudy = Pick<TrialDto, 'model' | 'side'>;

/** Of rows that were read before: they stay as they are. */
const made = new WeakMap<TrialRow, TrialDto>();

export function trialDto(row: TrialRow, study: OfStudy, objective: Objective): TrialDto {
  let dto = made.get(row);
  if (dto === undefined) {
    dto = newTrialDto(row, study, objective);
    made.set(row, dto);
  }
  return dto;
}

function newTrialDto(row: TrialRow, { model, side }: OfStudy, objective: Objective): TrialDto {
  const folds = storedJson<FoldLoss[]>(row.folds, 'the folds of a trial');
  let sum = 0;
  const isWhole = objective === 'sharpe';
  const intermediate = (isWhole ? [] : folds).map(({ loss }, k) => {
    sum += loss;
    return valueOfLoss(objective, sum / (k + 1));
  });
  const error = row.error === null ? null : storedJson<ErrorDto>(row.error, 'the error of a trial');
  return {
    study: row.study,
    trial: row.trial + 1,
    model,
    side,
    state: row.state,
    value: row.loss === null ? null : valueOfLoss(objective, row.loss),
    standardError: folds[0]?.standardError ?? null,
    auc: meanAuc(folds),
    params: storedJson<Parameters>(row.parameters, 'a trial'),
    seconds: row.seconds,
    intermediate,
    sameAs: row.same_as === null ? null : row.same_as + 1,
    error: error?.message ?? null,
    endedAt: new Date(row.ended_at).toISOString(),
  };
}

/** Null where a fold has none. */
function meanAuc(folds: readonly FoldLoss[]): number | null {
  const aucs = folds.flatMap(({ auc }) => auc ?? []);
  return aucs.length === 0 || aucs.length < folds.length
    ? null
    : aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
}

function sideName(side: ModelSide | undefined): TrialDto['side'] {
  return side === undefined ? null : SIDE_NAMES[side];
}

const SIDE_NAMES = { long: 'LONG', short: 'SHORT' } as const;

/** The trial that ended last. */
function latestOf(trials: readonly TrialDto[]): SearchDto['current'] {
  const latest = trials.reduce<TrialDto | undefined>(
    (last, trial) => (last === undefined || trial.endedAt >= last.endedAt ? trial : last),
    undefined,
  );
  if (latest === undefined) return null;
  const { study, model, side, trial } = latest;
  return { study, model, side, trial };
}

/** Of equal ones the first. */
export function bestOf(trials: readonly TrialDto[], objective: Objective): BestTrialDto | null {
  const lossOf = (value: number) => valueOfLoss(objective, value);
  let best: BestTrialDto | null = null;
  for (const { state, value, model, side, trial, params } of trials) {
    if (state !== 'completed' || value === null) continue;
    if (best === null || lossOf(value) < lossOf(best.value)) best = { model, side, trial, value, params };
  }
  return best;
}
