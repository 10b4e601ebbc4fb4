import { positionInBar } from '../encoders/bar-columns.ts';
import { CHANGE_FORMULAS, SAME_BAR_FORMULAS, VOLUME_FORMULAS } from '../encoders/formulas.ts';
import { directionalIndex, movement } from '../indicators/adx.ts';
import { bands } from '../indicators/bollinger.ts';
import { addSignedVolume } from '../indicators/obv.ts';
import { rateOfChange } from '../indicators/roc.ts';
import { changes, strength } from '../indicators/rsi.ts';
import { meanOfThree, positionInWindow } from '../indicators/stochastic.ts';
import { typicalPrice, weightedMean } from '../indicators/vwap.ts';
import { add, copy, subtract } from '../kernels/elementwise.ts';
import { smooth } from '../kernels/smoothing.ts';
import { type LinearTerms, weightedSum } from '../kernels/weighted-sum.ts';
import { extendExtremes } from '../kernels/window-extremes.ts';
import { extendMoments } from '../kernels/window-moments.ts';
import { extendSum } from '../kernels/window-sum.ts';
import { appendBars, exp } from '../lanes.ts';
import type { LaneLoops } from './lane-loops.ts';

/** The loops that a rollout is made of, each from where its formula stands. */
export const PLAIN = {
  sumTerms,
  copy,
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
  return {
    ...PLAIN,
    floats: (length) => new Float64Array(length),
    repeat: (_step, work) => work(),
    forget: () => undefined,
    once: (work) => work(),
  };
}

/** `weightedSum` of all lanes; `_scratch` has room for three numbers per column. */
function sumTerms(
  columns: readonly Float64Array[],
  terms: LinearTerms,
  _scratch: Float64Array,
  out: Float64Array,
): void {
  weightedSum(columns, 0, out.length, terms, out);
}
