// Sorts columns of keys: eight columns share a vector, and every vector instruction compares two keys in each of them.
// Batcher's odd-even merge sort (Knuth, TAOCP 5.2.2): runs of 8 in registers, then merges of neighboring runs. A merge compares at
// distances p, p / 2, ... 1; two or three of these at a time stay in registers, so that few keys are loaded and stored twice.

/** Bytes of a vector of eight keys. */
const KEY: usize = 16;

@inline
function lower(a: v128, b: v128): v128 {
  return i16x8.min_u(a, b);
}

@inline
function upper(a: v128, b: v128): v128 {
  return i16x8.max_u(a, b);
}

/** Compares the keys at two addresses. */
@inline
function exchange(at: usize, to: usize): void {
  const a = v128.load(at);
  const b = v128.load(to);
  v128.store(at, lower(a, b));
  v128.store(to, upper(a, b));
}

function sort4(at: usize): void {
  const a = v128.load(at);
  const b = v128.load(at, KEY);
  const c = v128.load(at, 2 * KEY);
  const d = v128.load(at, 3 * KEY);
  const ac = lower(a, c);
  const ca = upper(a, c);
  const bd = lower(b, d);
  const db = upper(b, d);
  const second = upper(ac, bd);
  const third = lower(ca, db);
  v128.store(at, lower(ac, bd));
  v128.store(at, lower(second, third), KEY);
  v128.store(at, upper(second, third), 2 * KEY);
  v128.store(at, upper(ca, db), 3 * KEY);
}

/** 19 comparisons, the fewest there can be. */
function sort8(at: usize): void {
  let a = v128.load(at);
  let b = v128.load(at, KEY);
  let c = v128.load(at, 2 * KEY);
  let d = v128.load(at, 3 * KEY);
  let e = v128.load(at, 4 * KEY);
  let f = v128.load(at, 5 * KEY);
  let g = v128.load(at, 6 * KEY);
  let h = v128.load(at, 7 * KEY);
  let low = lower(a, c); c = upper(a, c); a = low;
  low = lower(b, d); d = upper(b, d); b = low;
  low = lower(e, g); g = upper(e, g); e = low;
  low = lower(f, h); h = upper(f, h); f = low;
  low = lower(a, e); e = upper(a, e); a = low;
  low = lower(b, f); f = upper(b, f); b = low;
  low = lower(c, g); g = upper(c, g); c = low;
  low = lower(d, h); h = upper(d, h); d = low;
  low = lower(a, b); b = upper(a, b); a = low;
  low = lower(c, d); d = upper(c, d); c = low;
  low = lower(e, f); f = upper(e, f); e = low;
  low = lower(g, h); h = upper(g, h); g = low;
  low = lower(c, e); e = upper(c, e); c = low;
  low = lower(d, f); f = upper(d, f); d = low;
  low = lower(b, e); e = upper(b, e); b = low;
  low = lower(d, g); g = upper(d, g); d = low;
  v128.store(at, a);
  v128.store(at, lower(b, c), KEY);
  v128.store(at, upper(b, c), 2 * KEY);
  v128.store(at, lower(d, e), 3 * KEY);
  v128.store(at, upper(d, e), 4 * KEY);
  v128.store(at, lower(f, g), 5 * KEY);
  v128.store(at, upper(f, g), 6 * KEY);
  v128.store(at, h, 7 * KEY);
}

/** Two sorted runs of two, `step` bytes from one key to the next, become one of four. */
@inline
function mergeTwos(at: usize, step: usize): void {
  const a = v128.load(at);
  const b = v128.load(at + step);
  const c = v128.load(at + 2 * step);
  const d = v128.load(at + 3 * step);
  const second = upper(b, d);
  const between = lower(b, d);
  const third = upper(a, c);
  v128.store(at, lower(a, c));
  v128.store(at + step, lower(between, third));
  v128.store(at + 2 * step, upper(between, third));
  v128.store(at + 3 * step, second);
}

/** Two sorted runs of four, `step` bytes from one key to the next, become one of eight. */
@inline
function mergeFours(at: usize, step: usize): void {
  let a = v128.load(at);
  let b = v128.load(at + step);
  let c = v128.load(at + 2 * step);
  let d = v128.load(at + 3 * step);
  let e = v128.load(at + 4 * step);
  let f = v128.load(at + 5 * step);
  let g = v128.load(at + 6 * step);
  let h = v128.load(at + 7 * step);
  let low = lower(a, e); e = upper(a, e); a = low;
  low = lower(b, f); f = upper(b, f); b = low;
  low = lower(c, g); g = upper(c, g); c = low;
  low = lower(d, h); h = upper(d, h); d = low;
  low = lower(c, e); e = upper(c, e); c = low;
  low = lower(d, f); f = upper(d, f); d = low;
  v128.store(at, a);
  v128.store(at + step, lower(b, c));
  v128.store(at + 2 * step, upper(b, c));
  v128.store(at + 3 * step, lower(d, e));
  v128.store(at + 4 * step, upper(d, e));
  v128.store(at + 5 * step, lower(f, g));
  v128.store(at + 6 * step, upper(f, g));
  v128.store(at + 7 * step, h);
}

/**
 * What a merge compares at distances 4, 2 and 1, of `count` keys `step` bytes apart, a multiple of 4: at distance 4, keys 4 .. 7 with
 * 8 .. 11, 12 .. 15 with 16 .. 19 and so on; at 2, keys 2, 3 with 4, 5 and 6, 7 with 8, 9; at 1, key 1 with 2 and 3 with 4.
 */
