// Loops over lanes one after the other, a part of the lanes at a time: see loops.as and recorder.ts.

import {
  centered,
  changeOverClose,
  changeOverFifty,
  closeAbove,
  shareOfClose,
  volumeChange,
  zScore,
} from './encoders';
import {
  addSignedVolume,
  changes,
  directionalIndex,
  meanOfThree,
  movement,
  positionInBar,
  positionInWindow,
  rateOfChange,
  strength,
  typicalPrice,
  weightedMean,
} from './indicators';
import {
  add,
  appendBars,
  bands,
  copy,
  extendExtremes,
  extendMoments,
  extendSum,
  smooth,
  subtract,
} from './loops';

/** Lanes that all operations pass over before the next ones do: what one writes the next mostly finds in the processor's first cache. */
const PART: usize = 64;
/** Of an operation: its number, up to nine addresses, and a float64. */
const OPERATION_BYTES: usize = 48;

@inline
function array(p: usize, k: usize, offset: usize): usize {
  return <usize>load<u32>(p + 4 + (k << 2)) + offset;
}

/** Does the operation that recorder.ts numbers so. */
function operate(p: usize, o: usize, lanes: usize): void {
  const x = load<f64>(p, 40);
  switch (load<u32>(p)) {
    case 0:
      copy(array(p, 0, o), array(p, 1, o), lanes);
      break;
    case 1:
      add(array(p, 0, o), array(p, 1, o), array(p, 2, o), lanes);
      break;
    case 2:
      subtract(array(p, 0, o), array(p, 1, o), array(p, 2, o), lanes);
      break;
    case 3:
      appendBars(array(p, 0, o), array(p, 1, o), x, array(p, 2, o), array(p, 3, o), array(p, 4, o), array(p, 5, o), array(p, 6, o), lanes);
      break;
    case 4:
      extendSum(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), lanes);
      break;
    case 5:
      extendMoments(array(p, 0, o), x, array(p, 1, o), array(p, 2, o), array(p, 3, o), array(p, 4, o), array(p, 5, o), array(p, 6, o), array(p, 7, o), lanes);
      break;
    case 6:
      extendExtremes(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), array(p, 4, o), array(p, 5, o), array(p, 6, o), array(p, 7, o), lanes);
      break;
    case 7:
      smooth(array(p, 0, o), x, array(p, 1, o), lanes);
      break;
    case 8:
      bands(array(p, 0, o), array(p, 1, o), x, array(p, 2, o), array(p, 3, o), lanes);
      break;
    case 9:
      movement(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), array(p, 4, o), array(p, 5, o), lanes);
      break;
    case 10:
      directionalIndex(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), array(p, 4, o), array(p, 5, o), lanes);
      break;
    case 11:
      changes(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), lanes);
      break;
    case 12:
      strength(array(p, 0, o), array(p, 1, o), array(p, 2, o), lanes);
      break;
    case 13:
      positionInBar(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), lanes);
      break;
    case 14:
      positionInWindow(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), lanes);
      break;
    case 15:
      meanOfThree(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), lanes);
      break;
    case 16:
      rateOfChange(array(p, 0, o), array(p, 1, o), array(p, 2, o), lanes);
      break;
    case 17:
      addSignedVolume(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), lanes);
      break;
    case 18:
      typicalPrice(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), array(p, 4, o), array(p, 5, o), lanes);
      break;
    case 19:
      weightedMean(array(p, 0, o), array(p, 1, o), array(p, 2, o), x, array(p, 3, o), lanes);
      break;
    case 20:
      closeAbove(array(p, 0, o), array(p, 1, o), array(p, 2, o), lanes);
      break;
    case 21:
      shareOfClose(array(p, 0, o), array(p, 1, o), array(p, 2, o), lanes);
      break;
    case 22:
      centered(array(p, 0, o), array(p, 1, o), array(p, 2, o), lanes);
      break;
    case 23:
      changeOverClose(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), lanes);
      break;
    case 24:
      changeOverFifty(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), lanes);
      break;
    case 25:
      zScore(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), x, array(p, 4, o), lanes);
      break;
    case 26:
      volumeChange(array(p, 0, o), array(p, 1, o), array(p, 2, o), array(p, 3, o), x, array(p, 4, o), lanes);
      break;
  }
}

export function run(program: usize, operations: usize, lanes: usize): void {
  const end = program + operations * OPERATION_BYTES;
  for (let from: usize = 0; from < lanes; from += PART) {
    const some = min(PART, lanes - from);
    for (let p = program; p < end; p += OPERATION_BYTES) operate(p, from << 3, some);
  }
}
