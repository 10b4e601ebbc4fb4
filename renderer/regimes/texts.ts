import type { ReactNode } from 'react';
import { formatCount, plural } from '../ui/format.ts';
import { type Counts, rich, type Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  priceAndRegimes: ({ symbol, timeframe }: Values<'symbol' | 'timeframe'>) =>
    `Price and regimes, ${symbol} ${timeframe}`,
  manageRegimes: 'Manage Regimes',
  backToRegimes: 'Back to regimes',

  // Rows
  toBeScoredAgain: 'to be scored again',
  scoredAgain: 'scored again',
  sinceTheseFiguresWereComputed: ({ outdated }: Values<'outdated'>) =>
    `Since these figures were computed ${outdated}: it is scored again before anyone competes with it.`,
  scoredAgainWithData: ({ date }: Values<'date'>) =>
    `Scored again with the data and rules as of ${date}. Its equity is drawn as its run was trained and tested.`,

  // Standing
  hasBestModel: 'Has a best model',

  // Champion panel
  confidenceThresholdLookbackBar: ({
    method,
    ensembleMethod,
    confidenceThreshold,
    lookbackWindow,
  }: Values<'method' | 'ensembleMethod' | 'confidenceThreshold'> & Counts<'lookbackWindow'>) =>
    `${method}, ${ensembleMethod}, confidence threshold ${confidenceThreshold}, lookback ${plural(lookbackWindow, 'bar')}`,
  championOf: ({ title }: Values<'title'>) => `Champion of ${title}`,
  dayOfHistoryBarAhead: ({
    champion,
    days,
    bars,
    encoder,
    tradedBy,
  }: Values<'champion' | 'encoder' | 'tradedBy'> & Counts<'days' | 'bars'>) =>
    `${champion}, ${plural(days, 'day')} of history, ${plural(bars, 'bar')} ahead, ${encoder} · ${tradedBy}`,
  viewRun: 'View run',
  champion: ({ champion }: Values<'champion'>) => `champion ${champion}`,
  equityOfChampionInAll: 'Equity of the champion in all regimes, its own colored',
  equityOfChampionAloneIn: ({ title }: Values<'title'>) => `Equity of the champion, alone in ${title}`,
  newestBar: ({ bars }: Counts<'bars'>) => `The newest ${plural(bars, 'bar')}, colored by regime.`,

  // Champions table
  championsTable: 'Champions, table',
  championsPerRegime: 'Champions per regime',
  bestModel: 'Best model',
  showChampionOf: ({ title }: Values<'title'>) => `Show the champion of ${title}`,
  noModelYet: 'No model yet',
  synthetic: 'synthetic',

  // Scope filter
  allSymbols: 'All symbols',
  allTimeframes: 'All timeframes',

  // Champions view
  regimeAnalysis: 'Regime Analysis',
  bestModelOfEachMarket: 'The best model of each market regime, by symbol and timeframe.',
  validateAll: 'Validate all',
  viewPerformanceCharts: 'View Performance Charts',
  coveredOfRegimeWithModel: ({ covered, total }: Values<'covered'> & Counts<'total'>) =>
    `${covered} of ${plural(total, 'regime')} with a model. Figures: selection window, after costs.`,
  noChampion: 'No champion',
  showAllChampions: 'Show all champions',
  noChampionHasThisMark: 'No champion has this mark here',
  chooseAnotherMarkOrNone: 'Choose another mark, or none.',
  noChampionYet: 'No champion yet',
  noModelHasWonRegime: 'No model has won a regime here yet',
  trainGridOfModels:
    'Train a grid of models: the best one of each regime appears here with its equity, its trades and the regimes on the price.',

  // Charts view
  performanceCharts: 'Performance Charts',
  championsOnSelectionWindow:
    'Champions on the selection window, beside what they did out of sample, in the colors of their verdicts.',
  noChampionInThisScope: 'No champion in this scope',
  nothingToCompareYet: 'Nothing to compare yet',
  chartsAppearWithFirstChampion: 'Charts appear with the first champion of this symbol and timeframe.',
  charts: 'Charts',
  profileOfEachChampion: 'Profile of each champion',
  bestScoreOfEachModel: 'Best score of each model type in each regime',
  scoreOfBestStrategyOver: ({ score }: { score: ReactNode }) =>
    rich`${score} of the best strategy over all runs of the scope; those with too few trades do not count.`,
  noEligibleStrategy: 'no eligible strategy',

  // Rules json
  beforeFirstMeasure: '{ before the first measure',
  measureInQuotesSuch: 'a measure in quotes such as "volatility"',
  isThereTwice: ({ measure }: Values<'measure'>) =>
    `"${measure}" is there twice; join its conditions with "and"`,
  afterMeasure: ({ measure }: Values<'measure'>) => `: after "${measure}"`,
  commaBeforeNextMeasure: 'a comma before the next measure, or } at the end',
  nothingAfterClosing: 'nothing after the closing }',
  ruleInQuotesSuchAs: ({ example }: Values<'example'>) => `a rule in quotes such as ${example}`,
  commaOrAfterRule: 'a comma or ] after a rule of the list',
  closingQuoteOfThisText: 'the closing quote of this text is missing on its line',
  expectedFound: ({ expected, found }: Values<'expected'> & { found: string | undefined }) =>
    `expected ${expected}, found ${found ?? 'the end of the text'}`,

  // Draft
  regimeNumber: ({ number }: Values<'number'>) => `Regime ${number}`,

  // Change dialog
  whatTheseRulesChange: 'What these rules change',
  keepEditing: 'Keep editing',
  saveTheseRules: 'Save these rules',
  noneOfChampionBecomesStale: ({ champions }: Counts<'champions'>) =>
    `None of ${plural(champions, 'champion')} becomes stale`,
  ofChampionBecomesStale: ({ stale, champions }: Counts<'stale' | 'champions'>) =>
    stale === 1
      ? `1 of ${plural(champions, 'champion')} becomes stale`
      : `${formatCount(stale)} of ${plural(champions, 'champion')} become stale`,
  theirRegimesHaveSameBars:
    'Their regimes have the same bars as before in the windows that they were chosen in.',
  theyStayUntilAreEvaluated: 'They stay until they are evaluated again under the new rules.',
  which: 'Which',
  symbolTimeframe: ({
    symbol,
    timeframe,
    moved,
    bars,
  }: Values<'symbol' | 'timeframe' | 'moved'> & Counts<'bars'>) =>
    `${symbol} ${timeframe}: ${moved} of ${plural(bars, 'bar')} would have another regime`,
  getsNoBar: ({ name }: Values<'name'>) => `${name} gets no bar`,
  itsRulesHoldButBefore: ({
    from,
    takers,
    before,
    gets,
    empties,
    emptiesList,
  }: Values<'from' | 'before' | 'emptiesList'> & Counts<'takers' | 'gets' | 'empties'>) =>
    [
      takers === 1
        ? `Its rules hold, but ${from} before it takes all of those bars.`
        : `Its rules hold, but ${from} before it take all of those bars.`,
      empties === 0
        ? `Right before ${before} it gets ${plural(gets, 'bar')}.`
        : `Right before ${before} it gets ${plural(gets, 'bar')}, and ${emptiesList} gets none any more.`,
    ].join(' '),
  placeItBefore: ({ before }: Values<'before'>) => `Place it before ${before}`,
  barsOf: ({ symbol, timeframe }: Values<'symbol' | 'timeframe'>) => `Bars of ${symbol} ${timeframe}`,
  gone: 'gone',
  barsByName: ({ bars, name }: Values<'bars' | 'name'>) => `${bars} by ${name}`,
  furtherStoredSeriesNotLooked: ({ furtherSeries }: Counts<'furtherSeries'>) =>
    `${plural(furtherSeries, 'further stored series', 'further stored series')} not looked at.`,

  // Regime editor
  lineColumn: ({ line, column, message }: Values<'line' | 'column' | 'message'>) =>
    `Line ${line}, column ${column}: ${message}`,
  editDraft: ({ draft }: Values<'draft'>) => `Edit ${draft}`,
  deleteWord: 'Delete',
  smallLetters: 'Small letters, digits and underscores.',
  title: 'Title',
  whatScreenShows: 'What the screen shows.',
  description: 'Description',
  rulesJson: 'Rules (JSON)',
  allOfThemMustHold: 'All of them must hold.',
  rulesAreValid: 'Rules are valid',
  of0To1: '0 to 1: how straight the last 50 closes run',
  logChangeOverSame50: 'log change over the same 50 bars',
  standardDeviationOfLast20: 'standard deviation of the last 20 log returns',
  ofBar: 'of the bar',
  logChangeOverLast10: 'log change over the last 10 bars',
  lnHighLowOfBar: 'ln(high / low) of the bar',
  howRulesAreWritten: 'How rules are written',
  ruleComparesMeasureWithNumber:
    'A rule compares a measure with a number, a percentile of its last 500 bars, or a multiple of their average:',
  aboveNumber: 'above a number; also >=, <, <=',
  of75ThPercentile: '"> 75th percentile"',
  moreThanThreeQuarters: 'more than three quarters of the last 500 bars',
  of2XAverage: '"> 2x average"',
  moreThanTwiceTheirAverage: 'more than twice their average',
  of0And05: '"> 0 and < 0.5"',
  both: 'both',
  measures: 'Measures:',

  // Test panel
  testOnHistory: 'Test on history',
  editedSince: 'Edited since: test again to see the difference.',
  howTheseRegimesWouldLabel: 'How these regimes would label stored bars. Nothing is saved.',
  seriesToTestOn: 'Series to test on',
  testingNeedsData: 'Testing needs data',
  importData: 'Import data',
  rulesAreCheckedAsYou:
    'Rules are checked as you type them. What they would label is seen on a market of your own, or on the demo market.',
  testTheseRules: 'Test these rules',
  notTestedYet: 'Not tested yet',
  shareOfBars:
    'The share of bars, the number of episodes, their mean length and a colored chart appear here.',
  rulesToLookAt: 'Rules to look at',
  testResult: 'Test result',
  figuresAbove: ({ bars, timeBars }: Counts<'bars' | 'timeBars'>) =>
    `Figures above: all ${plural(bars, 'bar')}. Chart: the newest ${plural(timeBars, 'bar')}.`,

  // Manage view
  regimesSaved: 'Regimes saved',
  modelsTrainedFromNow: 'Models trained from now on are selected by them.',
  barIsInFirstActive:
    'A bar is in the first active regime whose rules all hold; what is left is unclassified.',
  discardAllChanges: 'Discard all changes?',
  regimesGoBackToWhat: 'The regimes go back to what was saved last.',
  discardChanges: 'Discard changes',
  saveRegimes: 'Save regimes',
  triedFromTopToBottom: 'Tried from top to bottom',
  addNewRegime: 'Add New Regime',
  hasProblem: 'Has a problem',
  hasNote: 'Has a note',
  itemIsActive: ({ item }: Values<'item'>) => `${item} is active`,
  noRegime: 'No regime',
  withoutRegimesThere: 'Without regimes there are no champions',
  addRegimeAndDescribe:
    'Add a regime and describe it by rules on trend strength, returns, volatility and more.',
  draftIsTakenFromList: ({ draft }: Values<'draft'>) => `${draft} is taken from the list`,
  up: 'up',
  down: 'down',
  tryEarlier: ({ by }: Counts<'by'>) => `Try ${by < 0 ? 'earlier' : 'later'}`,
  moveTitleWord: ({ title, word }: Values<'title' | 'word'>) => `Move ${title} ${word}`,
};
