import { instantiate } from '../../wasm/instance.ts';
import { NOISE } from '../encoders/formulas.ts';
import type { LaneLoops } from './lane-loops.ts';
import { LOOPS_WASM } from './wasm.ts';

const ALIGNMENT = 16;

/**
 * Functions of loops.as: those of `PLAIN` by the same names, with addresses for arrays, in the same order, and the number of
 * lanes behind them.
 */
type Functions = Readonly<Record<Exclude<keyof LaneLoops, 'floats' | 'plainChange'>, Compiled>>;
type Compiled = (...values: number[]) => number;

/**
 * What `PLAIN` does, in WebAssembly, with a memory of its own for `arrays` arrays of `floats` numbers in all. Undefined where
 * WebAssembly SIMD is not supported.
 */
export function compiledLoops(arrays: number, floats: number): LaneLoops | undefined {
  const instance = instantiate(LOOPS_WASM);
  if (instance === undefined) return undefined;
  const memory = instance.reserve(8 * floats + ALIGNMENT * arrays);
  const f = instance.exports as unknown as Functions;
  let end = 0;
  return {
    floats(length) {
      const array = new Float64Array(memory, end, length);
      end += (8 * length + ALIGNMENT - 1) & -ALIGNMENT;
      return array;
    },
    add: (a, b, out) => f.add(a.byteOffset, b.byteOffset, out.byteOffset, out.length),
    subtract: (a, b, out) => f.subtract(a.byteOffset, b.byteOffset, out.byteOffset, out.length),
    plainChange: (now, before, _close, out) =>
      f.subtract(now.byteOffset, before.byteOffset, out.byteOffset, out.length),
    exp(x, out) {
      const beyond = f.exp(x.byteOffset, out.byteOffset, out.length);
      // Returns so large that a bar is lost or doubled: rare enough for the long way.
      if (beyond === 1) for (let i = 0; i < out.length; i++) out[i] = Math.exp(x[i]!);
    },
    appendBars: (growth, rangeSum, quarterOfMean, previousClose, high, low, close, range) =>
      f.appendBars(
        growth.byteOffset,
        rangeSum.byteOffset,
        quarterOfMean,
        previousClose.byteOffset,
        high.byteOffset,
        low.byteOffset,
        close.byteOffset,
        range.byteOffset,
        range.length,
      ),
    extendSum: (x, real, synthetic, values) =>
      f.extendSum(x.byteOffset, real.byteOffset, synthetic.byteOffset, values.byteOffset, values.length),
    extendMoments: (x, perBar, origin, real, realSquares, synthetic, syntheticSquares, mean, std) =>
      f.extendMoments(
        x.byteOffset,
        perBar,
        origin.byteOffset,
        real.byteOffset,
        realSquares.byteOffset,
        synthetic.byteOffset,
        syntheticSquares.byteOffset,
        mean.byteOffset,
        std.byteOffset,
        std.length,
      ),
    extendExtremes: (
      high,
      low,
      realHighest,
      realLowest,
      syntheticHighest,
      syntheticLowest,
      highest,
      lowest,
    ) =>
      f.extendExtremes(
        high.byteOffset,
        low.byteOffset,
        realHighest.byteOffset,
        realLowest.byteOffset,
        syntheticHighest.byteOffset,
        syntheticLowest.byteOffset,
        highest.byteOffset,
        lowest.byteOffset,
        lowest.length,
      ),
    smooth: (x, weight, values) => f.smooth(x.byteOffset, weight, values.byteOffset, values.length),
    bands: (mean, std, width, upper, lower) =>
      f.bands(mean.byteOffset, std.byteOffset, width, upper.byteOffset, lower.byteOffset, lower.length),
    sumTerms(columns, { used, coefficients, means, intercept }, scratch, out) {
      for (let k = 0; k < used.length; k++) {
        scratch[3 * k] = columns[used[k]!]!.byteOffset;
        scratch[3 * k + 1] = coefficients[k]!;
        scratch[3 * k + 2] = means[k]!;
      }
      f.sumTerms(scratch.byteOffset, used.length, intercept, out.byteOffset, out.length);
    },
    ...indicatorLoops(f),
    ...encoderLoops(f),
  };
}

