import { formatCount, plural } from '../../ui/format.ts';
import type { Choices, Counts, Values } from '../../ui/sentence.ts';

/** All that is said where a grid is put together. */
export const texts = {
  // In several places
  andMore: ({ rest }: Values<'rest'>) => `and ${rest} more`,
  pleaseUseTyped: ({ typed }: Values<'typed'>) => `Use ${typed}.`,

  // New jobs
  grid: 'Grid',
  validateByWalkForward: 'Validate by walk-forward',
  newSearch: 'New search',

  // Class shares
  whatClassesHold: 'What classes hold',
  alwaysSayingSameIsRight: ({ text, baseRateOf }: Values<'text' | 'baseRateOf'>) =>
    `${text}; always saying the same is right in ${baseRateOf}`,
  moreMarketWithItsTarget: ({ uncounted }: Counts<'uncounted'>) =>
    `${plural(uncounted, 'more market with its target and horizon', 'more markets with their targets and horizons')} would take long to count: training does it`,

  // Formula bar
  sizeOfGrid: 'Size of the grid',
  leaveOutImpossibleConfiguration: ({ impossible }: Counts<'impossible'>) =>
    `Leave out ${plural(impossible, 'impossible configuration')}`,
  putBackImpossible: ({ leftOut }: Values<'leftOut'>) => `Put back ${leftOut} impossible`,
  nothingNewToTrain: ({ alreadyTrained }: Counts<'alreadyTrained'>) =>
    alreadyTrained === 1
      ? 'Nothing new to train: it is trained already. To train again, turn off “Skip already-trained configurations”.'
      : `Nothing new to train: all ${formatCount(alreadyTrained)} are trained already. To train again, turn off “Skip already-trained configurations”.`,
  countOfBacktests: ({ backtests }: Counts<'backtests'>) => plural(backtests, 'backtest'),
  timeAndDiskAreEstimated: ({ tests }: Values<'tests'>) =>
    `${tests}. Time and disk are estimated once this workspace has trained a model.`,
  atMostOfModels: ({ bytes }: Values<'bytes'>) => `, at most ${bytes} of models`,
  aboutMeasuredOnRunHere: ({
    tests,
    seconds,
    disk,
    runs,
  }: Values<'tests' | 'seconds' | 'disk'> & Counts<'runs'>) =>
    `${tests}, about ${seconds}${disk} (measured on ${plural(runs, 'run')} here)`,

  // Chip axis
  ownValueFor: ({ label }: Values<'label'>) => `Own value for ${label}`,
  own: 'Own',
  minToMax: ({ min, max }: Values<'min' | 'max'>) => `${min} to ${max}`,

  // Indicator matrix
  indicators: 'Indicators',
  allSomeAlsoOne: 'All, some also one timeframe up',
  indicatorByTimeframe: 'Indicator by timeframe',
  howIndicatorsAreChosen: 'How indicators are chosen',
  automatic: 'Automatic',
  choose: 'Choose',
  indicator: 'Indicator',
  indicatorTitleOnTimeframe: ({ indicatorTitle, timeframe }: Values<'indicatorTitle' | 'timeframe'>) =>
    `${indicatorTitle} on ${timeframe}`,
  allIndicatorsOn: ({ timeframe }: Values<'timeframe'>) => `All indicators on ${timeframe}`,

  // Hyperparameters
  longAndShortModelApart: 'LONG and SHORT model apart',
  keyValue: ({ key }: Values<'key'>) => `${key}, value`,

  // Model types
  hyperParameters: 'Hyper-parameters',
  defaults: 'Defaults',
  ownSet: ({ own }: Values<'own'>) => `${own} set`,
  modelTypes: 'Model types',
  chosenOfOptions: ({ chosen, options }: Values<'chosen' | 'options'>) => `${chosen} of ${options} chosen`,
  selectNone: 'Select none',
  selectAll: 'Select all',
  editorOfOption: ({ editor, option }: Values<'editor' | 'option'>) => `${editor} of ${option}`,

  // Grid form
  marketAndTime: 'Market and time',
  features: 'Features',
  queue: 'Queue',
  namedAfterWhatItSpans: 'Named after what it spans if left empty',
  skipAlreadyTrainedConfigurations: 'Skip already-trained configurations',
  thoseWithSameCandles: ({ hasTrades, strategies }: Values<'strategies'> & Choices<'hasTrades'>) =>
    `Those with the same candles, settings and costs. Each of the others is tested with ${hasTrades ? 'up to ' : ''}${strategies} strategies.`,

  // New job switch
  newJob: 'New job',

  // Plan notes
  goodToKnow: 'Good to know',

  // Use grid preview
  chooseMissing: ({ missing }: Values<'missing'>) => `Choose ${missing}.`,
  correctFieldsThatAreMarked: 'Correct the fields that are marked.',
  thisGridCould: 'This grid could not be counted.',
  counting: 'Counting …',

  // Where to begin
  models: 'Models',
  ridgeAndLightGBM:
    'Ridge and LightGBM: one that is quick and hard to mislead, and one that finds what is not linear. More types multiply the tries that luck has.',
  oneSymbolOnH1: 'One symbol on H1: enough bars for a model, and moves that are large beside the spread.',
  daysOfHistory: 'Days of history',
  of90And180:
    '90 and 180: the market of today, and a longer memory to compare it with. Short ones train in seconds.',
  horizons: 'Horizons',
  of6And12Bars: '6 and 12 bars: one bar ahead is mostly cost; very long ones leave too few trades to judge.',
  target: 'Target',
  returnFirst: 'The return first; direction and barriers once something is worth refining.',
  whatToChooseFirst: 'What to choose first, and why',
  thenLookAtEvidence:
    'Then look at Evidence: it says what luck alone would have found among as many tries. Widen one axis at a time.',

  // Builder
  queueGenerated: 'Queue generated',
  queueExtended: 'Queue extended',
  configurationToTrain: ({ configurations }: Counts<'configurations'>) =>
    `${plural(configurations, 'configuration')} to train`,
  extendQueueExtending: ({ extending }: Values<'extending'>) => `Extend queue ${extending}`,
  everyCombinationOfWhatYou:
    'Every combination of what you choose is trained once and tested with every strategy.',
  loadPreset: 'Load preset',
  savePreset: 'Save preset',
  gridWasDiscarded: 'The grid was discarded',
  generateQueue: 'Generate Queue',
  extendQueue: 'Extend Queue',
  configurationTrainedBeforeWillTrain: ({
    configurations,
    reason,
  }: Values<'reason'> & Counts<'configurations'>) =>
    `${plural(configurations, 'configuration')} trained before will train again: ${reason}`,

  // New job page
  formWasEmptied: 'The form was emptied',
};
