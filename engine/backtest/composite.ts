/** Sums over the trades of one simulation. */
export interface TradeSums {
  readonly trades: number;
  readonly wins: number;
  /** Of the winners' results, and of the others', without sign; log return. */
  readonly gains: number;
  readonly losses: number;
  readonly result: number;
  readonly resultSquares: number;
  /** Of results per stake. */
  readonly perStake: number;
  readonly perStakeSquares: number;
  /** Largest rise of the summed results from their lowest point so far, and fall from their highest; they start at 0. */
  readonly runUp: number;
  readonly drawdown: number;
}

/** Parts of the composite score: as many as `writeScores` writes, in this order. */
export const SCORE_PARTS = ['scoreResult', 'scoreStake', 'scoreProfit', 'scoreWins', 'scoreRunUp'] as const;

/** Brings a figure that is 0 at break-even into 0..1, 0.5 at break-even. */
function squash(x: number): number {
  return 0.5 + (0.5 * x) / (1 + Math.abs(x));
}

/**
 * Five scores of at least one trade with results y, each 0..1 and 0.5 at break-even, f(x) = 0.5 + 0.5 x / (1 + |x|):
 * - result: f(sum(y) / sqrt(sum(y^2)));
 * - stake: the same of results per stake;
 * - profit: f(sqrt(n) / 2 * ln((gains + m) / (losses + m))), m = mean |y|;
 * - wins: f((win rate - break-even win rate) / sqrt(0.25 / n)), the latter average loss / (average win + average loss), 0
 *   without losses, 1 without wins;
 * - run-up: f(2 ln((run-up + m) / (drawdown + m))) of the summed results.
 *
 * One mean |y| on both sides keeps few trades near 0.5. All are absolute: they do not depend on what else was trained.
 * Where every y is 0 each is 0.5.
 *
 * @returns their mean, the composite score
 */
export function writeScores(sums: TradeSums, out: Float64Array, offset: number): number {
  const { trades, wins, gains, losses } = sums;
  if (sums.resultSquares === 0) {
    out.fill(0.5, offset, offset + SCORE_PARTS.length);
    return 0.5;
  }
  const lost = trades - wins;
  const averageLoss = lost === 0 ? 0 : losses / lost;
  const breakEven = wins === 0 ? 1 : averageLoss / (gains / wins + averageLoss);
  const meanSize = (gains + losses) / trades;
  const result = squash(sums.result / Math.sqrt(sums.resultSquares));
  const stake = squash(sums.perStake / Math.sqrt(sums.perStakeSquares));
  const profit = squash((Math.sqrt(trades) / 2) * Math.log((gains + meanSize) / (losses + meanSize)));
  const won = squash((wins / trades - breakEven) / Math.sqrt(0.25 / trades));
  const runUp = squash(2 * Math.log((sums.runUp + meanSize) / (sums.drawdown + meanSize)));
  out[offset] = result;
  out[offset + 1] = stake;
  out[offset + 2] = profit;
  out[offset + 3] = won;
  out[offset + 4] = runUp;
  return (result + stake + profit + won + runUp) / 5;
}
