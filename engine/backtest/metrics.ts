/**
 * Figures of a backtest, in the order they are computed. r: net log returns of all T bars of the window, 0 while flat; N:
 * bars a year (`barsPerYear`); y: net results of the n trades, log return; s: stake of a trade, its risk when it was
 * decided (the stop's distance, else 14-bar average true range), as a fraction of the price; z = y / s;
 * t = sum(y) / sqrt(sum(y^2)).
 * - sharpe: mean(r) / standard deviation(r), of the sample (n - 1), * sqrt(N)
 * - sharpeError: the larger of sqrt(N / T) and sharpe / t; where t is 0, the former
 * - sortino: mean(r) / sqrt(mean(min(r, 0)^2)) * sqrt(N)
 * - maxDrawdown: largest fall of equity from its highest point so far, as a fraction of that; equity starts at 1
 * - calmar: annual return (exp(mean(r) * N) - 1) / maxDrawdown
 * - winRate: share of trades with a positive net result
 * - profitFactor: sum of the winners' results / sum of the others', without sign
 * - expectancy: mean(y)
 * - totalReturn: exp(sum(r)) - 1
 * - trades: n
 * - exposure: share of bars with a position
 * - longestLosingStreak: most trades in a row that were not won
 * - composite: mean of the five scores below, 0..1; see `composite.ts`
 * - roi: sum(y) / sum(s)
 * - averageWin, averageLoss: mean result of the winners, and of the others, without sign
 * - kelly: mean(z) / mean(z^2), the share of capital to stake that grows it fastest (Kelly 1956, to second order); from 30
 *   trades on
 * - kellyError: 1 / sqrt(sum(z^2)), so that kelly / kellyError is the t of z
 * - scoreResult, scoreStake, scoreProfit, scoreWins, scoreRunUp: parts of the composite
 *
 * NaN: a ratio whose denominator is 0, and without trades everything but their number.
 */
export const METRICS = [
  'sharpe',
  'sharpeError',
  'sortino',
  'maxDrawdown',
  'calmar',
  'winRate',
  'profitFactor',
  'expectancy',
  'totalReturn',
  'trades',
  'exposure',
  'longestLosingStreak',
  'composite',
  'roi',
  'averageWin',
  'averageLoss',
  'kelly',
  'kellyError',
  'scoreResult',
  'scoreStake',
  'scoreProfit',
  'scoreWins',
  'scoreRunUp',
] as const;
export type MetricName = (typeof METRICS)[number];

/** Position of a metric in a row of METRICS. */
export const METRIC_INDEX = Object.fromEntries(METRICS.map((name, index) => [name, index])) as Readonly<
  Record<MetricName, number>
>;
