// Of indicators: see loops.as.

import { choose, one, zero } from './masks';

/** The move if it is above 0, times whether it is larger than the other. */
@inline
function larger(move: v128, other: v128): v128 {
  const half = f64x2.mul(f64x2.add(f64x2.abs(move), move), f64x2.splat(0.5));
  return f64x2.mul(half, one(f64x2.gt(move, other)));
}

export function movement(
  previousHigh: usize,
  previousLow: usize,
  high: usize,
  low: usize,
  up: usize,
  down: usize,
  lanes: usize,
): void {
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const rise = f64x2.sub(v128.load(high + i), v128.load(previousHigh + i));
    const fall = f64x2.sub(v128.load(previousLow + i), v128.load(low + i));
    v128.store(up + i, larger(rise, fall));
    v128.store(down + i, larger(fall, rise));
  }
}

export function directionalIndex(
  range: usize,
  up: usize,
  down: usize,
  plus: usize,
  minus: usize,
  dx: usize,
  lanes: usize,
): void {
  const hundred = f64x2.splat(100);
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const u = v128.load(up + i);
    const d = v128.load(down + i);
    const r = v128.load(range + i);
    const still = f64x2.eq(r, zero());
    v128.store(plus + i, choose(still, zero(), f64x2.mul(f64x2.div(u, r), hundred)));
    v128.store(minus + i, choose(still, zero(), f64x2.mul(f64x2.div(d, r), hundred)));
    const moves = f64x2.add(u, d);
    const index = f64x2.mul(f64x2.div(f64x2.abs(f64x2.sub(u, d)), moves), hundred);
    v128.store(dx + i, choose(f64x2.eq(moves, zero()), zero(), index));
  }
}

export function changes(before: usize, now: usize, gains: usize, losses: usize, lanes: usize): void {
  const half = f64x2.splat(0.5);
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const change = f64x2.sub(v128.load(now + i), v128.load(before + i));
    const size = f64x2.abs(change);
    v128.store(gains + i, f64x2.mul(f64x2.add(size, change), half));
    v128.store(losses + i, f64x2.mul(f64x2.sub(size, change), half));
  }
}

export function strength(gain: usize, loss: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, gain += 16, loss += 16) {
    const g = v128.load(gain);
    const moves = f64x2.add(g, v128.load(loss));
    const index = f64x2.mul(f64x2.div(g, moves), f64x2.splat(100));
    v128.store(out, choose(f64x2.eq(moves, zero()), f64x2.splat(50), index));
  }
}

@inline
function placeInRange(close: v128, low: v128, range: v128): v128 {
  const place = f64x2.mul(f64x2.div(f64x2.sub(close, low), range), f64x2.splat(100));
  return choose(f64x2.eq(range, zero()), f64x2.splat(50), place);
}

export function positionInBar(low: usize, close: usize, range: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, low += 16, close += 16, range += 16)
    v128.store(out, placeInRange(v128.load(close), v128.load(low), v128.load(range)));
}

export function positionInWindow(close: usize, highest: usize, lowest: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, close += 16, highest += 16, lowest += 16) {
    const bottom = v128.load(lowest);
    v128.store(out, placeInRange(v128.load(close), bottom, f64x2.sub(v128.load(highest), bottom)));
  }
}

export function meanOfThree(a: usize, b: usize, c: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, a += 16, b += 16, c += 16) {
    const sum = f64x2.add(f64x2.add(v128.load(a), v128.load(b)), v128.load(c));
    v128.store(out, f64x2.div(sum, f64x2.splat(3)));
  }
}

export function rateOfChange(before: usize, now: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, before += 16, now += 16) {
    const start = v128.load(before);
    v128.store(out, f64x2.div(f64x2.sub(v128.load(now), start), start));
  }
}

export function addSignedVolume(volume: usize, before: usize, now: usize, values: usize, lanes: usize): void {
  for (const end = values + (lanes << 3); values < end; values += 16, volume += 16, before += 16, now += 16) {
    const b = v128.load(before);
    const n = v128.load(now);
    const sign = f64x2.sub(one(f64x2.gt(n, b)), one(f64x2.lt(n, b)));
    v128.store(values, f64x2.add(v128.load(values), f64x2.mul(sign, v128.load(volume))));
  }
}

export function typicalPrice(
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  price: usize,
  turnover: usize,
  lanes: usize,
): void {
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const sum = f64x2.add(f64x2.add(v128.load(high + i), v128.load(low + i)), v128.load(close + i));
    const typical = f64x2.div(sum, f64x2.splat(3));
    v128.store(price + i, typical);
    v128.store(turnover + i, f64x2.mul(typical, v128.load(volume + i)));
  }
}

export function weightedMean(
  turnover: usize,
  volume: usize,
  price: usize,
  bars: f64,
  out: usize,
  lanes: usize,
): void {
  for (const end = out + (lanes << 3); out < end; out += 16, turnover += 16, volume += 16, price += 16) {
    const traded = v128.load(volume);
    const idle = f64x2.eq(traded, zero());
    // Whichever of the two is the answer, they are one division.
    const sum = choose(idle, v128.load(price), v128.load(turnover));
    v128.store(out, f64x2.div(sum, choose(idle, f64x2.splat(bars), traded)));
  }
}
