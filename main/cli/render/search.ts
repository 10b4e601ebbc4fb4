import type {
  BestTrialDto,
  SearchDto,
  SearchPreviewDto,
  StudyDto,
} from '../../../engine/contract/dto/index.ts';
import { digitsText, preciseText } from '../../../engine/contract/number-text.ts';
import { LOWER_IS_BETTER } from '../../../engine/contract/search.ts';
import { count, decimal, duration, integer, table } from './format.ts';
import { withError } from './scores.ts';

/** A search as JSON has it. */
export function searchJson({ queueId, objective, current, trials, studies }: SearchDto) {
  /** Of two models which, of one what it is. */
  const named = ({ side, model }: Pick<BestTrialDto, 'side' | 'model'>, { place }: StudyDto) => ({
    model: side ?? model,
    configuration: place,
  });
  return {
    job_id: queueId,
    objective,
    current: current === null ? null : { trial: current.trial, ...named(current, studies[current.study]!) },
    trials: trials.map((one) => {
      const { trial, state, value, standardError, auc, params, seconds, intermediate, sameAs, error } = one;
      return {
        ...{ trial, ...named(one, studies[one.study]!), state, value, params, seconds, intermediate },
        standard_error: standardError,
        validation_auc: auc,
        same_as: sameAs,
        error,
      };
    }),
    best: studies.flatMap((study) => {
      if (study.best === null) return [];
      const { trial, value, params } = study.best;
      return [{ ...named(study.best, study), trial, value, params }];
    }),
    importance: Object.fromEntries(studies.map((study) => [study.model, importanceOf(study)])),
    test: Object.fromEntries(
      studies.flatMap(({ place, test, finding }) => {
        if (test === null) return [];
        const { runId, status, sharpe, sharpeError, rankIc } = test;
        const figures = { run_id: runId, status, sharpe, standard_error: sharpeError, rank_ic: rankIc };
        return [[place, { ...figures, finding: findingJson(finding) }]];
      }),
    ),
  };
}

/** Null while the search is worked on. */
function findingJson(finding: StudyDto['finding']) {
  if (finding === null) return null;
  const { kind, p, luckSharpe, tries, text } = finding;
  return { kind, p, luck_sharpe: luckSharpe, tries, text };
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
  const { objective, folds, sampler, pruner } = search;
  const how =
    objective === 'sharpe'
      ? 'sharpe of the best strategy on the selection window'
      : `${objective}, ${folds} folds`;
  const head = `Search ${search.queueId} "${search.name}": ${how}, ${sampler}, pruner ${pruner}, seed ${search.seed}, ${count(search.workers, 'worker')}`;
  return [head, ...search.studies.map((study) => studyText(search, study))].join('\n\n');
}

function studyText({ objective, trials }: SearchDto, study: StudyDto): string {
  const { model, done, total, best, test, finding } = study;
  const own = trials.filter((trial) => trial.study === study.study);
  const of = (state: string) => own.filter((trial) => trial.state === state).length;
  const lines = [
    `${model}: ${integer(done)} of ${count(total, 'trial')}, ${of('pruned')} given up early, ${of('failed')} failed`,
  ];
  if (best === null) return [...lines, noBestText(own)].join('\n');
  lines.push(`Best of ${count(own.length, 'trial')}: ${bestText(best, objective)}`);
  if (test !== null && study.side !== 'LONG') {
    const figures =
      test.status === 'failed'
        ? 'failed'
        : `Sharpe ${withError(test.sharpe, test.sharpeError)} of the best of its strategies, chosen there; left-out rank IC ${decimal(test.rankIc, 3)}`;
    const seen = objective === 'sharpe' ? 'which all trials were scored on' : 'which no trial has seen';
    const both = study.side === null ? 'On' : 'The best LONG and the best SHORT model together, on';
    lines.push(`${both} the selection window, ${seen}: ${figures} (run ${test.runId})`);
  }
  if (finding !== null && study.side !== 'LONG') {
    lines.push(finding.text);
  }
  const importance = importanceOf(study);
  if (importance !== null) {
    const shares = Object.entries(importance).sort(([, a], [, b]) => b - a);
    lines.push(`What matters: ${shares.map(([name, share]) => `${name} ${decimal(share)}`).join(', ')}`);
  }
  const shown = own
    .filter(({ value, state }) => value !== null && state === 'completed')
    .sort((a, b) => (LOWER_IS_BETTER.has(objective) ? a.value! - b.value! : b.value! - a.value!))
    .slice(0, MOST_TRIALS);
  // The objective's own column has it already.
  const hasAuc = objective !== 'roc_auc' && shown.some(({ auc }) => auc !== null);
  const rows = shown.map((trial) => [
    integer(trial.trial),
    `${preciseText(trial.value!, 4)}${trial.standardError === null ? '' : ` ± ${preciseText(trial.standardError, 2)}`}`,
    ...(hasAuc ? [decimal(trial.auc, 3)] : []),
    duration(trial.seconds),
    paramsText(trial.params),
  ]);
  const figures = ['Trial', objective, ...(hasAuc ? ['Validation AUC'] : []), 'Time'];
  lines.push(table([...figures, 'Parameters'], rows, figures));
  return lines.join('\n');
}

/** Why there is no best trial: what the last one says that has none. */
function noBestText(trials: SearchDto['trials']): string {
  const last = trials.findLast(({ state, error }) => state === 'completed' && error !== null);
  return last === undefined
    ? 'No trial was tried to its end.'
    : `Nothing here: no trial has a value. ${last.error}`;
}

function bestText({ trial, value, params }: BestTrialDto, objective: string): string {
  const text = paramsText(params);
  return `trial ${trial}, ${objective} ${preciseText(value, 4)}${text === '' ? '' : `: ${text}`}`;
}

function paramsText(params: BestTrialDto['params']): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? digitsText(value, 4) : value}`)
    .join(', ');
}
