import { plural } from '../ui/format.ts';
import type { Counts, Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  noChampion: 'No champion.',
  titleTable: ({ title }: Values<'title'>) => `${title}, table`,

  // Make candidate
  candidateMade: 'Candidate made',
  versionOfIsTrainedUp: ({ version, name }: Values<'version' | 'name'>) =>
    `Version ${version} of ${name} is trained up to the newest bar.`,
  makeCandidate: 'Make candidate',

  // Settle
  itIsSettled: 'It is settled: bars that chose nothing speak against it.',
  moreBars: ({ needed, trackRecordNeeded, bars }: Values<'needed' | 'trackRecordNeeded' | 'bars'>) =>
    `${needed} more bars: it takes ${trackRecordNeeded} to be 95 % sure of a Sharpe ratio above 0, choosing aside, and there are ${bars}.`,
  moreTrade: ({ moreTrades }: Counts<'moreTrades'>) =>
    `${plural(moreTrades, 'more trade')}: fewer than 30 say nothing.`,
  barsThatChoseNothing:
    'Bars that chose nothing: its configuration trained again in folds, each traded on the weeks that follow.',

  // Champion page
  backToEvidence: 'Back to evidence',
  noSuchChampion: 'No such champion',
  thereIsNoChampion: ({ name }: Values<'name'>) => `There is no champion ${name}`,
  allChampions: 'All champions',
  anotherModelMayHaveTaken: 'Another model may have taken its place since.',
  dayOfHistoryBarAhead: ({
    modelType,
    days,
    bars,
    further,
    champion,
  }: Values<'modelType' | 'further' | 'champion'> & Counts<'days' | 'bars'>) =>
    `${modelType}, ${plural(days, 'day')} of history, ${plural(bars, 'bar')} ahead, ${further} · ${champion}`,
  viewRun: 'View run',
  champion: ({ champion }: Values<'champion'>) => `champion ${champion}`,
  itsClaim: 'Its claim',
  onSelectionWindow: 'On the selection window, which chose it, alone in its regime, after costs.',
  luck: 'Luck',
  robustness: 'Robustness',
  howMuchOfItsScore: 'How much of its score hangs on details.',
  probabilities: 'Probabilities',
  ofModelItself: 'Of the model itself, over all regimes: whether they mean what they say.',
  whatWouldSettleIt: 'What would settle it',
  nothingIsStoredOfRows: 'Nothing is stored of the rows that its members left out.',
  nothingThatWasTriedHere: 'Nothing that was tried here traded often enough.',

  // Champion list
  bestEvidenceFirst: 'Best evidence first. Figures of the selection window, which chose them, flatter.',

  // Champion columns
  whatEvidenceSaysOfIt: 'What the evidence says of it.',
  trainedOnSyntheticMarket:
    'Trained on a synthetic market, such as those of the demo: no market was ever quoted at its prices.',
  jobThatTrainedItsRun: 'The job that trained its run.',
  favorite: 'Favorite',
  somebodyKeepsItsRunAmong: 'Somebody keeps its run among the favorites.',
  tags: 'Tags',
  uuidOfRun: 'UUID of the run that it is.',
  whenItWonItsPlace: 'When it won its place.',

  // Champion table
  compare: 'Compare',
  compareChampion: ({ champion }: Values<'champion'>) => `Compare ${champion}`,
  upToChampionsCan: ({ mostCompared }: Values<'mostCompared'>) =>
    `Up to ${mostCompared} champions can be compared`,
  takeOneOutOfComparison: 'Take one out of the comparison first.',
  countOfChampions: ({ champions }: Counts<'champions'>) => plural(champions, 'champion'),
  champions: 'champions',
  tickTwoToChampionsFirst: ({ mostCompared }: Values<'mostCompared'>) =>
    `Tick two to ${mostCompared} champions first`,
  compareCompared: ({ compared }: Values<'compared'>) => `Compare${compared}`,
  filtersOfChampions: 'Filters of the champions',
  verdictStrongSuggestiveTrades50: 'verdict = strong|suggestive, trades >= 50',
  hideDemoMarkets: 'Hide demo markets',
  clearFilters: 'Clear Filters',
  searchNow: 'Search',
  noChampionIsLikeThat: 'No champion is like that',
  askForLess: 'Ask for less, or for another mark.',

  // Funnel
  tried: 'Tried',
  modelsThatWereTrained: 'Models that were trained in this market.',
  eligible: 'Eligible',
  modelsWithStrategyThatTrades: 'Models with a strategy that trades often enough in some regime.',
  positive: 'Positive',
  ofThose: 'Of those, models with one whose score is above break-even, costs included.',
  bestOfEachRegime: 'The best of each regime.',
  aboveLuck: 'Above luck',
  championsThatBestOfEverything:
    'Champions that the best of everything tried in their regime reaches in at most one of 20 cases without any edge.',
  robust: 'Robust',
  championsThatStillEarn:
    'Champions that still earn at doubled costs, one bar late, without their best trades, and whose neighbors do.',
  validated: 'Validated',
  championsThatWereTrainedAgain:
    'Champions that were trained again in folds and traded bars that chose nothing.',
  thereAreNoChampionsYet: 'There are no champions yet, so there is nothing to be lucky with.',
  whatWasTriedForThese:
    'What was tried for these champions is not counted, so luck can’t be told from an edge.',
  luckAloneWouldGiveOf: ({ by, known, above }: Values<'by' | 'known'> & Counts<'above'>) =>
    above === 0
      ? `Luck alone would give ${by} of ${known}; none is above its mark.`
      : above === 1
        ? `Luck alone would give ${by} of ${known}; 1 is above its mark.`
        : `Luck alone would give ${by} of ${known}; ${above} are above its mark.`,

  // Funnel table
  funnelTable: 'Funnel, table',
  whatWasTriedInEach: 'What was tried in each market, and how far it came',
  countOfStrategies: ({ strategies }: Counts<'strategies'>) => plural(strategies, 'strategy', 'strategies'),
  championsWithThisVerdict: 'Champions with this verdict.',

  // Run list
  championOf: 'Champion of',
  trained: 'Trained',
  countOfBars: ({ bars }: Counts<'bars'>) => plural(bars, 'bar'),
  showMoreOf: ({ total }: Values<'total'>) => `Show more of ${total}`,

  // Overview
  isWinnerWorthAnything:
    'Is a winner worth anything? What was tried to get it, what luck alone would give, and what bars say that chose nothing.',
  nothingTriedYet: 'Nothing tried yet',
  evidenceBeginsWithFirstGrid: 'Evidence begins with the first grid',
  trainGridOfModels:
    'Train a grid of models: what was tried, how far it came and what luck alone makes of it stands here.',
  whatLuckAloneWouldGive: 'What luck alone would give',
  whatWasTried: 'What was tried, and how far it came',
  eachFigureCountsSome: 'Each figure counts some of those before it. Choose one to see what it counts.',
};
