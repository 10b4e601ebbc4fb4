import { positionInBar } from '../encoders/bar-columns.ts';
import { CHANGE_FORMULAS, SAME_BAR_FORMULAS, VOLUME_FORMULAS } from '../encoders/formulas.ts';
import { directionalIndex, movement } from '../indicators/adx.ts';
import { bands } from '../indicators/bollinger.ts';
import { addSignedVolume } from '../indicators/obv.ts';
import { rateOfChange } from '../indicators/roc.ts';
import { changes, strength } from '../indicators/rsi.ts';
import { meanOfThree, positionInWindow } from '../indicators/stochastic.ts';
import { typicalPrice, weightedMean } from '../indicators/vwap.ts';
import { add, subtract } from '../kernels/elementwise.ts';
import { smooth } from '../kernels/smoothing.ts';
import { extendExtremes } from '../kernels/window-extremes.ts';
import { extendMoments } from '../kernels/window-moments.ts';
import { extendSum } from '../kernels/window-sum.ts';
import { appendBars, exp } from '../lanes.ts';
import type { LaneLoops } from './lane-loops.ts';

/** The loops that a rollout is made of, each from where its formula stands. */
export const PLAIN = {
  add,
  subtract,
  exp,
  appendBars,
  extendSum,
  extendMoments,
  extendExtremes,
  smooth,
  bands,
  movement,
  directionalIndex,
  changes,
  strength,
  positionInBar,
  positionInWindow,
  meanOfThree,
  rateOfChange,
  addSignedVolume,
  typicalPrice,
  weightedMean,
  ...SAME_BAR_FORMULAS,
  ...CHANGE_FORMULAS,
  ...VOLUME_FORMULAS,
};

/** In plain TypeScript: what the compiled ones are held to, and what there is where WebAssembly is not supported. */
export function plainLoops(): LaneLoops {
  return { ...PLAIN, floats: (length) => new Float64Array(length) };
}
