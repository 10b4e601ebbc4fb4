import type { SearchDto, TrialDto } from '../../contract/dto/index.ts';
import { type Entry, metricsOf, textsOf } from '../entry.ts';

/** `job`: key of its search; `trial`: its number in the study, from 0, as it is stored. */
export const trialKey = (job: string, study: number, trial: number) => `trial/${job}/${study}/${trial}`;

const STATUS = { completed: 'FINISHED', pruned: 'KILLED', failed: 'FAILED' } as const;

/** A trial of a search: its objective, and after each of its folds the mean so far. */
export function trialEntry(job: string, { objective }: SearchDto, trial: TrialDto): Entry {
  const endedAt = Date.parse(trial.endedAt);
  return {
    key: trialKey(job, trial.study, trial.trial - 1),
    version: 'whole',
    name: `trial ${trial.trial}: ${trial.model}${trial.side === null ? '' : ` ${trial.side}`}`,
    parent: job,
    status: STATUS[trial.state],
    startedAt: endedAt - Math.round(trial.seconds * 1000),
    endedAt,
    tags: textsOf({
      'regimen.kind': 'trial',
      'regimen.state': trial.state,
      'regimen.study': trial.study + 1,
      'regimen.trial': trial.trial,
      'regimen.same_as': trial.sameAs,
      'mlflow.note.content': trial.error,
    }),
    params: textsOf({
      ...Object.fromEntries(Object.entries(trial.params).map(([name, value]) => [name, text(value)])),
      objective,
      side: trial.side,
    }),
    metrics: [
      ...metricsOf({
        [objective]: trial.value,
        ...(objective === 'sharpe' && { sharpe_error: trial.standardError }),
        ...(objective === 'roc_auc' ? {} : { roc_auc: trial.auc }),
        seconds: trial.seconds,
      }),
      ...trial.intermediate.flatMap((value, fold) => metricsOf({ [`fold_${objective}`]: value }, fold)),
    ],
    files: [],
  };
}

const text = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
