import { plural } from '../ui/format.ts';
import type { Counts, Perhaps, Values } from '../ui/sentence.ts';
import { common } from '../ui/texts/common.ts';

/** All that this room says. */
export const texts = {
  // In several places
  countOfTrades: ({ trades }: Counts<'trades'>) => plural(trades, 'trade'),
  fromToTo: ({ from, to }: Values<'from' | 'to'>) => `${from} to ${to}`,

  // Calibration
  titles: { both: 'Calibration', long: 'Calibration, LONG', short: 'Calibration, SHORT' },

  // Luck metrics
  marketPInItsMarket: ({ marketP }: Values<'marketP'>) => `${marketP} in its market`,
  of02To08: ({ lossOutOfSample }: Values<'lossOutOfSample'>) =>
    `0.2 to 0.8 without an edge; loses in ${lossOutOfSample}`,
  hasBar: ({ bars }: Counts<'bars'>) => `has ${plural(bars, 'bar')}`,
  needsNeeded: ({ needed }: Values<'needed'>) => `needs ${needed}`,
  worthEffectiveTries: ({ effectiveTries }: Values<'effectiveTries'>) => `worth ${effectiveTries}`,

  // Stake metrics
  breaksEvenAt05: 'breaks even at 0.5',
  from30TradesOn: 'from 30 trades on',

  // Champion figures
  figuresOfChampionOf: ({ title }: Values<'title'>) => `Figures of the champion of ${title}`,
  aloneIn: ({ title }: Values<'title'>) => `alone in ${title}`,
  luckOfChampionOf: ({ title }: Values<'title'>) => `Luck of the champion of ${title}`,
  stakesOfChampionOf: ({ title }: Values<'title'>) => `Stakes of the champion of ${title}`,

  // Export menu
  codeData: 'Code, data and its own check in a ZIP; never tried in a terminal: a demo account first',
  exportWord: 'Export',
  modelAs: ({ title }: Values<'title'>) => `The model as ${title}`,
  notPossible: ({ why }: Values<'why'>) => `Not possible: ${why}`,

  // Export model
  model: 'The model',
  itsModelWasNotKept: 'Its model was not kept',
  run: 'The run',
  runToBeTrained: 'The run, to be trained again elsewhere',
  configurationCandlesSeedRules: 'Configuration, candles, seed, rules, model and figures in a ZIP',

  // Holdout look
  upTo: ({ to }: Values<'to'>) => `up to ${to}`,
  holdoutOf: ({ market, span, at, by }: Values<'market' | 'span' | 'at' | 'by'>) =>
    `Holdout of ${market}, ${span}: opened ${at} (${by}).`,
  holdoutOfIsHiddenUntilYou: ({ market, span }: Values<'market' | 'span'>) =>
    `The holdout of ${market} (${span}) is hidden until you spend the one look at it: once seen, it tests nothing any more.`,
  openHoldoutOf: ({ market }: Values<'market'>) => `Open the holdout of ${market}?`,
  allFigures: ({ span, market }: Values<'span' | 'market'>) =>
    `All figures, trades and curves of ${span} are shown from then on, of every run of ${market}. It can’t be taken back: whatever you train or choose afterwards, you choose with these days in mind, and only newer bars test it. The look is written down.`,
  openHoldout: 'Open the holdout',
  keepItHidden: 'Keep it hidden',

  // Lookahead check
  lookAhead: 'Look-ahead',
  checkForLookAhead: 'Check for look-ahead',
  passedItKnewNothing: 'Passed: it knew nothing that it could not know',
  notPassed: 'Not passed',
  withFutureCutOff: ({ dates, bars, compared }: Values<'compared'> & Counts<'dates' | 'bars'>) =>
    `With the future cut off on ${plural(dates, 'date')} of its ${plural(bars, 'bar')}, features, forecasts and signals are the same to the bit (${compared} values).`,
  whereNothingIsKnownAfter: ({ cut, lookahead }: Values<'cut' | 'lookahead'>) =>
    `Where nothing is known after ${cut}: ${lookahead}.`,
  withBarOfHistoryInstead: ({ checked, before, signals }: Values<'before' | 'signals'> & Counts<'checked'>) =>
    `With ${plural(checked, 'bar')} of history instead of ${before}: ${signals}`,
  featuresAreSame: ({ signals }: Counts<'signals'>) =>
    `features are the same, ${signals === 0 ? 'and so is every signal' : `${plural(signals, 'signal')} another`}.`,
  countedFromWhereData: ({ anchored }: Values<'anchored'>) =>
    `${anchored}: counted from where the data of the run begins (1 January), as in live use.`,
  whatOfBarTime: ({
    what,
    time,
    is,
    was,
  }: Values<'what' | 'time'> & { is: number | null; was: number | null }) =>
    `${what} of the bar ${time} is ${is ?? 'missing'}, and ${was ?? 'missing'} in the run`,

  // Money fields
  showMoney: 'Show money',
  currency: 'Currency',
  threeLetters: 'Three letters',
  sizeOfTradeBy: 'Size of a trade by',
  lots: 'Lots',
  risk: 'Risk',
  lotsPerTrade: 'Lots per trade',
  riskPerTradePercent: 'Risk per trade, %',

  // Money figures
  netOfAllCosts: ({ rate }: Values<'rate'>) =>
    `${rate} Net of all costs as they were charged; lots are not rounded to what a broker takes, and no margin is looked at.`,
  noTrade: 'No trade.',
  netDeepestFall: ({ net, money, share, rate }: Values<'net' | 'money' | 'share' | 'rate'>) =>
    `Net ${net}, deepest fall ${money} (${share}), on the selection window. ${rate}`,
  nameNoTrade: ({ name }: Values<'name'>) => `${name}: no trade.`,
  nothingWasLeftForFurther: ({ unmade }: Counts<'unmade'>) =>
    ` Nothing was left for ${plural(unmade, 'further trade')}.`,
  tradeNetEndsWith: ({
    name,
    trades,
    net,
    balance,
    mean,
    worst,
    money,
    share,
    max,
    left,
  }: Values<'name' | 'net' | 'balance' | 'mean' | 'worst' | 'money' | 'share' | 'max' | 'left'> &
    Counts<'trades'>) =>
    `${name}: ${plural(trades, 'trade')}, net ${net}, ends with ${balance}; ${mean} a trade, worst ${worst}, deepest fall ${money} (${share}). Largest size ${max} lots.${left}`,

  // Money section
  inMoney: 'In money',
  whatAccountWouldHaveMade: 'What an account would have made of these trades.',

  // Report button
  reportOf: ({ what }: Values<'what'>) => `Report of ${what}`,
  report: 'Report',

  // Robustness rows
  confidenceThreshold: 'confidence threshold',
  asChosen: 'As chosen',
  neighborsMedian: 'Neighbors, median',
  countOfStrategies: ({ strategies }: Counts<'strategies'>) => plural(strategies, 'strategy', 'strategies'),
  neighborRatioPercentOfIt: ({ neighborRatio, strategies }: Values<'neighborRatio'> & Counts<'strategies'>) =>
    `${neighborRatio} % of it, ${plural(strategies, 'strategy', 'strategies')} a step away`,
  costsFactor: ({ factor }: Values<'factor'>) => `Costs × ${factor}`,
  entriesOneBarLate: 'Entries one bar late',
  withoutBestPercent: ({ part }: Values<'part'>) => `Without the best ${part} %`,
  randomEntriesMedian: 'Random entries, median',
  setBandHoldsNine: ({ sets }: Counts<'sets'>) => `${plural(sets, 'set')}; the band holds nine of ten`,

  // Robustness
  testRobustness: 'Test robustness',
  compareWithOtherSymbols: 'Compare with other symbols',
  robustness: 'Robustness',
  survivesBaseRateChance: ({
    probability,
    baseRate,
    version,
    breakEven,
  }: Values<'probability' | 'baseRate' | 'version' | 'breakEven'>) =>
    `Survives: ${probability}, base rate ${baseRate}. Chance that it makes money after costs in its next window, as version ${version} says; a stake pays from ${breakEven} on.`,
  scoreOnSelectionWindow: ({ scoredBy }: Values<'scoredBy'>) =>
    `${scoredBy} on the selection window, where one thing is not as it was. The line is the champion's own; bars begin at break-even.`,
  betterThanPercentOfRandom: ({ percentile }: Values<'percentile'>) =>
    `Better than ${percentile} % of random entries with the same trades. `,
  neighborsWeakestFirst: ({ neighborTexts }: Values<'neighborTexts'>) =>
    `Neighbors, weakest first: ${neighborTexts}.`,

  // Scope choice
  nameAlone: ({ name }: Values<'name'>) => `${name} alone`,
  signalsTraded: 'Signals traded',

  // Export trades
  exportTrades: 'Export trades',

  // Trade statistics
  days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  all: 'All',
  units: 'units',
  pips: 'pips',
  statisticsOfTrades: 'Statistics of trades',
  whatTradesComeTo: 'What the trades come to',
  byHour: 'By hour',
  sumOfNetResultsByHour: 'Sum of net results by the hour (UTC) of the entry.',
  hour: 'Hour',
  sumPercent: `${common.sum}, %`,
  byWeekday: 'By weekday',
  sumOfNetResults: 'Sum of net results by the day (UTC) of the entry.',
  weekday: 'Weekday',
  distributionOfResults: 'Distribution of results',
  tradesByTheirNetResult: 'Trades by their net result; no bin has both winners and losers.',
  netResultPercent: 'Net result, %',
  meanMedianDeviationBestWorst: ({
    mean,
    median,
    deviation,
    best,
    worst,
  }: Values<'mean' | 'median' | 'deviation' | 'best' | 'worst'>) =>
    `Mean ${mean}, median ${median}, deviation ${deviation}, best ${best}, worst ${worst} a trade, after costs.`,
  howFarEachTradeWent: ({
    edgeRatio,
    winnersMae,
    unit,
  }: Values<'unit'> & Perhaps<'edgeRatio' | 'winnersMae'>) =>
    `How far each trade went either way.${edgeRatio === null ? '' : ` Mean MFE is ${edgeRatio} times mean MAE.`}${winnersMae === null ? '' : ` 9 of 10 winners went at most ${winnersMae} ${unit} against first.`}`,
  won: 'Won',
  returnsByMonth: 'Returns by month',
  byCalendarMonthUtcAfter:
    'By calendar month (UTC), after costs; the first and last are as long as the window has of them.',
  year: 'Year',
  noBar: 'no bar',

  // Trades on price
  forecastBp: 'Forecast, bp',
  confidence: 'Confidence',
  priceAndRegimes: ({ symbol, timeframe }: Values<'symbol' | 'timeframe'>) =>
    `Price and regimes, ${symbol} ${timeframe}`,
  barSelectionWindow: ({ bars, holdout, trades }: Values<'holdout'> & Counts<'bars' | 'trades'>) =>
    `${plural(bars, 'bar')}: selection window${holdout}, with ${plural(trades, 'trade')}. Choose one below to see it from near; drag to what comes before.`,
  andHoldout: ' and holdout',
  aroundTradeOf: ({ number, trades }: Values<'number' | 'trades'>) =>
    `Around trade ${number} of ${trades}. Choose it again to see the newest bars.`,
  fold: ({ fold }: { fold: number | null }) => `Fold ${fold}`,

  // Trade sorting
  reasons: {
    time: 'Time',
    stop: 'Stop',
    target: 'Take-profit',
    reversal: 'Reversal',
    decision: 'Decision',
  },
  long: '▲ Long',
  short: '▼ Short',

  // Trades table
  tradesTable: 'Trades, table',
  showMoreOf: ({ page, sorted }: Values<'page' | 'sorted'>) => `Show ${page} more of ${sorted}`,
  showTradeOnPrice: ({ number }: Values<'number'>) => `Show trade ${number} on the price`,

  // Trades section
  tradeInSelectionWindow: ({
    trades,
    holdout,
    alone,
    pip,
  }: Values<'holdout' | 'alone'> & Counts<'trades' | 'pip'>) =>
    `${plural(trades, 'trade')} in the selection window, ${holdout}${alone}. Costs and excursions in ${pip === 1 ? 'units of the price' : 'pips'}.`,
  thoseInHoldoutHidden: 'those in the holdout hidden',
  holdoutIn: ({ holdout }: Values<'holdout'>) => `${holdout} in the holdout`,
  inAllRegimes: ', in all regimes',
  alone: ({ alone }: Values<'alone'>) => `, ${alone} alone`,
  noTradeWasMade: 'No trade was made.',
};
