import { EngineError } from '../contract/errors.ts';

/** What combinatorially symmetric cross-validation says of choosing the best of many. */
export interface BacktestOverfitting {
  /** Share of the splits in which the best in sample is at or below the median out of sample, 0..1; about 1/2 without edges. */
  readonly pbo: number;
  /** Share of the splits in which the best in sample loses out of sample (Sharpe ratio below 0). */
  readonly lossOutOfSample: number;
  /** ln(w / (1 - w)) of every split, w = the chosen one's rank out of sample / (strategies + 1). */
  readonly logits: Float64Array;
}

/** A variance below this share of the mean square is rounding: such returns do not vary. */
const ROUNDING = 1e-12;

/**
 * Probability of backtest overfitting. `returns` holds `strategies` series of equal length, one after the other (such
 * as net day sums); `blocks` even. The days are cut into consecutive blocks, as equal as they come; each half of
 * the blocks once is in sample and the rest out of sample: C(blocks, blocks/2) splits, 70 for 8, 12,870 for 16. In each the
 * strategy with the largest Sharpe ratio (mean / standard deviation, n - 1) in sample is chosen, the first of equal ones,
 * and ranked out of sample, with mid-ranks for ties. A strategy that does not vary in a half has the Sharpe ratio 0 there.
 * Null for fewer than two strategies or than two days a block.
 *
 * Source: Bailey, Borwein, López de Prado and Zhu, The Probability of Backtest Overfitting, Journal of Computational
 * Finance 20 (2016).
 *
 * @throws EngineError `internal` for an odd number of blocks, or above 20
 */
export function backtestOverfitting(
  returns: Float64Array,
  strategies: number,
  blocks = 8,
): BacktestOverfitting | null {
  if (!(blocks >= 2 && blocks <= 20 && blocks % 2 === 0)) {
    throw new EngineError('internal', `Expected an even number of blocks up to 20, found ${blocks}.`);
  }
  const days = Math.floor(returns.length / strategies);
  if (!(strategies >= 2) || days < 2 * blocks) return null;

  return overfittingOfBlocks(blockSums(returns, strategies, days, blocks));
}

/** As `backtestOverfitting`, from sums of the blocks; an even number of them, and two strategies or more. */
export function overfittingOfBlocks(sums: BlockSums): BacktestOverfitting {
  const { blocks, strategies } = sums;
  const first = new Float64Array(strategies);
  const second = new Float64Array(strategies);
  const logits: number[] = [];
  let belowMedian = 0;
  let losses = 0;
  const judge = (chosen: number, outOfSample: Float64Array) => {
    const rank = midRankOf(outOfSample, chosen);
    const share = rank / (strategies + 1);
    logits.push(Math.log(share / (1 - share)));
    if (2 * rank <= strategies + 1) belowMedian++;
    if (outOfSample[chosen]! < 0) losses++;
  };

  const all = (1 << blocks) - 1;
  // Each pair of halves once: the last block stays with the complement.
  for (let half = 0; half < 1 << (blocks - 1); half++) {
    if (bitsOf(half) !== blocks / 2) continue;
    const bestFirst = sharpesOf(half, sums, first);
    const bestSecond = sharpesOf(all & ~half, sums, second);
    judge(bestFirst, second);
    judge(bestSecond, first);
  }
  return {
    pbo: belowMedian / logits.length,
    lossOutOfSample: losses / logits.length,
    logits: Float64Array.from(logits),
  };
}

/** Sums and sums of squares, strategy by strategy: [strategy * blocks + block]. */
export interface BlockSums {
  readonly blocks: number;
  readonly strategies: number;
  /** Values (days, or bars) of each block. */
  readonly lengths: Int32Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

function blockSums(returns: Float64Array, strategies: number, days: number, blocks: number): BlockSums {
  const sum = new Float64Array(blocks * strategies);
  const squares = new Float64Array(blocks * strategies);
  const borders = Int32Array.from({ length: blocks + 1 }, (_, block) => Math.floor((block * days) / blocks));
  for (let strategy = 0; strategy < strategies; strategy++) {
    for (let block = 0; block < blocks; block++) {
      let s = 0;
      let q = 0;
      const end = strategy * days + borders[block + 1]!;
      for (let i = strategy * days + borders[block]!; i < end; i++) {
        const x = returns[i]!;
        s += x;
        q += x * x;
      }
      sum[strategy * blocks + block] = s;
      squares[strategy * blocks + block] = q;
    }
  }
  const lengths = Int32Array.from({ length: blocks }, (_, block) => borders[block + 1]! - borders[block]!);
  return { blocks, strategies, lengths, sum, squares };
}

/** Sharpe ratios of all strategies over the blocks whose bits are set in `half`. Returns the first of the largest. */
function sharpesOf(
  half: number,
  { blocks, strategies, lengths, sum, squares }: BlockSums,
  sharpes: Float64Array,
): number {
  const included = Int32Array.from({ length: blocks }, (_, block) => block).filter(
    (block) => ((half >> block) & 1) === 1,
  );
  const days = included.reduce((count, block) => count + lengths[block]!, 0);
  let best = 0;
  for (let strategy = 0; strategy < strategies; strategy++) {
    const row = strategy * blocks;
    let total = 0;
    let square = 0;
    for (let i = 0; i < included.length; i++) {
      total += sum[row + included[i]!]!;
      square += squares[row + included[i]!]!;
    }
    const scatter = square - (total * total) / days;
    const sharpe = scatter > ROUNDING * square ? total / days / Math.sqrt(scatter / (days - 1)) : 0;
    sharpes[strategy] = sharpe;
    if (sharpe > sharpes[best]!) best = strategy;
  }
  return best;
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}

/** Rank of one of the values, 1 for the smallest; equal values share the mean of their ranks. */
function midRankOf(values: Float64Array, index: number): number {
  const value = values[index]!;
  let below = 0;
  let equal = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < value) below++;
    else if (values[i] === value) equal++;
  }
  return below + (equal + 1) / 2;
}
