// Where among a feature's cuts to begin to look for a value: see plan.ts.

import { TO_BITS } from './split';

/** Cells that the span of a feature's cuts is divided into. */
const CELLS: u32 = 512;

export function cutCells(cuts: usize, counts: usize, features: u32, places: usize, cells: usize): void {
  for (const end = counts + (<usize>features << 2); counts < end; counts += 4, cells += 12) {
    const count = load<u32>(counts);
    const lowest = load<f32>(cuts);
    let top: usize = cuts + (<usize>(count - 1) << 2);
    // Nothing but a missing value passes the largest number that there is.
    if (top > cuts && load<f32>(top) == f32.MAX_VALUE) top -= 4;
    const highest = load<f32>(top);
    const last = <f32>(CELLS - 1);
    const scale: f32 = highest > lowest ? <f32>(<f64>last / (<f64>highest - <f64>lowest)) : 0;
    store<f32>(cells, lowest);
    store<f32>(cells, scale, 4);
    store<f32>(cells, last, 8);
    const behind = places + (<usize>CELLS << 1);
    store<u16>(places, 0);
    places += 2;
    for (let c: u32 = 0; c < count; c++, cuts += 4) {
      const place = (load<f32>(cuts) - lowest) * scale;
      const inside: f32 = place > 0 ? min(place, last) : 0;
      const own = behind - (<usize>CELLS << 1) + (<usize>(reinterpret<u32>(inside + TO_BITS) & 0xffff) << 1);
      for (; places <= own; places += 2) store<u16>(places, <u16>c);
    }
    for (; places < behind; places += 2) store<u16>(places, <u16>count);
    cuts += 16;
  }
}
