import type { ReactNode } from 'react';
import { formatCount, plural } from '../ui/format.ts';
import { type Choices, type Counts, type Marks, type Perhaps, rich, type Values } from '../ui/sentence.ts';
import { common } from '../ui/texts/common.ts';

/** All that this room says. */
export const texts = {
  // In several places
  tried: 'Tried',
  onAllFolds: 'on all folds',
  givenUpEarlyWord: 'given up early',
  triedOnAllFolds: 'Tried on all folds',
  givenUpEarly: 'Given up early',
  best: 'Best',
  noTrialHasBeenTried: 'No trial has been tried to its end yet.',
  bestByLuck: 'Best by luck',
  equityStart1: `${common.equity}, start = 1`,
  trade: 'Trade',
  maxDrawdownPercentOfPeak: `${common.maxDrawdown}, % of peak equity`,
  leftAt: 'Left at',
  summedNetPercent: `${common.summedNet}, %`,
  daysOfMarket: 'Days of the market',
  band: 'Band',
  day: 'Day',

  // Chart picture
  pictureCantBeDrawn: 'The picture can’t be drawn.',

  // Chart figure
  showTitleAsChart: ({ title }: Values<'title'>) => `Show ${title} as chart`,
  showTitleAsTable: ({ title }: Values<'title'>) => `Show ${title} as table`,
  showAsChart: 'Show as chart',
  showAsTable: 'Show as table',
  downloadTitle: ({ title }: Values<'title'>) => `Download ${title}`,
  dataAsCsv: 'Data as CSV',
  pictureAsPng: 'Picture as PNG',
  drawingAsSvg: 'Drawing as SVG',
  titleAsTable: ({ title }: Values<'title'>) => `${title}, as table`,
  legend: 'Legend',
  showRow: ({ head, cell }: Values<'cell'> & { head: string | undefined }) => `Show ${head} ${cell}`,

  // Importance bars
  parameterImportance: 'Parameter importance',
  shareOfEachParameter:
    'Share of each parameter in what tells trials apart, by a forest of the trials that were tried on all folds.',
  parameter: 'Parameter',
  importance: 'Importance',

  // Trial plot
  trial: ({ trial }: Values<'trial'>) => `Trial ${trial}`,
  trialPerhapsGivenUp: ({ name, isWhole }: Values<'name'> & Choices<'isWhole'>) =>
    `${name}${isWhole ? '' : ', given up early'}`,

  // Intermediate values
  intermediateValues: 'Intermediate values',
  afterEachFold: ({ objective, lowerIsBetter }: Values<'objective'> & Choices<'lowerIsBetter'>) =>
    `${objective} after each fold, the mean so far; ${lowerIsBetter ? 'lower' : 'higher'} is better. Lines that end early are trials that were given up.`,
  trialOfThemGivenUp: ({ trials, pruned }: Values<'pruned'> & Counts<'trials'>) =>
    `${plural(trials, 'trial')}, ${pruned} of them given up before their last fold.`,
  of1Fold: '1 fold',
  fold: ({ fold }: Values<'fold'>) => `${fold} folds`,
  foldsTried: 'Folds tried',

  // Parallel coordinates
  trialsThatWereTried: 'Trials that were tried on all folds',
  parallelCoordinates: 'Parallel coordinates',
  eachLine: ({ note, lowerIsBetter }: Values<'note'> & Choices<'lowerIsBetter'>) =>
    `${note}, each a line; the better, the stronger. ${lowerIsBetter ? 'Lower' : 'Higher'} is better.`,
  bestHasWith: ({
    name,
    trial,
    objective,
    best,
    parameters,
  }: Values<'trial' | 'objective' | 'best' | 'parameters'> & { name: string | undefined }) =>
    `The best, ${name ?? `trial ${trial}`}, has ${objective} ${best} with ${parameters}.`,

  // Trial history
  overFoldsInsideTrainingWindow: ({
    objective,
    lowerIsBetter,
  }: Values<'objective'> & Choices<'lowerIsBetter'>) =>
    `${objective} over the folds inside the training window; ${lowerIsBetter ? 'lower' : 'higher'} is better.`,
  trialBestTrialHas: ({ trials, trial, last }: Values<'trial' | 'last'> & Counts<'trials'>) =>
    `${plural(trials, 'trial')}; the best, trial ${trial}, has ${last}.`,
  bestSoFar: 'Best so far',
  parameters: 'Parameters',
  trialGivenUpEarly: ({ trial, isWhole }: Values<'trial'> & Choices<'isWhole'>) =>
    `Trial ${trial}${isWhole ? '' : ', given up early'}`,

  // Trial slices
  slices: 'Slices',
  overEachParameter: ({ objective, lowerIsBetter }: Values<'objective'> & Choices<'lowerIsBetter'>) =>
    `${objective} over each parameter; ${lowerIsBetter ? 'lower' : 'higher'} is better. On a log axis where values are drawn on a log scale.`,
  bestTrialHas: ({ trial, best }: Values<'trial' | 'best'>) => `The best, trial ${trial}, has ${best}.`,

  // Trial timeline
  timeline: 'Timeline',
  trialsOverTimeSinceFirst: ({ rest }: Counts<'rest'>) =>
    `Trials over the time since the first began${rest > 0 ? `; ${formatCount(rest)} were known from before and took no time` : ''}.`,
  trialInUp: ({ trials, seconds, lanes }: Values<'seconds' | 'lanes'> & Counts<'trials'>) =>
    `${plural(trials, 'trial')} in ${seconds}, up to ${lanes} at a time.`,
  allFolds: 'All folds',
  worker: 'Worker',
  beganAfter: 'Began after',
  tickS: ({ tick }: Values<'tick'>) => `${tick} s`,
  workerLane: ({ lane }: Values<'lane'>) => `Worker ${lane}`,
  stateText: { completed: 'on all folds', pruned: 'given up early', failed: 'failed' },

  // Bar rows
  noModel: 'no model',
  regimeMarket: ({
    regime,
    market,
    selection,
    outOfSample,
    holdout,
  }: Values<'regime' | 'market' | 'selection' | 'holdout'> & Perhaps<'outOfSample'>) =>
    `${regime}, ${market}: ${selection}${outOfSample === null ? '' : `, out of sample ${outOfSample}`}, holdout ${holdout}`,
  hidden: 'hidden',
  fewTrades: ({ figure }: Values<'figure'>) => `${figure} (few trades)`,

  // Bars
  selectionAboveLuck: 'Selection, above luck',
  selectionNotAboveLuck: 'Selection, not above luck',
  outOfSample: 'Out of sample, in the folds of its validation',
  oneStandardError: '± one standard error',

  // Time ticks
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],

  // Time plot
  timeOfBar: 'Time of the bar',

  // Drawdown chart
  drawdownPercent: `${common.drawdown}, %`,
  distanceOfEquity: ({ drawdown }: Marks<'drawdown'>) =>
    rich`${drawdown('Distance')} of the equity from its highest value of the window so far.`,
  nameAtMostShare: ({ name, share }: Values<'name' | 'share'>) => `${name}: at most ${share}`,

  // Equity chart
  afterCostsWithoutLeverage: ({ equity, windows }: Counts<'windows'> & { equity: ReactNode }) =>
    rich`${equity} after costs, without leverage. Begins with 1 ${windows === 1 ? 'where the selection window does; the holdout is hidden.' : 'in each window; the holdout was never used to choose anything.'}`,
  endsAtAfterTrade: ({ name, last, trades }: Values<'name' | 'last'> & Counts<'trades'>) =>
    `${name}: ends at ${last} after ${plural(trades, 'trade')}`,
  equityAtItsEnd: 'Equity at its end',
  sinceItsStart: 'Since its start',

  // Heat map
  titleTable: ({ title }: Values<'title'>) => `${title}, table`,
  fromFewTrades: ', from few trades',

  // Price chart
  longEntered: 'Long entered',
  shortEntered: 'Short entered',
  left: 'Left',
  hollowHoldout: 'Hollow: holdout',
  closeQuoteCurrency: `${common.closingPrice}, quote currency`,
  countOfBars: ({ bars }: Counts<'bars'>) => plural(bars, 'bar'),
  marksOfTrade: ({ trades }: Counts<'trades'>) => ` Marks of ${plural(trades, 'trade')}.`,
  barsShown: 'Bars shown',
  share: 'Share',

  // Profile radar
  profile: 'Profile',
  outOfSampleComposite: ({ composite }: Values<'composite'>) => `; out of sample ${composite}`,
  partsOfCompositeScore: ({ composite }: Marks<'composite'>) =>
    rich`The parts of the ${composite('composite score')}, from 0 (center) to 1 (rim). On the dotted ring a champion breaks even.`,
  boldOutOfSample: 'Bold: out of sample; dotted: on the selection window, which chose it',
  breaksEven: 'Breaks even',
  nameOutOfSample: ({ name }: Values<'name'>) => `${name}, out of sample`,
  numberOutOfSample: ({ number, tested }: Values<'number' | 'tested'>) =>
    `${number}, out of sample ${tested}`,

  // Regime bars
  sharpeRatioPerRegime: 'Sharpe ratio per regime',
  sharpeRatioItsStandardError: ({ sharpe, luck }: Marks<'sharpe' | 'luck'>) =>
    rich`${sharpe('Sharpe ratio')} ± its standard error, annualized, after costs. Below the mark it may be ${luck('luck')}.`,
  baseline0: 'Baseline 0',
  maxDrawdownPerRegime: 'Max drawdown per regime',
  largestFallFromPeak: ({
    maxDrawdown,
    hasOutOfSample,
  }: Choices<'hasOutOfSample'> & { maxDrawdown: ReactNode }) =>
    rich`${maxDrawdown}: largest fall from a peak of the equity. Lower is better.${hasOutOfSample ? ' A validation covers more time, so that it may fall deeper.' : ''}`,
  winRatePerRegime: 'Win rate per regime',
  shareOfTradesThatMade: ({ winRate }: { winRate: ReactNode }) =>
    rich`${winRate}: share of trades that made money after costs. Higher is better.`,
  winRatePercentOfTrades: `${common.winRate}, % of trades`,

  // Risk return
  returnPercent: `${common.returnWord}, %`,
  riskAgainstReturn: 'Risk against return',
  againstOnSelectionWindow: ({
    totalReturn,
    maxDrawdown,
  }: {
    totalReturn: ReactNode;
    maxDrawdown: ReactNode;
  }) => rich`${totalReturn} against ${maxDrawdown} on the selection window. Up and to the left is better.`,
  returnMaxDrawdown: ({ label, totalReturn, maxDrawdown }: Values<'label' | 'totalReturn' | 'maxDrawdown'>) =>
    `${label}: return ${totalReturn}, max drawdown ${maxDrawdown}`,

  // Calibration chart
  probabilityOfClass1:
    'Probability of class 1 on left-out rows against the share that came, in groups of about as many rows each.',
  forecastCame: ({ forecast, came }: Values<'forecast' | 'came'>) => `forecast ${forecast}, came ${came}`,
  forecastAgainstWhatCame: 'Forecast against what came',
  asForecast: 'As forecast',
  baseRate: ({ baseRate }: Values<'baseRate'>) => `Base rate ${baseRate}`,
  forecast: 'Forecast',
  came: 'Came',
  forecastProbability: 'Forecast probability',
  forecastTitle: ({ forecast }: Values<'forecast'>) => `Forecast ${forecast}`,

  // Balance chart
  balanceSelectionWindow: 'Balance, selection window',
  balanceHoldout: 'Balance, holdout',
  balanceCurrency: ({ currency }: Values<'currency'>) => `${common.balance}, ${currency}`,
  afterEachTrade: ({ currency, account }: Values<'currency' | 'account'>) =>
    `After each trade, ${currency}. Begins with ${account}.`,
  beginsWithAndEnds: ({ account, balance, trades }: Values<'account' | 'balance'> & Counts<'trades'>) =>
    `Begins with ${account} and ends with ${balance} after ${plural(trades, 'trade')}`,
  lots: 'Lots',
  moneyCurrency: ({ currency }: Values<'currency'>) => `Money, ${currency}`,
  money: 'Money',

  // Excursions
  won: 'Won',
  lost: 'Lost',
  maeAgainstMfe: 'MAE against MFE',
  countOfTrades: ({ trades }: Counts<'trades'>) => plural(trades, 'trade'),
  of9Of10Winners: '9 of 10 winners',
  maeUnit: ({ unit }: Values<'unit'>) => `MAE, ${unit}`,
  mfeUnit: ({ unit }: Values<'unit'>) => `MFE, ${unit}`,
  againstIt: ({ unit }: Values<'unit'>) => `Against it, ${unit}`,
  inFavorUnit: ({ unit }: Values<'unit'>) => `In favor, ${unit}`,
  tradeNumber: ({ number }: Values<'number'>) => `Trade ${number}`,
  against: 'Against',
  inFavor: 'In favor',

  // Luck histogram
  atLeastOfMaxima: ({ atLeast, maxima }: Values<'atLeast' | 'maxima'>) => `${atLeast} of ${maxima}`,
  whatLuckAloneReaches: 'What luck alone reaches',
  sharpeRatioOfBest:
    'Sharpe ratio of the best of everything tried in this regime, with the signs of all days drawn anew 500 times.',
  maximaOneIn20: ({ maxima, luck, ownText, share }: Values<'maxima' | 'luck' | 'ownText' | 'share'>) =>
    `${maxima} maxima; one in 20 is above ${luck}; the champion has ${ownText}, which ${share} reach.`,
  bestOfAllTriesWithout: 'Best of all tries without an edge',
  of1In20IsAbove: ({ luck }: Values<'luck'>) => `1 in 20 is above ${luck}`,
  thisChampion: ({ ownText, share }: Values<'ownText' | 'share'>) =>
    `This champion, ${ownText}: ${share} reach it by luck`,
  sharpeFrom: 'Sharpe from',
  to: 'to',
  maxima: 'Maxima',
  draws: 'Draws',
  sharpeTo: ({ from, to }: Values<'from' | 'to'>) => `Sharpe ${from} to ${to}`,

  // Aging chart
  tooFewWindowsForRate: 'Too few windows for a rate of decay.',
  itLosesIn30Days: ({ perMonth }: Values<'perMonth'>) => `It loses ${perMonth} in 30 days.`,
  itGainsIn30Days: ({ perMonth }: Values<'perMonth'>) => `It gains ${perMonth} in 30 days.`,
  whiskersAreOneStandardError: ({ decay }: Values<'decay'>) => `${decay} Whiskers are one standard error.`,
  countOfDays: ({ days }: Counts<'days'>) => plural(days, 'day'),
  meanAgeDays: 'Mean age, days',
  error: 'Error',
  meanAgeOfModelDays: 'Mean age of the model, days',
  dayOld: ({ days }: Counts<'days'>) => `${plural(days, 'day')} old`,

  // Validation curve
  outOfSampleFoldAfter: 'Out of sample, fold after fold',
  held: 'Held',
  countedFrom: ({ from }: Values<'from'>) => `Counted ${from}`,
  hollowFrom: ({ from }: Values<'from'>) => `Hollow ${from}`,
  netLogReturnAfterCostsSummed:
    'Net log return after costs, summed by days, percent. Lines part its folds; each is traded by what was trained before it.',
  countedFoldsEndAt: ({
    counted,
    last,
    low,
    high,
    shownHold,
  }: Values<'counted' | 'last' | 'low' | 'high'> & Perhaps<'shownHold'>) =>
    `${counted} counted folds end at ${last}; nine of ten bootstrapped curves end between ${low} and ${high}${shownHold === null ? '' : `; holding the market ends at ${shownHold}`}`,
  counted: 'Counted',
  yes: 'yes',
  no: 'no',
  notCounted: ', not counted',
  withThisFold: 'With this fold',
  lowToHigh: ({ low, high }: Values<'low' | 'high'>) => `${low} to ${high}`,
  countedFolds: 'Counted folds',
  whereNineOfTen: ({ paths }: Values<'paths'>) =>
    `Where nine of ten of ${paths} curves lie that are drawn anew from its days (stationary bootstrap, 5 to 95 % on each day by itself)`,
  notCountedModelsWereChosen: 'Not counted: models were chosen on these days',
  flat: 'Flat',
  marketHeldThroughSameDays: 'The market held through the same days, without costs',

  // Forward chart
  promised: 'Promised',
  onPaperDayBy: 'On paper, day by day',
  netLogReturnAfterCosts: 'Net log return after costs, summed by market days that are over, percent.',
  marketDaysEndAt: ({ days, net, promised, low }: Values<'days' | 'net' | 'promised' | 'low'>) =>
    `${days} market days end at ${net}; promised were ${promised}, the band ends at ${low}`,
  promisedByValidation: ({ validation }: Values<'validation'>) => `Promised by validation ${validation}`,
  where95Of100Healthy: 'Where 95 of 100 healthy models stay above, all days at once, from day 20 on',

  // Account chart
  paperAndAccount: 'Paper and account',
  netLogReturnsOfTrades: 'Net log returns of trades that are over, summed by when they were left, percent.',
  timeAtWhichTrades: ({
    times,
    paper,
    account,
    real,
  }: Values<'paper' | 'account' | 'real'> & Counts<'times'>) =>
    `${plural(times, 'time')} at which trades were left; paper ends at ${paper}, the account ${account} at ${real}`,
  account: ({ account }: Values<'account'>) => `Account ${account}`,
  difference: 'Difference',

  // Level bars
  medianBest: ({ label, median, best }: Values<'label' | 'median' | 'best'>) =>
    `${label}: median ${median}, best ${best}`,
  median: 'Median',
  value: 'Value',
  showScoresBy: ({ name }: Values<'name'>) => `Show the scores by ${name}`,
  showWith: ({ rows, label }: Values<'rows' | 'label'>) => `Show ${rows} with ${label}`,
  medianText: 'median',
  bestOf: ({ best, rows }: Values<'best' | 'rows'>) => `best ${best} of ${rows}`,

  // Compared equity
  equityOverEachOther: 'Equity over each other',
  atEndOfDaysUtc:
    'At the end of days (UTC) of each selection window, beginning with 1, after costs and without leverage. It chose them, so all flatter.',
  none: 'none',
  endsAt: ({ ends }: Values<'ends'>) => `ends at ${ends}`,
};
