import { positionInBar } from '../encoders/bar-columns.ts';
import { logChange } from '../encoders/log-changes.ts';
import { directionalIndex, directionalMovement } from '../indicators/adx.ts';
import { bands } from '../indicators/bollinger.ts';
import { blankBefore } from '../indicators/indicator.ts';
import { signedTotal } from '../indicators/obv.ts';
import { rateOfChange } from '../indicators/roc.ts';
import { changes, strength } from '../indicators/rsi.ts';
import { meanOfThree, positionInWindow } from '../indicators/stochastic.ts';
import { typicalPrice, weightedMean } from '../indicators/vwap.ts';
import { subtract } from '../kernels/elementwise.ts';
import { exponentialAverage, wilderAverage } from '../kernels/smoothing.ts';
import { trueRange } from '../kernels/true-range.ts';
import { rollingExtremes } from '../kernels/window-extremes.ts';
import { rollingMoments } from '../kernels/window-moments.ts';
import { rollingSum } from '../kernels/window-sum.ts';
import type { Operations } from './operations.ts';

const like = (x: Float64Array) => new Float64Array(x.length);

/** On arrays of numbers, each as its formula stands. */
export const IN_NUMBERS: Operations<Float64Array> = {
  subtract(a, b) {
    const out = like(a);
    subtract(a, b, out);
    return out;
  },
  exponentialAverage,
  wilderAverage,
  rollingSum,
  rollingMoments,
  rollingExtremes,
  trueRange,
  directionalMovement,
  directionalIndex(range, up, down) {
    const made = { plus: like(up), minus: like(up), dx: like(up) };
    directionalIndex(range, up, down, made.plus, made.minus, made.dx);
    return made;
  },
  changes(close) {
    const made = { gains: like(close), losses: like(close) };
    changes(close.subarray(0, -1), close.subarray(1), made.gains.subarray(1), made.losses.subarray(1));
    return made;
  },
  strength(gain, loss) {
    const out = like(gain);
    strength(gain, loss, out);
    return out;
  },
  positionInWindow(close, highest, lowest) {
    const out = like(close);
    positionInWindow(close, highest, lowest, out);
    return out;
  },
  meanOfThree(x) {
    const out = like(x);
    meanOfThree(x.subarray(0, -2), x.subarray(1, -1), x.subarray(2), out.subarray(2));
    blankBefore(2, out);
    return out;
  },
  rateOfChange(close, period) {
    const out = like(close);
    rateOfChange(close.subarray(0, -period), close.subarray(period), out.subarray(period));
    blankBefore(period, out);
    return out;
  },
  bands({ mean, std }, width) {
    const made = { upper: like(mean), lower: like(mean) };
    bands(mean, std, width, made.upper, made.lower);
    return made;
  },
  signedTotal,
  typicalPrice(high, low, close, volume) {
    const made = { price: like(close), turnover: like(close) };
    typicalPrice(high, low, close, volume, made.price, made.turnover);
    return made;
  },
  weightedMean(turnover, volume, price, bars) {
    const out = like(price);
    weightedMean(turnover, volume, price, bars, out);
    return out;
  },
  positionInBar(low, close, range) {
    const out = like(close);
    positionInBar(low, close, range, out);
    return out;
  },
  logChange,
  blankBefore,
};
