// Numbers of leaves from their bits: see forward.as.

import { MASK_BYTES } from './blocks';

/** Which bits differ, of those that `mask` names in `b` and those `by` above them in `a`: both change there to exchange them. */
@inline
function exchanged(a: v128, b: v128, by: i32, mask: v128): v128 {
  return v128.and(v128.xor(i64x2.shr_u(a, by), b), mask);
}

/**
 * Writes the numbers of 128 rows, as bytes: bit b of each is in the b-th of eight planes. As bit g of byte j stands for row 16 g + j
 * (blocks.as), eight planes are 16 squares of 8 x 8 bits side by side, whose rows become columns (Warren, Hacker's Delight, 7-3).
 */
export function numbersOf(planes: usize, out: usize): void {
  let b0 = v128.load(planes);
  let b1 = v128.load(planes, MASK_BYTES);
  let b2 = v128.load(planes, 2 * MASK_BYTES);
  let b3 = v128.load(planes, 3 * MASK_BYTES);
  let b4 = v128.load(planes, 4 * MASK_BYTES);
  let b5 = v128.load(planes, 5 * MASK_BYTES);
  let b6 = v128.load(planes, 6 * MASK_BYTES);
  let b7 = v128.load(planes, 7 * MASK_BYTES);

  let mask = i8x16.splat(0x0f);
  let t = exchanged(b0, b4, 4, mask);
  b4 = v128.xor(b4, t);
  b0 = v128.xor(b0, i64x2.shl(t, 4));
  t = exchanged(b1, b5, 4, mask);
  b5 = v128.xor(b5, t);
  b1 = v128.xor(b1, i64x2.shl(t, 4));
  t = exchanged(b2, b6, 4, mask);
  b6 = v128.xor(b6, t);
  b2 = v128.xor(b2, i64x2.shl(t, 4));
  t = exchanged(b3, b7, 4, mask);
  b7 = v128.xor(b7, t);
  b3 = v128.xor(b3, i64x2.shl(t, 4));

  mask = i8x16.splat(0x33);
  t = exchanged(b0, b2, 2, mask);
  b2 = v128.xor(b2, t);
  b0 = v128.xor(b0, i64x2.shl(t, 2));
  t = exchanged(b1, b3, 2, mask);
  b3 = v128.xor(b3, t);
  b1 = v128.xor(b1, i64x2.shl(t, 2));
  t = exchanged(b4, b6, 2, mask);
  b6 = v128.xor(b6, t);
  b4 = v128.xor(b4, i64x2.shl(t, 2));
  t = exchanged(b5, b7, 2, mask);
  b7 = v128.xor(b7, t);
  b5 = v128.xor(b5, i64x2.shl(t, 2));

  mask = i8x16.splat(0x55);
  t = exchanged(b0, b1, 1, mask);
  v128.store(out, v128.xor(b0, i64x2.shl(t, 1)));
  v128.store(out, v128.xor(b1, t), 16);
  t = exchanged(b2, b3, 1, mask);
  v128.store(out, v128.xor(b2, i64x2.shl(t, 1)), 32);
  v128.store(out, v128.xor(b3, t), 48);
  t = exchanged(b4, b5, 1, mask);
  v128.store(out, v128.xor(b4, i64x2.shl(t, 1)), 64);
  v128.store(out, v128.xor(b5, t), 80);
  t = exchanged(b6, b7, 1, mask);
  v128.store(out, v128.xor(b6, i64x2.shl(t, 1)), 96);
  v128.store(out, v128.xor(b7, t), 112);
}
