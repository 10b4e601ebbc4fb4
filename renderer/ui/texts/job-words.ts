import type { JobKind } from '../../../engine/contract/dto/index.ts';

/** What a kind of job does, and to what. */
export interface JobWords {
  /** One of what it does: `model`. */
  readonly unit: string;
  /** One of what its cells are, where they are left undone: `configuration`. */
  readonly cell: string;
  /** `train`, `Training`, `trained` */
  readonly verb: string;
  readonly present: string;
  readonly past: string;
}

const TRAINS: JobWords = {
  unit: 'model',
  cell: 'configuration',
  verb: 'train',
  present: 'Training',
  past: 'trained',
};

const TRIES: JobWords = {
  unit: 'trial',
  cell: 'trial',
  verb: 'try',
  present: 'Trying',
  past: 'tried',
};

const WORDS: Readonly<Partial<Record<JobKind, JobWords>>> = {
  evaluation: {
    unit: 'model',
    cell: 'model',
    verb: 'evaluate again',
    present: 'Evaluating',
    past: 'evaluated again',
  },
  walk_forward: {
    unit: 'fold',
    cell: 'fold',
    verb: 'compute',
    present: 'Computing',
    past: 'computed',
  },
  search: TRIES,
  survival: TRIES,
};

const TITLES: Readonly<Record<JobKind, string>> = {
  grid: 'Grid',
  list: 'List',
  evaluation: 'Evaluation',
  walk_forward: 'Validation',
  search: 'Search',
  production: 'Production training',
  survival: 'Survival',
};

/** What a kind of job is called. */
export const jobKindTitle = (kind: JobKind): string => TITLES[kind];

/** A kind that has no words of its own trains models. */
export function jobWords(kind: JobKind): JobWords {
  return WORDS[kind] ?? TRAINS;
}

/** Whether a job leaves models behind: one that validates computes folds, and keeps their figures alone; a model of what survives is none that trades. */
export function keepsModels(kind: JobKind): boolean {
  return kind !== 'walk_forward' && kind !== 'survival';
}