@inline
function finish(at: usize, step: usize, count: usize): void {
  let b = v128.load(at + step);
  let c = v128.load(at + 2 * step);
  let d = v128.load(at + 3 * step);
  let left = count - 4;
  for (; left >= 8; left -= 8, at += 8 * step) {
    let e = v128.load(at + 4 * step);
    let f = v128.load(at + 5 * step);
    let g = v128.load(at + 6 * step);
    let h = v128.load(at + 7 * step);
    let i = v128.load(at + 8 * step);
    let j = v128.load(at + 9 * step);
    let k = v128.load(at + 10 * step);
    let l = v128.load(at + 11 * step);
    let low = lower(e, i); i = upper(e, i); e = low;
    low = lower(f, j); j = upper(f, j); f = low;
    low = lower(g, k); k = upper(g, k); g = low;
    low = lower(h, l); l = upper(h, l); h = low;
    low = lower(c, e); e = upper(c, e); c = low;
    low = lower(d, f); f = upper(d, f); d = low;
    low = lower(g, i); i = upper(g, i); g = low;
    low = lower(h, j); j = upper(h, j); h = low;
    v128.store(at + step, lower(b, c));
    v128.store(at + 2 * step, upper(b, c));
    v128.store(at + 3 * step, lower(d, e));
    v128.store(at + 4 * step, upper(d, e));
    v128.store(at + 5 * step, lower(f, g));
    v128.store(at + 6 * step, upper(f, g));
    v128.store(at + 7 * step, lower(h, i));
    v128.store(at + 8 * step, upper(h, i));
    b = j;
    c = k;
    d = l;
  }
  if (left == 4) {
    let e = v128.load(at + 4 * step);
    let f = v128.load(at + 5 * step);
    const g = v128.load(at + 6 * step);
    let low = lower(c, e); e = upper(c, e); c = low;
    low = lower(d, f); f = upper(d, f); d = low;
    v128.store(at + 3 * step, lower(d, e));
    v128.store(at + 4 * step, upper(d, e));
    v128.store(at + 5 * step, lower(f, g));
    v128.store(at + 6 * step, upper(f, g));
  } else {
    v128.store(at + 3 * step, d);
  }
  v128.store(at + step, lower(b, c));
  v128.store(at + 2 * step, upper(b, c));
}

/** Distances 4, 2 and 1. */
function finishKeys(at: usize, count: usize): void {
  finish(at, KEY, count);
}

/** Distances 32, 16 and 8. */
function finishEights(at: usize, count: usize): void {
  for (let end = at + 8 * KEY; at < end; at += KEY) finish(at, 8 * KEY, count >> 3);
}

/** Merges a sorted run of 8 with what follows it, up to as many. */
function merge8(at: usize, count: usize): void {
  for (let end = at + 8 * KEY, p = at; p < end; p += KEY) exchange(p, p + 8 * KEY);
  finishKeys(at, count);
}

function merge16(at: usize, count: usize): void {
  for (let end = at + 8 * KEY, p = at; p < end; p += KEY) mergeTwos(p, 8 * KEY);
  finishKeys(at, count);
}

function merge32(at: usize, count: usize): void {
  for (let end = at + 8 * KEY, p = at; p < end; p += KEY) mergeFours(p, 8 * KEY);
  finishKeys(at, count);
}

function merge64(at: usize, count: usize): void {
  for (let end = at + (count - 64) * KEY, p = at; p < end; p += KEY) exchange(p, p + 64 * KEY);
  finishEights(at, count);
  finishKeys(at, count);
}

function merge128(at: usize, count: usize): void {
  const whole = at + (max(count, 192) - 192) * KEY;
  const end = at + (min(count, 192) - 128) * KEY;
  let p = at;
  for (; p < whole; p += KEY) mergeTwos(p, 64 * KEY);
  for (; p < end; p += KEY) {
    // The fourth key would be behind the end.
    exchange(p, p + 128 * KEY);
    exchange(p + 64 * KEY, p + 128 * KEY);
  }
  finishEights(at, count);
  finishKeys(at, count);
}

/** Keys that `sortColumns` wants room for: those beyond `count` are filled with the largest. */
@inline
export function roomFor(count: usize): usize {
  return count <= 8 ? (count + 3) & ~3 : count <= 16 ? 16 : (count + 31) & ~31;
}

/** Sorts eight columns of 2 to 256 keys each. */
export function sortColumns(keys: usize, count: usize): void {
  const room = roomFor(count);
  const end = keys + room * KEY;
  for (let at = keys + count * KEY; at < end; at += KEY) v128.store(at, i16x8.splat(-1));
  if (room == 4) return sort4(keys);
  for (let at = keys, last = keys + count * KEY; at < last; at += 8 * KEY) sort8(at);
  if (count <= 8) return;
  for (let first: usize = 0; first + 8 < count; first += 16) merge8(keys + first * KEY, 16);
  if (count <= 16) return;
  for (let first: usize = 0; first + 16 < count; first += 32) merge16(keys + first * KEY, 32);
  if (count <= 32) return;
  for (let first: usize = 0; first + 32 < count; first += 64) merge32(keys + first * KEY, min(64, room - first));
  if (count <= 64) return;
  for (let first: usize = 0; first + 64 < count; first += 128) merge64(keys + first * KEY, min(128, room - first));
  if (count <= 128) return;
  merge128(keys, room);
}
