/*
 * With W = H + 2 lambda, wL = HL + lambda, wR = HR + lambda and c = G / W,
 * GL^2 / wL + GR^2 / wR = G^2 / W + (GL - c wL)^2 W / (wL wR). Only the second term, the split's strength, depends on the split:
 * it is compared in 32-bit floats first, eight features at a time. The terms of its root lose 2 roundings of the root itself and 5 of
 * c wL, and the other factors 8: with |GL - c wL| |c| W / wR = sqrt(strength G^2 / W wL / wR), that is less than
 * 5 sqrt(wL / wR) + 12 roundings of the whole sum. Splits as close as that to the best are looked at again in 64 bits.
 */

/** Relative error of a 32-bit float. */
const ROUNDING: f32 = 5.9604645e-8;

export let center: f32 = 0;
export let weight: f32 = 0;
/** What a split must gain to be as good as the strongest, but for rounding. */
export let leastGain: f32 = 0;

export function beginStrengths(gradient: i32, hessian: i32, lambda: f64): void {
  const weights = <f64>hessian + 2 * lambda;
  center = <f32>(<f64>gradient / weights);
  weight = <f32>weights;
}

/** The strength from which on a split may be the best, where `top` is the largest; sets `leastGain`. */
export function leastStrength(top: f32, gradient: i32, ofRoundings: f32): f32 {
  const base = center * <f32>gradient;
  const least = top - ROUNDING * 2 * ofRoundings * (base + top);
  leastGain = base + least;
  return least;
}

/** Roundings where the right side may be as light as `minHessian`. */
export function roundings(lambda: f64, minHessian: i32): f32 {
  return 5 * <f32>Math.sqrt(<f64>weight / (<f64>minHessian + lambda)) + 12;
}

/** Where every hessian is 1: c wL and W / (wL wR) of each place, 0 where a split is not allowed. Four places take 32 bytes. */
export function tabulate(table: usize, count: usize, lambda: f32, minHessian: i32): void {
  let position = i32x4(1, 2, 3, 4);
  const total = i32x4.splat(<i32>count);
  const below = i32x4.splat(minHessian - 1);
  const regularization = f32x4.splat(lambda);
  const end = table + (((count + 3) & ~3) << 3);
  for (let p = table; p < end; p += 32) {
    const rest = i32x4.sub(total, position);
    const left = f32x4.add(f32x4.convert_i32x4_s(position), regularization);
    const right = f32x4.add(f32x4.convert_i32x4_s(rest), regularization);
    const allowed = v128.and(i32x4.gt_s(position, below), i32x4.gt_s(rest, below));
    v128.store(p, f32x4.mul(f32x4.splat(center), left));
    v128.store(p, v128.and(f32x4.div(f32x4.splat(weight), f32x4.mul(left, right)), allowed), 16);
    position = i32x4.add(position, i32x4.splat(4));
  }
}

/** Where a place stands in the table. */
@inline
export function tableAt(table: usize, place: usize): usize {
  return table + ((place & ~3) << 3) + ((place & 3) << 2);
}

@inline
export function largest(lanes: v128): f32 {
  return max(
    max(f32x4.extract_lane(lanes, 0), f32x4.extract_lane(lanes, 1)),
    max(f32x4.extract_lane(lanes, 2), f32x4.extract_lane(lanes, 3)),
  );
}
