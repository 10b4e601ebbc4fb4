import { EVIDENCE_GLOSSARY } from './glossary-evidence.ts';
import { FOLD_TERMS } from './glossary-folds.ts';

/** How a figure is written: `percent` takes a fraction, `bytes` bytes, `time` an ISO time. */
export type FigureKind =
  | 'ratio'
  | 'fine'
  | 'tenths'
  | 'tiny'
  | 'percent'
  | 'percentFine'
  | 'count'
  | 'bytes'
  | 'time'
  | 'text';

export interface Definition {
  readonly title: string;
  readonly kind: FigureKind;
  readonly text: string;
}

/** What every figure on the screen means: one definition each, shown as its tooltip wherever it stands. */
export const GLOSSARY = {
  ...FOLD_TERMS,
  ...EVIDENCE_GLOSSARY,
  sharpe: {
    title: 'Sharpe',
    kind: 'ratio',
    text: 'Sharpe ratio: mean net return per bar divided by its standard deviation, times the square root of the bars in a year. After costs. Beside it its standard error: about 2 for 90 days, so that a 4 of a selection window proves little.',
  },
  bestSharpe: {
    title: 'Best Sharpe',
    kind: 'ratio',
    text: 'Sharpe ratio of the best strategy of this model over the whole selection window: annualized, after costs, and chosen with hindsight. Only bars that chose nothing can say what it is worth.',
  },
  holdoutSharpe: {
    title: 'Holdout Sharpe',
    kind: 'ratio',
    text: 'Sharpe ratio of the same strategy on the holdout: the last days of the data, which nothing was ever chosen by. Hidden until you spend the one look at it.',
  },
  sortino: {
    title: 'Sortino',
    kind: 'ratio',
    text: 'Like the Sharpe ratio, but only losing bars count as risk. Annualized, after costs.',
  },
  calmar: {
    title: 'Calmar',
    kind: 'ratio',
    text: 'Annualized return divided by the maximum drawdown.',
  },
  sharpeError: {
    title: 'Sharpe error',
    kind: 'tenths',
    text: 'Standard error of the Sharpe ratio, in the same unit: about two of three times the true one lies within it. 90 days have an error of 2.',
  },
  maxDrawdown: {
    title: 'Max drawdown',
    kind: 'percent',
    text: 'Largest fall of the equity from a peak to a later low, as a share of the peak. Lower is better.',
  },
  winRate: {
    title: 'Win rate',
    kind: 'percent',
    text: 'Share of trades that made money after costs.',
  },
  profitFactor: {
    title: 'Profit factor',
    kind: 'ratio',
    text: 'Sum of all winning trades divided by the sum of all losing ones, after costs. 1 breaks even; a dash means there was no losing trade.',
  },
  expectancy: {
    title: 'Expectancy',
    kind: 'percentFine',
    text: 'Mean net log return of a trade.',
  },
  totalReturn: {
    title: 'Return',
    kind: 'percent',
    text: 'Change of the equity over the window, after costs, without leverage.',
  },
  hitRate: {
    title: 'Hit rate',
    kind: 'percent',
    text: 'Share of stakes that were won after costs: the win rate, beside the other stake figures.',
  },
  trades: {
    title: 'Trades',
    kind: 'count',
    text: 'Trades that were opened in the window, or in the regime where one is named.',
  },
  exposure: {
    title: 'Exposure',
    kind: 'percent',
    text: 'Share of bars with an open position.',
  },
  rmse: {
    title: 'RMSE',
    kind: 'tiny',
    text: 'Root mean squared error of the predictions for left-out parts of the training window, as a log return.',
  },
  mae: {
    title: 'MAE',
    kind: 'tiny',
    text: 'Mean absolute error of the predictions for left-out parts of the training window, as a log return.',
  },
  r2: {
    title: 'R²',
    kind: 'fine',
    text: 'Share of the variance of the outcomes that the predictions explain, out of sample. Below 0 is worse than always predicting the mean.',
  },
  rankIc: {
    title: 'Rank IC',
    kind: 'fine',
    text: 'Rank correlation of predictions and outcomes, out of sample: 0 is chance, 0.05 is already useful.',
  },
  composite: {
    title: 'Composite',
    kind: 'ratio',
    text: 'Composite score, 0 to 1: the mean of five parts, each of which breaks even at 0.5 and stays near it while there are few trades. It does not depend on what else was trained.',
  },
  scoreResult: {
    title: 'Result',
    kind: 'ratio',
    text: 'Part of the composite score: the sum of the net results of all trades against their scatter.',
  },
  scoreStake: {
    title: 'Per stake',
    kind: 'ratio',
    text: 'Part of the composite score: the same of results beside what each trade put at risk.',
  },
  scoreProfit: {
    title: 'Profit',
    kind: 'ratio',
    text: 'Part of the composite score: what was won against what was lost, and by how many trades.',
  },
  scoreWins: {
    title: 'Wins',
    kind: 'ratio',
    text: 'Part of the composite score: the win rate against the one that would break even with wins and losses of this size.',
  },
  scoreRunUp: {
    title: 'Run-up',
    kind: 'ratio',
    text: 'Part of the composite score: the largest rise of the summed results against their largest fall.',
  },
  roi: {
    title: 'ROI',
    kind: 'percent',
    text: 'Return on investment: the net result of all trades, as a share of what they staked. A stake is what a trade puts at risk: one 14-bar average true range, where it has no stop.',
  },
  kelly: {
    title: 'Kelly, halved',
    kind: 'percent',
    text: 'Share of the capital to put at risk at most: half of the Kelly fraction, between 0 and 25 %. Below it the fraction itself with its error. A dash below 30 trades.',
  },
  averageWin: {
    title: 'Average win',
    kind: 'percentFine',
    text: 'Mean net log return of the trades that were won.',
  },
  averageLoss: {
    title: 'Average loss',
    kind: 'percentFine',
    text: 'Mean net log return of the trades that were not won, without its sign.',
  },
  longestLosingStreak: {
    title: 'Losing streak',
    kind: 'count',
    text: 'Most trades in a row that were not won.',
  },
  hitRateTp1: {
    title: 'Take-profit reached',
    kind: 'percent',
    text: 'Share of trades that reached their take-profit; a dash where trades have none.',
  },
  total: {
    title: 'Total',
    kind: 'count',
    text: 'Configurations of the grid: the product of everything that was chosen.',
  },
  completed: {
    title: 'Completed',
    kind: 'count',
    text: 'Models that were trained and tested with every strategy.',
  },
  failed: {
    title: 'Failed',
    kind: 'count',
    text: 'Configurations that could not be trained. The log and the history say why; Retry failed tries them again.',
  },
  crowned: {
    title: 'Crowned',
    kind: 'count',
    text: 'Models that became champion of a market regime when they were tested.',
  },
  memory: {
    title: 'Memory',
    kind: 'bytes',
    text: 'The most that the process which works on the job was seen to hold, window or server and training threads together.',
  },
  disk: {
    title: 'On disk',
    kind: 'bytes',
    text: 'What of the job is on disk now: models that are kept, figures of folds, a refit.',
  },
  pushedOut: {
    title: 'Pushed out since',
    kind: 'count',
    text: 'Of those: models whose place better ones have taken. Their files are deleted, their results stay.',
  },
  kept: {
    title: 'Kept now',
    kind: 'count',
    text: 'Models whose files are on disk now.',
  },
  modelsKept: {
    title: 'Kept',
    kind: 'count',
    text: 'Models that lead a market regime now: their files are on disk.',
  },
  score: {
    title: 'Score',
    kind: 'ratio',
    text: 'What champions are chosen by: the Sharpe ratio in the regime, unless Settings name another figure. Higher is better.',
  },
  scoreToBeat: {
    title: 'Score to beat',
    kind: 'ratio',
    text: 'Score of the champion that the model would replace; a dash where there was a place left.',
  },
  margin: {
    title: 'Margin',
    kind: 'ratio',
    text: 'Score minus the score to beat. It must reach the least improvement that Settings ask for.',
  },
  shareOfBars: {
    title: 'Share of bars',
    kind: 'percent',
    text: 'Bars of the series that the regime labels, of all its bars.',
  },
  episodes: {
    title: 'Episodes',
    kind: 'count',
    text: 'Uninterrupted stretches of bars in the regime.',
  },
  meanLength: {
    title: 'Mean length, bars',
    kind: 'tenths',
    text: 'How many bars an episode lasts on average.',
  },
  equity: {
    title: 'Equity',
    kind: 'ratio',
    text: 'Value of an account that begins with 1 and puts all of it into every trade, after costs, without leverage.',
  },
  deleted: {
    title: 'Deleted',
    kind: 'count',
    text: 'Models that improved no regime, or were pushed out since: the model file is deleted, the results stay in the history.',
  },
  skipped: {
    title: 'Skipped',
    kind: 'count',
    text: 'Configurations that were left out: already trained on the same candles under the same rules, or impossible.',
  },
  impossible: {
    title: 'Impossible',
    kind: 'count',
    text: 'Configurations that were left out because the candles are too short for them.',
  },
  currentIndex: {
    title: 'Current index',
    kind: 'count',
    text: 'Number in the grid, from 1, of the next configuration to train. A crash or pause goes on from here.',
  },
  coverage: {
    title: 'Coverage',
    kind: 'percent',
    text: 'Bars that are there, of those that are due between the first and the last at the times at which the market trades.',
  },
  modelsTrained: {
    title: 'Trained',
    kind: 'count',
    text: 'Models trained in this workspace, kept or not.',
  },
  bytesKept: {
    title: 'On disk',
    kind: 'bytes',
    text: 'Size of the model files that are kept.',
  },
  freeBytes: {
    title: 'Free',
    kind: 'bytes',
    text: 'Free space on the disk of the workspace. Queues pause before it runs out.',
  },
  bytesSaved: {
    title: 'Saved',
    kind: 'bytes',
    text: 'Size of all model files that were deleted because they improved no regime.',
  },
  achievedAt: {
    title: 'Achieved',
    kind: 'time',
    text: 'When this model became champion of the regime.',
  },
  tradeNumber: { title: '#', kind: 'count', text: 'Number of the trade, in the order of entry.' },
  tradeOpened: {
    title: 'Opened',
    kind: 'text',
    text: 'Opening time of the bar it was entered at, in the zone of its head.',
  },
  tradeClosed: {
    title: 'Closed',
    kind: 'text',
    text: 'Opening time of the bar it was left at, in the zone of its head.',
  },
  tradeSide: { title: 'Side', kind: 'text', text: 'Long earns when the price rises, short when it falls.' },
  entryPrice: { title: 'Entry', kind: 'text', text: 'Price it was entered at, before costs.' },
  exitPrice: { title: 'Exit', kind: 'text', text: 'Price it was left at, before costs.' },
  barsHeld: { title: 'Bars', kind: 'count', text: 'Bars that it was held.' },
  costSpread: {
    title: 'Spread',
    kind: 'tenths',
    text: 'Paid for half the spread at entry and at exit.',
  },
  costSlippage: {
    title: 'Slippage',
    kind: 'tenths',
    text: 'Taken off for worse prices than the ones seen.',
  },
  costCommission: {
    title: 'Commission',
    kind: 'tenths',
    text: 'Paid to the broker for both sides of the trade.',
  },
  costSwap: {
    title: 'Swap',
    kind: 'tenths',
    text: 'Paid for nights that it was held; below zero it was earned.',
  },
  netPips: {
    title: 'Net',
    kind: 'tenths',
    text: 'What the price moved in its favor, less all costs; pips, or units of the price where a market has none.',
  },
  netPercent: { title: 'Net, %', kind: 'text', text: 'The same as a change of the price, in percent.' },
  tradeMfe: {
    title: 'MFE',
    kind: 'tenths',
    text: 'Maximum favorable excursion: how far the price was in its favor at most while it was open.',
  },
  tradeMae: {
    title: 'MAE',
    kind: 'tenths',
    text: 'Maximum adverse excursion: how far the price was against it at most while it was open.',
  },
  tradeReason: {
    title: 'Left by',
    kind: 'text',
    text: 'Why it ended: its time was up, a signal turned it round, or, where trades have exits, at its stop or take-profit.',
  },
  tradeRegime: { title: 'Regime', kind: 'text', text: 'Regime of the bar that gave its signal.' },
  tradeWindow: {
    title: 'Window',
    kind: 'text',
    text: 'Selection: the bars that strategies are chosen by. Holdout: those that nothing was ever chosen by.',
  },
  drawdown: {
    title: 'Drawdown',
    kind: 'percent',
    text: 'How far the equity is below its highest value of the window so far.',
  },
  stale: {
    title: 'Stands aside',
    kind: 'text',
    text: 'What the champion was scored on is no longer what counts today. Until it has been scored again it takes no place from others, and keeps its model.',
  },
  modelMissing: {
    title: 'File missing',
    kind: 'text',
    text: 'The model file is not where it was kept. The champion keeps its place, but can neither be followed nor forecast until the file is back or its configuration is trained again.',
  },
  priority: {
    title: 'Priority',
    kind: 'count',
    text: 'Queues with a higher number run earlier.',
  },
} as const satisfies Readonly<Record<string, Definition>>;

export type Term = keyof typeof GLOSSARY;
