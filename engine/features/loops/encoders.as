// Of encoders: see loops.as.

import { choose, zero } from './masks';

export function closeAbove(level: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, level += 16, close += 16) {
    const price = v128.load(close);
    v128.store(out, f64x2.div(f64x2.sub(price, v128.load(level)), price));
  }
}

export function shareOfClose(difference: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, difference += 16, close += 16)
    v128.store(out, f64x2.div(v128.load(difference), v128.load(close)));
}

export function centered(oscillator: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, oscillator += 16)
    v128.store(out, f64x2.sub(f64x2.div(v128.load(oscillator), f64x2.splat(50)), f64x2.splat(1)));
}

export function changeOverClose(now: usize, before: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, now += 16, before += 16, close += 16)
    v128.store(out, f64x2.div(f64x2.sub(v128.load(now), v128.load(before)), v128.load(close)));
}

export function changeOverFifty(now: usize, before: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, now += 16, before += 16)
    v128.store(out, f64x2.div(f64x2.sub(v128.load(now), v128.load(before)), f64x2.splat(50)));
}

/** The difference in deviations; 0 where these are rounding noise. */
@inline
function inDeviations(difference: v128, mean: v128, std: v128, noise: f64): v128 {
  const noisy = f64x2.le(std, f64x2.mul(f64x2.splat(noise), f64x2.abs(mean)));
  return choose(noisy, zero(), f64x2.div(difference, std));
}

export function zScore(
  now: usize,
  before: usize,
  mean: usize,
  std: usize,
  noise: f64,
  out: usize,
  lanes: usize,
): void {
  for (const end = out + (lanes << 3); out < end; out += 16, now += 16, mean += 16, std += 16) {
    const center = v128.load(mean);
    v128.store(out, inDeviations(f64x2.sub(v128.load(now), center), center, v128.load(std), noise));
  }
}

export function volumeChange(
  now: usize,
  before: usize,
  mean: usize,
  std: usize,
  noise: f64,
  out: usize,
  lanes: usize,
): void {
  for (const end = out + (lanes << 3); out < end; out += 16, now += 16, before += 16, mean += 16, std += 16) {
    const change = f64x2.sub(v128.load(now), v128.load(before));
    v128.store(out, inDeviations(change, v128.load(mean), v128.load(std), noise));
  }
}
