import { plural } from '../../ui/format.ts';
import type { Counts, Values } from '../../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  pleaseUseProblem: ({ problem }: Values<'problem'>) => `Use ${problem}.`,
  thisCantBeValidated: 'This can’t be validated as it is',

  // Modes
  market: 'A market',
  run: 'A run',
  champion: 'A champion',
  allChampions: 'All champions',
  grid: 'A grid',
  quick: 'Quick',
  full: 'Full',
  sequential: 'Sequential',
  own: 'Own',
  marketHasNoWindows: 'A market has no windows of its own: name a run, a champion or a grid.',
  gridIsValidatedOnWindows: 'A grid is validated on the windows that it trains and chooses with.',
  allChampionsAreValidatedEach:
    'All champions are validated each on its own windows; choose one for another layout.',

  // Request
  chooseWhat: ({ what }: Values<'what'>) => `Choose ${what}.`,
  symbolAndTimeframe: 'symbol and timeframe',
  symbol: 'a symbol',
  timeframe: 'a timeframe',
  correctFieldsThatAreMarked: 'Correct the fields that are marked.',
  runItsNumber: 'a run: its number, or its UUID',
  championWord: 'a champion',
  jobWithGrid: 'a job with a grid, or the file of one',

  // Fold fields
  scheme: 'Scheme',
  testPeriod: 'Test period',
  testPeriodDaysByDefault: ({ testPeriodDays }: Values<'testPeriodDays'>) =>
    `test_period_days, ${testPeriodDays} by default`,
  days: ' days',
  trainingAtFirst: 'Training, at first',
  minTrainDaysByDefault: ({ minTrainDays }: Values<'minTrainDays'>) =>
    `min_train_days, ${minTrainDays} by default`,
  newestByDefault: ({ folds }: { folds: number | null }) => `the newest, ${folds ?? 'all'} by default`,
  all: 'all',
  goOnWithFull: 'Go on with full by itself where all criteria are met',
  elseItWaitsForAnswer:
    "Else it waits for an answer. What is set here counts for quick and full; what is left as it is, is each one's own.",
  trainingAndSelection:
    'Training and selection are as long as the configuration says (days_history, selection window), and move along.',
  trainingWindow: 'Training window',
  pleaseUseExpandingWindow: 'use_expanding_window',
  fixedMovesAlong: 'Fixed, moves along',
  expandingAllDataBefore: 'Expanding, all data before',

  // Plan view
  whatItWillCompute: 'What it will compute',
  nothingHasBegunYet: 'Nothing has begun yet.',
  andMore: ({ more }: Values<'more'>) => `and ${more} more`,
  thenOnce: 'Then, once it is confirmed: full',
  datesOfFold: ({ folds }: Counts<'folds'>) => `Dates of ${plural(folds, 'fold')}`,
  testsFromTo: ({ from, to }: Values<'from' | 'to'>) => `, tests from ${from} to ${to}`,
  allDataBeforeAtFirst: ({ trainDays }: Values<'trainDays'>) => `all data before, at first ${trainDays} days`,
  trainDaysDays: ({ trainDays }: Values<'trainDays'>) => `${trainDays} days`,
  foldOfDays: ({
    folds,
    testPeriodDays,
    aging,
    dates,
    training,
  }: Values<'testPeriodDays' | 'dates' | 'training'> & Counts<'folds' | 'aging'>) =>
    `${plural(folds, 'fold')} of ${testPeriodDays} days${aging > 0 ? ` and ${aging} to see it age` : ''}${dates}, trained on ${training}`,
  foldsOfTable: ({ symbol, timeframe }: Values<'symbol' | 'timeframe'>) =>
    `Folds of ${symbol} ${timeframe}, table`,
  foldsOf: ({ symbol, timeframe }: Values<'symbol' | 'timeframe'>) => `Folds of ${symbol} ${timeframe}`,
  testedOn: 'Tested on',
  indexAging: ({ index, kind }: Values<'index' | 'kind'>) => `${index}${kind === 'aging' ? ' (aging)' : ''}`,
  fromToTo: ({ from, to }: Values<'from' | 'to'>) => `${from} to ${to}`,
  countsForNothing: 'counts for nothing',
  computedBefore: 'computed before',
  countOfValidations: ({ validations }: Counts<'validations'>) => plural(validations, 'validation'),
  foldModelToTrain: ({ what, folds, toTrain }: Values<'what'> & Counts<'folds' | 'toTrain'>) =>
    `${what}${plural(folds, 'fold')}, ${plural(toTrain, 'model')} to train`,
  allOfItWasComputed: 'All of it was computed before: it ends at once.',
  timeAndDiskAreEstimated: 'Time and disk are estimated once this workspace has computed such a fold.',
  aboutAndMeasuredOnFolds: ({ seconds, bytes }: Values<'seconds' | 'bytes'>) =>
    `About ${seconds} and ${bytes} (measured on folds of this workspace)`,

  // Subject fields
  symbols: 'Symbols',
  severalAreOneJob: 'several are one job',
  chooseOne: 'Choose one',
  hyperParameters: 'Hyper-parameters',
  tradedWithDefaultStrategy:
    'Traded with the default strategy, direct on the mean of its sub-models, 6 bars ahead, in all regimes.',
  numberOrUuid: 'Number or UUID, as the history has it: its configuration with its best strategy.',
  itsConfigurationAndStrategy: 'Its configuration and strategy, alone in its regime.',
  thereAreNoneYet: 'There are none yet',
  everyCurrentChampion: ({ champions }: Values<'champions'>) =>
    `Every current champion${champions}, each with its configuration and strategy, alone in its regime, in one job.`,
  wholeGridIsTrained:
    'The whole grid is trained in each fold, its champions are chosen by the rules in force, and they trade what came after: what this way of working would have earned.',
  gridOfJob: 'Grid of a job',
  thereIsNoneYet: 'There is none yet',
  nameJobId: ({ name, id }: Values<'name' | 'id'>) => `${name} (job ${id})`,
  loadGridFile: 'Load grid file',
  fromFile: ({ file }: Values<'file'>) => `From the file ${file}.`,

  // Place
  newValidation: 'New validation',
  modelsAreTrainedAgain:
    'Models are trained again as they would have been at the time, and tested on what came after: bars that chose nothing.',
  validationBegins: 'Validation begins',
  countOfModelsOfFolds: ({ toTrain }: Counts<'toTrain'>) =>
    plural(toTrain, 'model of a fold', 'models of folds'),
  whatIsValidated: 'What is validated',
  inWhichFolds: 'In which folds',
  sizeOfValidation: 'Size of the validation',
  counting: 'Counting …',
  itCantBegin: 'It can’t begin as it is: see above.',
  startValidation: 'Start validation',
};
