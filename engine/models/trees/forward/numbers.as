// Numbers of leaves from their bits: see forward.as.

import { MASK_BYTES } from './blocks';

/** Bytes of two vectors in turns: of the first eight, or of the last. */
@inline
function zipLow(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
@inline
function zipHigh(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** Swaps the bits that `mask` names with those `by` above them. */
@inline
function swapBits(x: v128, by: i32, mask: v128): v128 {
  const t = v128.and(v128.xor(x, i64x2.shr_u(x, by)), mask);
  return v128.xor(v128.xor(x, t), i64x2.shl(t, by));
}

/** Of two squares of 8 x 8 bits, rows become columns (Warren, Hacker's Delight, 7-3). */
@inline
function transpose(x: v128): v128 {
  let y = swapBits(x, 7, i64x2.splat(0x00aa00aa00aa00aa));
  y = swapBits(y, 14, i64x2.splat(0x0000cccc0000cccc));
  return swapBits(y, 28, i64x2.splat(0x00000000f0f0f0f0));
}

/** Numbers of 64 rows from their bits, those of two planes in turns. */
@inline
function storeHalf(b04: v128, b26: v128, b15: v128, b37: v128, out: usize): void {
  const evenLow = zipLow(b04, b26);
  const evenHigh = zipHigh(b04, b26);
  const oddLow = zipLow(b15, b37);
  const oddHigh = zipHigh(b15, b37);
  v128.store(out, transpose(zipLow(evenLow, oddLow)));
  v128.store(out, transpose(zipHigh(evenLow, oddLow)), 16);
  v128.store(out, transpose(zipLow(evenHigh, oddHigh)), 32);
  v128.store(out, transpose(zipHigh(evenHigh, oddHigh)), 48);
}

/** Writes the numbers of 128 rows, as bytes: bit b of each is in the b-th of eight planes. */
export function numbersOf(planes: usize, out: usize): void {
  const b0 = v128.load(planes);
  const b1 = v128.load(planes, MASK_BYTES);
  const b2 = v128.load(planes, 2 * MASK_BYTES);
  const b3 = v128.load(planes, 3 * MASK_BYTES);
  const b4 = v128.load(planes, 4 * MASK_BYTES);
  const b5 = v128.load(planes, 5 * MASK_BYTES);
  const b6 = v128.load(planes, 6 * MASK_BYTES);
  const b7 = v128.load(planes, 7 * MASK_BYTES);
  storeHalf(zipLow(b0, b4), zipLow(b2, b6), zipLow(b1, b5), zipLow(b3, b7), out);
  storeHalf(zipHigh(b0, b4), zipHigh(b2, b6), zipHigh(b1, b5), zipHigh(b3, b7), out + 64);
}
