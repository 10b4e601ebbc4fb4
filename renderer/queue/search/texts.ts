import type { ReactNode } from 'react';
import { plural } from '../../ui/format.ts';
import { type Choices, type Counts, rich, type Values } from '../../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  parameters: 'Parameters',
  countOfTrials: ({ trials }: Counts<'trials'>) => plural(trials, 'trial'),

  // Best as grid
  bestOf: ({ name }: Values<'name'>) => `Best of ${name}`,

  // Overview
  bestOfEachModel: 'Best of each model',
  doneOfTrial: ({ done, total }: Values<'done'> & Counts<'total'>) => `${done} of ${plural(total, 'trial')}`,
  trialOfHasEndedLast: ({ trial, model }: Values<'trial' | 'model'>) =>
    `Trial ${trial} of ${model} has ended last.`,
  bestOfEachModelTable: 'Best of each model, table',
  trainBestOfAsGrid: ({ place }: Values<'place'>) => `Train the best of ${place} as a grid`,
  trainBestAsGrid: 'Train the best as a grid',
  trainAsGrid: ({ distinct }: { distinct: string | undefined }) => `Train as a grid: ${distinct}`,
  bestHyperparametersJson: 'best_hyperparameters.json',

  // Trial log
  trialLogOf: ({ model }: Values<'model'>) => `Trial log of ${model}`,
  time: 'Time',
  showMore: ({ rest }: Values<'rest'>) => `Show more (${rest})`,
  copied: 'Copied',
  copyAsJson: 'Copy as JSON',
  downloadTrials: 'Download trials',
  asTrial: ({ sameAs }: Values<'sameAs'>) => `As trial ${sameAs}`,
  givenUp: 'Given up',
  allFolds: 'All folds',

  // Filter of trials
  clearFilters: 'Clear Filters',
  filterOfTrials: 'Filter of trials',
  matchingOfTrial: ({ matching, all }: Values<'matching'> & Counts<'all'>) =>
    `${matching} of ${plural(all, 'trial')}`,
  removeCondition: ({ words }: Values<'words'>) => `Remove the filter ${words}`,
  studyWord: 'Study',
  side: 'Side',
  seconds: 'Seconds',

  // Pictures
  optimizationHistory: 'Optimization history',

  // Plan view
  whatItWillTry: 'What it will try',
  nothingHasBegunYet: 'Nothing has begun yet.',
  trialForNothing: ({ model, trials, parameters }: Counts<'trials' | 'parameters'> & { model: ReactNode }) =>
    rich`${model}: ${plural(trials, 'trial')}${parameters === 0 ? ', for nothing is left to vary' : ''}`,
  andMore: ({ more }: Values<'more'>) => `and ${more} more`,
  nameLowToHighLog: ({ name, low, high, log }: Values<'name' | 'low' | 'high'> & Choices<'log'>) =>
    `${name} ${low} to ${high}${log ? ' (log)' : ''}`,
  countOfStudies: ({ studies }: Counts<'studies'>) => plural(studies, 'study', 'studies'),
  workersOfStudyAtTime: ({ workers }: Values<'workers'>) => `${workers} of a study at a time`,
  timeIsEstimatedOnceThis: ({ together }: Values<'together'>) =>
    `${together}. Time is estimated once this workspace has tried such models.`,
  aboutMeasuredOnTrialHere: ({
    together,
    seconds,
    measuredTrials,
  }: Values<'together' | 'seconds'> & Counts<'measuredTrials'>) =>
    `${together}, about ${seconds} (measured on ${plural(measuredTrials, 'trial')} here)`,

  // Request
  chooseMissing: ({ missing }: Values<'missing'>) => `Choose ${missing}.`,

  // Objectives
  spearmanRankCorrelation: 'Spearman rank correlation',
  rankCorrelationOfWhat: 'Rank correlation of what is said and what came; 0 is no skill. For every target.',
  rootMeanSquaredError: 'Root mean squared error',
  inUnitOfTarget: 'In the unit of the target; it rewards a model that says little.',
  howOftenBetterOfTwo: 'How often the better of two bars is said to be better; 0.5 is no skill. For classes.',
  howSurprisedProbabilities:
    'How surprised the probabilities are by what came. For targets of classes alone.',
  shareOfClasses: 'Share of classes that were right; always saying the larger class gets its share, too.',
  ofPrecisionAndRecall: 'Of precision and recall of class 1; always saying 1 scores well where it is common.',
  eachTrialIsWholeModel:
    'Each trial is a whole model on the selection window, judged by its best strategy: every one of them counts as a try for luck.',

  // Rule fields
  prunerText: {
    wilcoxon: 'Wilcoxon: given up where its folds are worse than those of the best (p 0.1), after 2 folds',
    median: 'Median: given up where it is worse than half of the trials were there, from the 5th trial on',
    none: 'None: every trial is tried on all folds',
  },
  objective: 'Objective',
  ofEachModel: 'of each model',
  insideTrainingWindow: 'inside the training window',
  patience: 'Patience',
  trialsWithoutBetterOne: 'trials without a better one',
  noLimit: 'no limit',
  seed: 'Seed',
  sameTrials: 'the same, the same trials',
  atTime: 'At a time',
  partOfWhatSeedStands: 'part of what a seed stands for',
  asManyAsThreads: 'as many as threads',
  workersAsMany: ({ workers }: Values<'workers'>) => `${workers}, as many as threads`,
  sampler: 'Sampler',
  howValuesAreDrawn: 'how values are drawn',
  tpeLearnsFromTrials: 'TPE, learns from trials',
  random: 'Random',
  multivariateParametersDrawnTogether: 'Multivariate: parameters drawn together',
  pruner: 'Pruner',

  // Space row
  defaultOf: ({ title }: Values<'title'>) => `Default of ${title}`,
  defaultWord: 'Default',
  howItIsSearched: ({ title }: Values<'title'>) => `${title}: how it is searched`,
  range: 'Range',
  choices: 'Choices',
  leaveAlone: 'Leave alone',
  onlyWhere: ({ when }: Values<'when'>) => `Only where ${when}.`,
  nameIsValues: ({ name, values }: Values<'name'> & { values: string | number | boolean }) =>
    `${name} is ${values}`,
  or: ' or ',
  and: ' and ',
  nameFrom: ({ name }: Values<'name'>) => `${name}, from`,
  to: 'to',
  nameTo: ({ name }: Values<'name'>) => `${name}, to`,
  log: 'log',
  nameOnLogarithmicScale: ({ name }: Values<'name'>) => `${name}, on a logarithmic scale`,
  titleChoices: ({ title }: Values<'title'>) => `${title}, choices`,
  values: 'Values',
  pleaseUseTyped: ({ typed }: Values<'typed'>) => `Use ${typed}.`,

  // Structure fields
  structure: 'Structure',
  whatElseOfModelTrials: 'what else of a model trials vary, by Sharpe ratio alone',
  none: 'none',

  // Space fields
  space: 'Space',
  searchedChanged: ({ searched, isChanged }: Values<'searched'> & Choices<'isChanged'>) =>
    `${searched} searched${isChanged ? ', changed' : ''}`,

  // Place
  newSearch: 'New search',
  eachTrialIsTrained:
    'Each trial is trained and tested on the selection window like a cell of a grid: what is best there was chosen there, among all of them.',
  hyperParametersAreTriedInside:
    'Hyper-parameters are tried inside the training window; only the best of each model is then tested on the selection window.',
  loadSearch: 'Load search',
  namedAfterWhatItSearches: 'Named after what it searches if left empty',
  thisCantBeSearched: 'This can’t be searched as it is',
  searchBegins: 'Search begins',
  sizeOfSearch: 'Size of the search',
  correctFieldsThatAreMarked: 'Correct the fields that are marked.',
  counting: 'Counting …',
  thisSearchCould: 'This search could not be counted.',
  startSearch: 'Start search',
};
