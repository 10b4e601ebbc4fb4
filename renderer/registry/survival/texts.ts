import { formatNumber, plural } from '../../ui/format.ts';
import type { Counts, Values } from '../../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  whatSurvives: 'What survives',
  gate: 'The gate',
  promote: 'Promote',
  rollBack: 'Roll back',
  retire: 'Retire',
  inTrainingQueue: 'In the Training Queue',
  train: 'Train',

  // Words
  typeTitles: {
    ensemble: 'Ensemble: ridge, random forest and XGBoost stacked',
    classifier: 'Classifier: XGBoost',
    q_agent: 'Q agent: takes or leaves by what a stake comes to',
  },
  pickTitles: {
    survival: 'Likeliest, above break-even',
    likeliest: 'Likeliest, always',
    sharpe: 'Highest selection Sharpe',
    random: 'Any (mean of all)',
  },
  rowOfFoldOfValidated: ({ good, folds }: Counts<'good' | 'folds'>) =>
    `${plural(good, 'row')} of ${plural(folds, 'fold')} of validated grids can be learned from`,
  areNeeded: ({ least }: Values<'least'>) =>
    `; ${least} are needed. Validate grids of more configurations, markets or folds.`,
  baseRateOfThemMadeMoney: ({ baseRate, from, to }: Values<'baseRate' | 'from' | 'to'>) =>
    ` ${baseRate} of them made money after costs, ${from} to ${to}.`,
  foldWasComputedBeforeContenders: ({ olderFolds }: Counts<'olderFolds'>) =>
    ` ${plural(olderFolds, 'fold')} ${olderFolds === 1 ? 'was' : 'were'} computed before contenders were kept: validate their grids again, and they count.`,

  // Summary panel
  modelThatLearnsFromEvery:
    'A model that learns from every fold of validated grids how likely a contender makes money in the window that follows.',
  versionsAndFigures: 'Versions and figures',
  nobodyIsInProduction: ({ rowsSentence }: Values<'rowsSentence'>) =>
    `Nobody is in production. ${rowsSentence}`,
  versionIsInProduction: ({ version, baseRate, breakEven }: Values<'version' | 'baseRate' | 'breakEven'>) =>
    `Version ${version} is in production: its word stands beside each champion. Base rate ${baseRate}, a stake pays from ${breakEven} on.`,

  // Gate lines
  met: 'Met',
  missed: 'Missed',

  // Figures
  versionOnItsTest: ({ version }: Values<'version'>) => `Version ${version}, on its test rows`,
  learnedFromRows: ({
    typeTitle,
    training,
    rows,
    testFrom,
    testTo,
  }: Values<'typeTitle' | 'training' | 'testFrom' | 'testTo'> & Counts<'rows'>) =>
    `${typeTitle}. Learned from ${training} rows, judged on the ${plural(rows, 'row')} after them, ${testFrom} to ${testTo}, by a model that knows none of these.`,
  doesItMeanWhat: 'Does it mean what it says?',
  chanceToMakeMoneyAgainst:
    'The chance to make money against the share that did, in groups of about as many test rows each; rows with the same chance stay together.',
  rowTooWeakLeftOut: ({
    rows,
    purged,
    trials,
    validationAuc,
    tuned,
  }: Values<'purged' | 'tuned'> & Counts<'rows' | 'trials'> & { validationAuc: number | null }) =>
    `${plural(rows, 'row')} too weak, ${purged} left out between the parts. ${plural(trials, 'trial')}${validationAuc === null ? '' : `, ROC AUC ${formatNumber(validationAuc, 3)} at best on the validation rows`}: ${tuned}.`,
  balancedAccuracy: 'Balanced accuracy',
  brierScore: 'Brier score',
  didItMakeMoney: 'Did it make money?',
  figure: 'Figure',
  whatStakeOnItsPicks: 'What a stake on its picks comes to',
  picksTable: 'Picks, table',
  pickedBy: 'Picked by',
  picksOfPlaces: ({ picks, places }: Values<'picks' | 'places'>) => `${picks} of ${places}`,
  onePickForEachMarket: ({ breakEven }: Values<'breakEven'>) =>
    `One pick for each market, regime and date. Flat stake: mean result of a unit of risk, after costs. Half Kelly stakes by the chance, at most 25 % of the capital; it pays from ${breakEven} on. Growth: ln of what the capital becomes.`,

  // Journal
  journal: 'Journal',
  neverRewritten: 'Never rewritten: what was left out stands here for ever.',
  by: 'By',
  leftOut: 'Left out',
  nobody: 'Nobody',

  // Moves
  promoted: 'Promoted',
  versionIsInProductionOf: ({ version }: Values<'version'>) => `Version ${version} is in production.`,
  promoteVersion: ({ version }: Values<'version'>) => `Promote ${version}?`,
  itsWordStandsBesideEach: 'Its word stands beside each champion from then on.',
  itDoesWorseThanWhat:
    'It does worse than what is in production. To put it in charge all the same stands in the journal for ever.',
  gateRefusesIt: 'The gate refuses it: what says no more than chance is put beside no champion.',
  promoteAllSame: 'Promote all the same',
  rolledBack: 'Rolled back',
  rollBackTitle: 'Roll back?',
  versionThatWasInCharge:
    'The version that was in charge before is put there at once, without the gate. The journal says so.',
  retired: 'Retired',
  versionIsInProductionNoMore: ({ version }: Values<'version'>) =>
    `Version ${version} is in production no more: nobody is.`,
  retireIt: 'Retire it?',
  nobodyIsInCharge:
    'Nobody is in charge from then on, and nothing stands beside champions. The version stays.',

  // Train dialog
  itIsTrainedWhen: 'It is trained when its turn comes.',
  trainModelOfWhatSurvives: 'Train a model of what survives',
  hyperParametersAreTried:
    'Hyper-parameters are tried by ROC AUC on validation rows; what is found is judged on the newest rows alone. Nobody is put in charge by it.',
  leastCompositeScore: 'Least composite score',
  contendersThatScoredLower:
    'Contenders that scored lower on their selection window are left out; 0.5 is where they break even.',
  hyperParametersThatAreTried:
    'Hyper-parameters that are tried; 1 trains with those that a search begins with.',
  patience: 'Patience',
  trialsWithoutBetterRocAuc: 'Trials without a better ROC AUC after which no further begins.',

  // Page
  howLikelyContenderMakesMoney:
    'How likely a contender makes money after costs in the window that follows, learned from every fold of validated grids',
  backToRegistry: 'Back to registry',
  noneWasTrainedYet: 'None was trained yet',
  validateGrid: 'Validate a grid',
  validateGridsWithTheirRules:
    'Validate grids with their rules until there are 1,000 rows, then train one: it is judged on the newest of them before anybody relies on it.',
  newestVersionGoes: 'The newest version goes on with the folds that came since.',
  updateWithNewFolds: 'Update with new folds',
  versionsTable: 'Versions, table',
  stage: 'Stage',
  type: 'Type',
  knownUntil: 'Known until',
  goesOnFrom: 'Goes on from',
  actions: 'Actions',
  showVersion: ({ version }: Values<'version'>) => `Show ${version}`,
  show: 'Show',
  promoteVersionLabel: ({ version }: Values<'version'>) => `Promote ${version}`,
};
