import { EVERY_VALUE } from '../bins.ts';

/** Cells that the span of a feature's cuts is divided into. */
const CELLS = 512;
/** As forward.as rounds to whole numbers. */
const TO_BITS = 8_388_608;

/** Where among its cuts to begin to look for a value: equal cells of their span, those at its ends open. */
export interface CutCells {
  /** The cell of a value is (value - lowest) * scale, rounded, within 0 to `last`. */
  readonly lowest: number;
  readonly scale: number;
  readonly last: number;
  /** Per cell the cuts in cells before it: all of them are below all values of the cell, as larger values are in no earlier cell. */
  readonly places: Uint16Array;
}

export function cutCells(cuts: Float32Array): CutCells {
  const highest = cuts.findLast((cut) => cut < EVERY_VALUE) ?? cuts[0];
  const lowest = cuts[0];
  const scale = highest > lowest ? Math.fround((CELLS - 1) / (highest - lowest)) : 0;
  const places = new Uint16Array(CELLS);
  const last = CELLS - 1;
  let cell = 0;
  for (let c = 0; c < cuts.length; c++) {
    const place = Math.fround(Math.fround(cuts[c] - lowest) * scale);
    const inside = place > 0 ? Math.min(place, last) : 0;
    const own = Math.fround(inside + TO_BITS) - TO_BITS;
    while (cell < own) places[++cell] = c;
  }
  places.fill(cuts.length, cell + 1);
  return { lowest, scale, last, places };
}
