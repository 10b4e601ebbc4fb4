import type { Definition } from './glossary.ts';

/** Counts of a job that validates. */
export const FOLD_TERMS = {
  totalFolds: {
    title: 'Total',
    kind: 'count',
    text: 'Models of folds. An aging fold has the model of the first, and a fold of a grid trains all of it.',
  },
  completedFolds: {
    title: 'Completed',
    kind: 'count',
    text: 'Those that have their figures: computed now, or before by another job.',
  },
  failedFolds: {
    title: 'Failed',
    kind: 'count',
    text: 'Those that could not be computed. The log says why; Retry failed tries them again.',
  },
} as const satisfies Readonly<Record<string, Definition>>;
