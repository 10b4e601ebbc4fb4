// A column's bins: its values in order, by radix (Knuth, TAOCP 5.2.5), cuts between them, and the bin of each row. What bins.ts and
// column-order.ts do in plain TypeScript.

const DIGIT: u32 = 11;
const BUCKETS: usize = 2048;
const LAST_KEY: u32 = 0xffffffff;

/** Keys are in the order of the values: a negative one has all its bits turned, any other its sign alone. Missing values come last. */
@inline
function keyOf(value: f32): u32 {
  const bits = reinterpret<u32>(value);
  return value != value ? LAST_KEY : bits ^ (<u32>(<i32>bits >> 31) | 0x80000000);
}

@inline
function valueOf(key: u32): f32 {
  return reinterpret<f32>(key >= 0x80000000 ? key ^ 0x80000000 : ~key);
}

/** Value at a place in the order. */
@inline
function valueAt(ordered: usize, place: usize): f32 {
  return valueOf(load<u32>(ordered + (place << 3), 4));
}

/** One pass: `next` is where the next item of each bucket goes. */
@inline
function pass(from: usize, count: usize, shift: u64, next: usize, to: usize): void {
  const end = from + (count << 3);
  for (let p = from; p < end; p += 8) {
    const item = load<u64>(p);
    const bucket = next + ((<usize>(item >> shift) & (BUCKETS - 1)) << 2);
    const at = load<u32>(bucket);
    store<u32>(bucket, at + 1);
    store<u64>(to + (<usize>at << 3), item);
  }
}

/** Items of a key above and a row below, in the order of both; leaves them in `to`. */
function order(column: usize, count: usize, from: usize, to: usize, next: usize): void {
  memory.fill(next, 0, (3 * BUCKETS) << 2);
  for (let i: usize = 0; i < count; i++) {
    const key = keyOf(<f32>load<f64>(column + (i << 3)));
    store<u64>(from + (i << 3), (<u64>key << 32) | <u64>i);
    const low = next + ((<usize>key & (BUCKETS - 1)) << 2);
    store<u32>(low, load<u32>(low) + 1);
    const middle = next + ((BUCKETS + (<usize>(key >> DIGIT) & (BUCKETS - 1))) << 2);
    store<u32>(middle, load<u32>(middle) + 1);
    const high = next + ((2 * BUCKETS + <usize>(key >> (2 * DIGIT))) << 2);
    store<u32>(high, load<u32>(high) + 1);
  }
  for (let digit: usize = 0; digit < 3; digit++) {
    let first: u32 = 0;
    for (let bucket: usize = 0; bucket < BUCKETS; bucket++) {
      const at = next + ((digit * BUCKETS + bucket) << 2);
      const size = load<u32>(at);
      store<u32>(at, first);
      first += size;
    }
  }
  pass(from, count, 32, next, to);
  pass(to, count, 32 + DIGIT, next + (BUCKETS << 2), from);
  pass(from, count, 32 + 2 * DIGIT, next + (BUCKETS << 3), to);
}

/** `starts` takes the first row of each distinct value, and the end. */
function cutBetween(ordered: usize, count: usize, valueBins: i32, starts: usize, cuts: usize): i32 {
  while (count > 0 && load<u32>(ordered + ((count - 1) << 3), 4) == LAST_KEY) count--;
  let distinct: usize = 0;
  let before = f32.NaN;
  for (let i: usize = 0; i < count; i++) {
    const value = valueAt(ordered, i);
    store<u32>(starts + (distinct << 2), <u32>i);
    distinct += <usize>(value != before);
    before = value;
  }
  store<u32>(starts + (distinct << 2), <u32>count);
  return fairCuts(ordered, count, valueBins, starts, distinct, cuts);
}

@inline
function rowsOf(starts: usize, value: usize): u32 {
  return load<u32>(starts + (value << 2), 4) - load<u32>(starts + (value << 2));
}

/** A value that fills a bin on its own gets one; the other rows are shared out evenly (LightGBM's GreedyFindBin). */
function fairCuts(ordered: usize, count: usize, valueBins: i32, starts: usize, distinct: usize, cuts: usize): i32 {
  const full = <f64>count / <f64>valueBins;
  let heavy = 0;
  let lightRows: f64 = 0;
  for (let value: usize = 0; value < distinct; value++) {
    const rows = <f64>rowsOf(starts, value);
    if (rows >= full) heavy++;
    else lightRows += rows;
  }
  const isEach = distinct <= <usize>valueBins;
  let cut = 0;
  let rows: f64 = 0;
  let fair = lightRows / <f64>max(1, valueBins - heavy);
  for (let value: usize = 0; value + 1 < distinct && cut < valueBins - 1; value++) {
    const own = <f64>rowsOf(starts, value);
    const filled = own >= full;
    if (!filled) rows += own;
    if (!isEach && !filled && rows < fair && (rows < fair / 2 || <f64>rowsOf(starts, value + 1) < full)) continue;
    const next = load<u32>(starts + (value << 2), 4);
    const below = valueAt(ordered, next - 1);
    const above = valueAt(ordered, next);
    const middle = <f32>(<f64>below / 2 + <f64>above / 2);
    store<f32>(cuts + (<usize>cut << 2), middle > below ? middle : above);
    cut++;
    lightRows -= rows;
    rows = 0;
    if (filled) heavy--;
    fair = lightRows / <f64>max(1, valueBins - cut - heavy);
  }
  return cut;
}

export function quantileBins(column: usize, count: usize, valueBins: i32, scratch: usize, cuts: usize, bins: usize): i32 {
  const ordered = scratch + (count << 3);
  order(column, count, scratch, ordered, ordered + (count << 3));
  const cutCount = cutBetween(ordered, count, valueBins, scratch, cuts);
  let bin: i32 = 0;
  let next = cutCount > 0 ? load<f32>(cuts) : Infinity;
  for (let i: usize = 0; i < count; i++) {
    const item = load<u64>(ordered + (i << 3));
    const key = <u32>(item >> 32);
    const value = valueOf(key);
    while (bin < cutCount && next <= value) {
      bin++;
      next = bin < cutCount ? load<f32>(cuts + (<usize>bin << 2)) : Infinity;
    }
    store<u8>(bins + <usize>(<u32>item), key == LAST_KEY ? 255 : bin);
  }
  return cutCount;
}
