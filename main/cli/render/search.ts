import type {
  BestTrialDto,
  SearchDto,
  SearchPreviewDto,
  StudyDto,
} from '../../../engine/contract/dto/index.ts';
import { count, decimal, duration, integer, table } from './format.ts';
import { withError } from './scores.ts';

/** A search as JSON has it. */
export function searchJson({ queueId, objective, trials, studies }: SearchDto) {
  return {
    job_id: queueId,
    objective,
    trials: trials.map(({ trial, model, state, value, params, seconds, intermediate, sameAs, error }) => ({
      ...{ trial, model, state, value, params, seconds, intermediate },
      same_as: sameAs,
      error,
    })),
    best: studies.flatMap(({ best }) => (best === null ? [] : [best])),
    importance: Object.fromEntries(studies.map((study) => [study.model, importanceOf(study)])),
    test: Object.fromEntries(
      studies.flatMap(({ model, test }) => {
        if (test === null) return [];
        const { runId, status, sharpe, sharpeError, rankIc } = test;
        return [[model, { run_id: runId, status, sharpe, standard_error: sharpeError, rank_ic: rankIc }]];
      }),
    ),
  };
}

/** Null where there are too few trials. */
function importanceOf({ parameters }: StudyDto): Record<string, number> | null {
  const known = parameters.flatMap(({ name, importance }) =>
    importance === null ? [] : [[name, importance] as const],
  );
  return known.length < parameters.length || known.length === 0 ? null : Object.fromEntries(known);
}

export function searchPlanText({ studies, trials, workers }: SearchPreviewDto): string {
  const lines = studies.slice(0, MOST_STUDIES).map(({ model, parameters, trials: own }) => {
    const names = parameters.map(({ name }) => name).join(', ');
    return `${model}: ${count(own, 'trial')} of ${names === '' ? 'nothing to vary' : names}`;
  });
  const more = studies.length - MOST_STUDIES;
  if (more > 0) lines.push(`and ${count(more, 'further study', 'further studies')}`);
  return [...lines, `${count(trials, 'trial')}, ${integer(workers)} of a study at a time`].join('\n');
}

const MOST_STUDIES = 12;
/** More are told by their number: all of them are in --json. */
const MOST_TRIALS = 10;

export function searchText(search: SearchDto): string {
  const head = `Search ${search.queueId} "${search.name}": ${search.objective}, ${search.folds} folds, ${search.sampler}, pruner ${search.pruner}, seed ${search.seed}, ${count(search.workers, 'worker')}`;
  return [head, ...search.studies.map((study) => studyText(search, study))].join('\n\n');
}

function studyText({ objective, trials }: SearchDto, study: StudyDto): string {
  const { model, done, total, best, test } = study;
  const own = trials.filter((trial) => trial.study === study.study);
  const of = (state: string) => own.filter((trial) => trial.state === state).length;
  const lines = [
    `${model}: ${integer(done)} of ${count(total, 'trial')}, ${of('pruned')} given up early, ${of('failed')} failed`,
  ];
  if (best === null) return [...lines, 'No trial was tried to its end.'].join('\n');
  lines.push(`Best: ${bestText(best, objective)}`);
  if (test !== null) {
    const figures =
      test.status === 'failed'
        ? 'failed'
        : `Sharpe ${withError(test.sharpe, test.sharpeError)} of the best of its strategies, chosen there; left-out rank IC ${decimal(test.rankIc, 3)}`;
    lines.push(`On the selection window, which no trial has seen: ${figures} (run ${test.runId})`);
  }
  const importance = importanceOf(study);
  if (importance !== null) {
    const shares = Object.entries(importance).sort(([, a], [, b]) => b - a);
    lines.push(`What matters: ${shares.map(([name, share]) => `${name} ${decimal(share)}`).join(', ')}`);
  }
  const shown = own
    .filter(({ value, state }) => value !== null && state === 'completed')
    .sort((a, b) => (objective === 'rmse' ? a.value! - b.value! : b.value! - a.value!))
    .slice(0, MOST_TRIALS);
  const rows = shown.map((trial) => [
    integer(trial.trial),
    trial.value!.toPrecision(4),
    duration(trial.seconds),
    paramsText(trial.params),
  ]);
  lines.push(table(['Trial', objective, 'Time', 'Parameters'], rows, ['Trial', objective, 'Time']));
  return lines.join('\n');
}

function bestText({ trial, value, params }: BestTrialDto, objective: string): string {
  const text = paramsText(params);
  return `trial ${trial}, ${objective} ${value.toPrecision(4)}${text === '' ? '' : `: ${text}`}`;
}

function paramsText(params: BestTrialDto['params']): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`)
    .join(', ');
}
