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
  | 'time';

export interface Definition {
  readonly title: string;
  readonly kind: FigureKind;
  readonly text: string;
}

/** What every figure on the screen means: one definition each, shown as its tooltip wherever it stands. */
export const GLOSSARY = {
  sharpe: {
    title: 'Sharpe',
    kind: 'ratio',
    text: 'Sharpe ratio: mean net return per bar divided by its standard deviation, times the square root of the bars in a year. After costs. Above 1 is good, above 2 is rare.',
  },
  bestSharpe: {
    title: 'Best Sharpe',
    kind: 'ratio',
    text: 'Sharpe ratio of the best strategy of this model over the whole selection window: annualized, after costs, and chosen with hindsight. Look at the holdout before you trust it.',
  },
  holdoutSharpe: {
    title: 'Holdout Sharpe',
    kind: 'ratio',
    text: 'Sharpe ratio of the same strategy on the holdout: the last days of the data, which nothing was ever chosen by. The honest figure.',
  },
  luck: {
    title: 'Luck',
    kind: 'ratio',
    text: 'Sharpe ratio that the best of all tries in this regime is expected to reach although none has an edge: from how many there were and how far they scatter (Bailey and López de Prado, 2014). A champion that is not well above it may be just that.',
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
  composite: {
    title: 'Composite',
    kind: 'ratio',
    text: 'Mean of five scores between 0 and 1: results against their scatter, results per stake, profits against losses, win rate against the one that breaks even, run-up against drawdown. 0.5 breaks even.',
  },
  roi: {
    title: 'ROI',
    kind: 'percent',
    text: 'Net result of all trades divided by what they put at risk: the distance of the stop, without one the average true range of 14 bars.',
  },
  hitRate: {
    title: 'Hit rate',
    kind: 'percent',
    text: 'Share of stakes that were won after costs: the win rate, beside the other stake figures.',
  },
  averageWin: {
    title: 'Average win',
    kind: 'percentFine',
    text: 'Mean net log return of the trades that were won.',
  },
  averageLoss: {
    title: 'Average loss',
    kind: 'percentFine',
    text: 'Mean net log return of the trades that were not won, without sign.',
  },
  kelly: {
    title: 'Kelly',
    kind: 'percent',
    text: 'Share of capital whose staking grows it fastest, if the past is any guide; below 0: none. From 30 trades on. Never stake more than half of it.',
  },
  longestLosingStreak: {
    title: 'Losing streak',
    kind: 'count',
    text: 'Most trades in a row that were not won.',
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
  stability: {
    title: 'Stability',
    kind: 'ratio',
    text: 'How well the selection result held on the holdout.',
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
    text: 'Bars that are there, of those the trading week asks for between the first and the last.',
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
  priority: {
    title: 'Priority',
    kind: 'count',
    text: 'Queues with a higher number run earlier.',
  },
} as const satisfies Readonly<Record<string, Definition>>;

export type Term = keyof typeof GLOSSARY;