type IndicatorLoops = Pick<
  LaneLoops,
  | 'movement'
  | 'directionalIndex'
  | 'changes'
  | 'strength'
  | 'positionInBar'
  | 'positionInWindow'
  | 'meanOfThree'
  | 'rateOfChange'
  | 'addSignedVolume'
  | 'typicalPrice'
  | 'weightedMean'
>;

function indicatorLoops(f: Functions): IndicatorLoops {
  return {
    movement: (previousHigh, previousLow, high, low, up, down) =>
      f.movement(
        previousHigh.byteOffset,
        previousLow.byteOffset,
        high.byteOffset,
        low.byteOffset,
        up.byteOffset,
        down.byteOffset,
        down.length,
      ),
    directionalIndex: (range, up, down, plus, minus, dx) =>
      f.directionalIndex(
        range.byteOffset,
        up.byteOffset,
        down.byteOffset,
        plus.byteOffset,
        minus.byteOffset,
        dx.byteOffset,
        dx.length,
      ),
    changes: (before, now, gains, losses) =>
      f.changes(before.byteOffset, now.byteOffset, gains.byteOffset, losses.byteOffset, losses.length),
    strength: (gain, loss, out) => f.strength(gain.byteOffset, loss.byteOffset, out.byteOffset, out.length),
    positionInBar: (low, close, range, out) =>
      f.positionInBar(low.byteOffset, close.byteOffset, range.byteOffset, out.byteOffset, out.length),
    positionInWindow: (close, highest, lowest, out) =>
      f.positionInWindow(close.byteOffset, highest.byteOffset, lowest.byteOffset, out.byteOffset, out.length),
    meanOfThree: (a, b, c, out) =>
      f.meanOfThree(a.byteOffset, b.byteOffset, c.byteOffset, out.byteOffset, out.length),
    rateOfChange: (before, now, out) =>
      f.rateOfChange(before.byteOffset, now.byteOffset, out.byteOffset, out.length),
    addSignedVolume: (volume, before, now, values) =>
      f.addSignedVolume(
        volume.byteOffset,
        before.byteOffset,
        now.byteOffset,
        values.byteOffset,
        values.length,
      ),
    typicalPrice: (high, low, close, volume, price, turnover) =>
      f.typicalPrice(
        high.byteOffset,
        low.byteOffset,
        close.byteOffset,
        volume.byteOffset,
        price.byteOffset,
        turnover.byteOffset,
        turnover.length,
      ),
    weightedMean: (turnover, volume, price, bars, out) =>
      f.weightedMean(
        turnover.byteOffset,
        volume.byteOffset,
        price.byteOffset,
        bars,
        out.byteOffset,
        out.length,
      ),
  };
}

type EncoderLoops = Pick<
  LaneLoops,
  | 'closeAbove'
  | 'shareOfClose'
  | 'centered'
  | 'changeOverClose'
  | 'changeOverFifty'
  | 'zScore'
  | 'volumeChange'
>;

function encoderLoops(f: Functions): EncoderLoops {
  return {
    closeAbove: (level, close, out) =>
      f.closeAbove(level.byteOffset, close.byteOffset, out.byteOffset, out.length),
    shareOfClose: (difference, close, out) =>
      f.shareOfClose(difference.byteOffset, close.byteOffset, out.byteOffset, out.length),
    centered: (oscillator, close, out) =>
      f.centered(oscillator.byteOffset, close.byteOffset, out.byteOffset, out.length),
    changeOverClose: (now, before, close, out) =>
      f.changeOverClose(now.byteOffset, before.byteOffset, close.byteOffset, out.byteOffset, out.length),
    changeOverFifty: (now, before, close, out) =>
      f.changeOverFifty(now.byteOffset, before.byteOffset, close.byteOffset, out.byteOffset, out.length),
    zScore: (now, before, mean, std, out) =>
      f.zScore(
        now.byteOffset,
        before.byteOffset,
        mean.byteOffset,
        std.byteOffset,
        NOISE,
        out.byteOffset,
        out.length,
      ),
    volumeChange: (now, before, mean, std, out) =>
      f.volumeChange(
        now.byteOffset,
        before.byteOffset,
        mean.byteOffset,
        std.byteOffset,
        NOISE,
        out.byteOffset,
        out.length,
      ),
  };
}
