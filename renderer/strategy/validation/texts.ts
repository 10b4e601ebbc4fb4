import { plural } from '../../ui/format.ts';
import type { Choices, Counts, Values } from '../../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  labelTable: ({ label }: Values<'label'>) => `${label}, table`,

  // Figures
  schemeTitles: {
    quick: 'Quick',
    full: 'Full',
    own: 'Own windows',
  },
  schemeNotes: {
    quick: 'A first check on the newest bars, which can reject and hardly confirm.',
    full: 'The whole history in short steps, each tested by a model that knows only what came before.',
    own: 'The windows that it is used with, step by step, each tested on what came after it.',
  },

  // Criteria table
  criteria: 'Criteria',
  criteriaOf: ({ of }: Values<'of'>) => `Criteria, ${of}`,
  foldsAreMissing: 'Folds are missing: this is how it stands so far.',
  allAreMet: 'All are met. They are no verdict: a profit may meet them by luck.',
  missedOfCriteriaIs: ({ missed, criteria }: Values<'criteria'> & Counts<'missed'>) =>
    `${missed} of ${criteria} ${missed === 1 ? 'is' : 'are'} missed.`,
  criterion: 'Criterion',
  met: 'Met',
  missed: 'Missed',

  // Fold table
  foldsOf: ({ of }: Values<'of'>) => `Folds, ${of}`,
  testedOn: 'Tested on',
  averageOfCountedFold: ({ countedFolds }: Counts<'countedFolds'>) =>
    `Average of ${plural(countedFolds, 'counted fold')}`,
  agingFirstModelOnce:
    'Aging: the first model once more on the later windows. In no average, criterion or verdict.',
  agingI: ({ i }: Values<'i'>) => `Aging ${i}`,
  severalModelsForecastInTurn: ({ subject, some }: Values<'subject'> & Choices<'some'>) =>
    `${subject === 'procedure' ? 'Several models forecast in turn, so there are no figures of their forecasts.' : 'Small figures are base rates: what always saying the larger class gets. The class is the sign of the return; of a target about trades whether the trade paid or reached its take-profit, of LONG and SHORT the weaker one.'}${some ? ' ○ Tested on days that models were chosen on: shown, and counted nowhere.' : ''}`,
  testedOnDaysThatModels: 'Tested on days that models were chosen on: it counts nowhere',
  notCounted: 'not counted',
  failedError: ({ error }: Values<'error'>) => `Failed: ${error}`,
  notComputedYet: 'Not computed yet',
  countOfBars: ({ bars }: Counts<'bars'>) => plural(bars, 'bar'),
  baseMetric: ({ metric }: Values<'metric'>) => `base ${metric}`,
};
