import { formatPercent, plural } from '../ui/format.ts';
import type { Choices, Counts, Perhaps, Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  any: 'Any',
  completed: 'Completed',
  clearFilters: 'Clear Filters',
  runs: 'Runs',
  jobs: 'Jobs',
  trainingHistory: 'Training History',

  // Filters
  beforeFirstDay: 'Before the first day',
  minLimitToMaxLimit: ({ minLimit, maxLimit }: Values<'minLimit' | 'maxLimit'>) =>
    `${minLimit} to ${maxLimit}`,

  // Filter panel
  filters: 'Filters',
  filtersOn: ({ count }: Values<'count'>) => `Filters (${count} on)`,
  createdFrom: ({ zone }: Values<'zone'>) => `Created from (${zone})`,
  createdTo: ({ zone }: Values<'zone'>) => `Created to (${zone})`,
  minimumSharpe: 'Minimum Sharpe',
  text: 'Text',
  uuidError: 'UUID, error …',
  trades30RegimeBullTrending: 'trades > 30, regime = bull_trending',
  limit: 'Limit',
  allRuns: 'All runs',
  listAtMostThisMany: ({ minLimit, maxLimit }: Values<'minLimit' | 'maxLimit'>) =>
    `List at most this many runs, ${minLimit} to ${maxLimit}; empty lists all`,
  keptOnly: 'Kept only',
  hideDemoMarkets: 'Hide demo markets',
  hide: 'Hide',
  searchNow: 'Search',

  // Columns
  id: 'ID',
  uuid: 'UUID',
  favoriteTagsAndNote: 'Favorite, tags and note that somebody gave it.',
  notKept: 'Not kept',
  trainedOnSyntheticMarket:
    'Trained on a synthetic market, such as those of the demo: no market was ever quoted at its prices.',
  jobThatTrainedIt: 'The job that trained it.',
  bestRegimes: 'Best regimes',
  whatEvidenceSays:
    'What the evidence says of its place as champion; of several places the one with the best evidence. Empty where it is none.',
  timeFromItsFirstMember: 'Time from its first member to its last backtest.',
  createdAt: 'Created at',

  // View switch
  historyOf: 'History of',
  byAxis: 'By axis',

  // Axes view
  whatWasTrained:
    'What was trained, by what it was trained with: which values do better, and which choices matter at all.',
  scoreByAxis: 'Score by axis',
  scoreByAxisTrialsOfJob: ({ search }: Values<'search'>) => `Score by axis, trials of job ${search}`,
  score: 'Score',
  nothingWithScoreIsLike: 'Nothing with a score is like this',
  noAxisTellsTheseApart: 'No axis tells these apart',
  trainGridWithTwoValues: 'Train a grid with two values of something, or widen the filters.',
  run: 'run',
  trial: 'trial',
  lowerIsBetter: ({
    rows,
    areRuns,
    unscored,
    lowerIsBetter,
  }: Values<'rows'> & Perhaps<'unscored'> & Choices<'areRuns' | 'lowerIsBetter'>) =>
    [
      areRuns
        ? unscored === null
          ? `${rows}, each by its best strategy on the selection window.`
          : `${rows}, each by its best strategy on the selection window, ${unscored} without a score left out.`
        : unscored === null
          ? `${rows}.`
          : `${rows}, ${unscored} without a score left out.`,
      lowerIsBetter ? 'Lower is better.' : 'Higher is better.',
      'Figures that chose something flatter.',
    ].join(' '),
  runsWord: 'runs',
  trials: 'trials',
  whatMatters: 'What matters',
  shareOfVarianceOfScores:
    'Share of the variance of scores that each axis explains by itself, less what as many values explain by chance.',
  explainsExplained: ({ explained }: Values<'explained'>) => `Explains ${explained}`,
  bestAndSpreadOfOthers: ({ lines, rows }: Values<'lines' | 'rows'>) =>
    `The best and a spread of the others, ${lines} of ${rows}`,
  allNoun: ({ noun }: Values<'noun'>) => `All ${noun}`,
  nothingWasTrainedBesideIt: 'nothing was trained beside it.',
  besideIt: ({ around }: Values<'around'>) =>
    `${around} beside it: a plateau has neighbors that are nearly as good, a peak has not.`,
  across: 'Across',
  down: 'Down',
  medianByAnd: ({ across, down }: Values<'across' | 'down'>) => `Median by ${across} and ${down}`,
  bestAt: ({
    place,
    median,
    beside,
    explained,
  }: Values<'place' | 'median' | 'beside'> & { explained: number | null }) =>
    explained === null
      ? `Best at ${place}: ${median}; ${beside}`
      : `Best at ${place}: ${median}; ${beside} Together they explain ${formatPercent(explained, 0)}.`,
  nothingWasTrainedThere: 'nothing was trained there',

  // Compare view
  linkCopied: 'Link copied',
  itShowsSameComparison: 'It shows the same comparison.',
  sideByWhatDiffers: 'Side by side: what differs in how they were made, and what they came to.',
  back: 'Back',
  copyLink: 'Copy link',
  compareSubjects: ({ subjects }: Values<'subjects'>) => `Compare ${subjects}`,
  figuresAreOfSelectionWindow:
    'Figures are of the selection window, in its regime alone of a champion or version. ★ is the best of a row, which may be luck.',
  onlyWhatDiffers: 'Only what differs',
  sideByTable: 'Side by side, table',
  sideBy: 'Side by side',
  noneOfThemCan: 'None of them can be followed.',
  inMoney: ({ currency }: Values<'currency'>) => `In money, ${currency}`,

  // Job table
  kind: 'Kind',
  symbols: 'Symbols',
  timeframes: 'Timeframes',
  currentOfAll: ({ current, total, unit }: Values<'current' | 'unit'> & Counts<'total'>) =>
    `${current} of ${plural(total, String(unit))}`,
  requested: 'Requested',
  started: 'Started',
  tableOfJobs: 'Table of jobs',
  listOfJobs: 'list of jobs',

  // Jobs view
  countOfJobs: ({ jobs }: Counts<'jobs'>) => plural(jobs, 'job'),
  everyJob:
    'Every job, whatever became of it: how far it came, how long it took, and what is left of its models.',
  everyState: 'Every state',
  exportResults: 'Export Results',
  noJobIsLikeThis: 'No job is like this',
  showAllJobs: 'Show all jobs',
  chooseAnotherStateOrMark: 'Choose another state or mark, or none.',
  nothingHasBeenAsked: 'Nothing has been asked for yet',
  everyQueueThatIsGenerated:
    'Every queue that is generated stands here as a job, whether it was trained, cancelled or still waits.',

  // Strategies
  confidenceLookback: ({
    predictionMethod,
    ensembleMethod,
    confidenceThreshold,
    lookbackWindow,
  }: Values<'predictionMethod' | 'ensembleMethod' | 'confidenceThreshold' | 'lookbackWindow'>) =>
    `${predictionMethod}, ${ensembleMethod}, confidence threshold ${confidenceThreshold}, lookback ${lookbackWindow}`,
  confidenceThreshold: ({ confidenceThreshold }: Values<'confidenceThreshold'>) =>
    `Confidence threshold ${confidenceThreshold}`,

  // Run drawer
  runTitle: ({ run }: Values<'run'>) => `Run ${run}`,
  closeDetails: 'Close details',
  modelKept: 'Model kept',
  modelDeleted: 'Model deleted',
  championOf: ({ bestRegimes }: Values<'bestRegimes'>) => `Champion of ${bestRegimes}`,
  runId: ({ id }: Values<'id'>) => `run ${id}`,
  moneyOfThisRun: 'Money of this run',
  error: 'Error',
  overview: 'Overview',
  strategies: ({ strategies }: Values<'strategies'>) => `Strategies (${strategies})`,
  features: 'Features',
  decisionsAudit: ({ audit }: Values<'audit'>) => `Decisions (${audit})`,

  // Runs view
  upToRunsCan: ({ mostCompared }: Values<'mostCompared'>) => `Up to ${mostCompared} runs can be compared`,
  takeOneOutOfComparison: 'Take one out of the comparison first.',
  compare: 'Compare',
  compareRun: ({ id }: Values<'id'>) => `Compare run ${id}`,
  everyRun: 'Every run, kept or not: what was trained, how it did, and why its model was kept or deleted.',
  countOfRuns: ({ runs }: Counts<'runs'>) => plural(runs, 'run'),
  untickAll: 'Untick all',
  history: 'history',
  trainingRuns: 'Training runs',
  limitOf: ({ limit }: Values<'limit'>) => ` (the limit of ${limit})`,
  tickTwoToRunsFirst: ({ mostCompared }: Values<'mostCompared'>) => `Tick two to ${mostCompared} runs first`,
  compareCompared: ({ compared }: Values<'compared'>) => `Compare${compared}`,
  viewDetails: 'View Details',
  inTraining: 'In training',
  firstModelsAreInTraining: 'The first models are in training',
  watchTraining: 'Watch the training',
  eachRunAppearsHere: 'Each run appears here as soon as it is trained and tested.',
  noRunMatchesTheseFilters: 'No run matches these filters',
  widenDates: 'Widen the dates, or leave a field empty.',
  nothingHasBeenTrainedYet: 'Nothing has been trained yet',
  everyConfigurationThatIsTrained:
    'Every configuration that is trained leaves a run here, whether its model was kept or not.',
};
