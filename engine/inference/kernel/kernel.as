// Confidence of forecasts: AssemblyScript, compiled to WebAssembly with SIMD (kernel.test.ts). ../confidence.ts and ../rolling.ts
// hold the same in plain TypeScript; both give the same bits.

const BUCKETS: usize = 256;
const BUCKETS_TO_MEAN: f64 = 64;
const MAGNITUDE_WEIGHT: f64 = 0.4;
const CONSISTENCY_WEIGHT: f64 = 0.4;
const CALM_WEIGHT: f64 = 0.2;
const RECENT_PREDICTIONS: i32 = 10;

/** Whatever goes into which bucket, the ranks are exact: it only has to be in order. */
function sortIntoBuckets(values: usize, start: i32, count: i32, buckets: usize, previous: usize, latest: usize): void {
  let sum: f64 = 0;
  for (let t = start; t < count; t++) sum += load<f64>(values + (<usize>t << 3));
  const scale = sum > 1e-300 ? (BUCKETS_TO_MEAN * <f64>(count - start)) / sum : 0;
  memory.fill(latest, 255, BUCKETS << 2);
  for (let t = start; t < count; t++) {
    const scaled = load<f64>(values + (<usize>t << 3)) * scale;
    const b: usize = scaled < 255 ? <usize>(<u32>scaled) : 255;
    store<u8>(buckets + <usize>t, <u8>b);
    store<i32>(previous + (<usize>t << 2), load<i32>(latest + (b << 2)));
    store<i32>(latest + (b << 2), t);
  }
}

/** Numbers below `own` among `count` bytes; `firstBytes` are sixteen of ones, then sixteen of zeros. */
@inline
function countBelow(bytes: usize, count: usize, own: v128, firstBytes: usize): i32 {
  let sums = i16x8.splat(0);
  const end = bytes + (count & ~15);
  for (; bytes < end; bytes += 16) {
    sums = i16x8.sub(sums, i16x8.extadd_pairwise_i8x16_s(i8x16.lt_u(v128.load(bytes), own)));
  }
  const last = v128.and(i8x16.lt_u(v128.load(bytes), own), v128.load(firstBytes + 16 - (count & 15)));
  sums = i16x8.sub(sums, i16x8.extadd_pairwise_i8x16_s(last));
  const pairs = i32x4.extadd_pairwise_i16x8_s(sums);
  return (
    i32x4.extract_lane(pairs, 0) +
    i32x4.extract_lane(pairs, 1) +
    (i32x4.extract_lane(pairs, 2) + i32x4.extract_lane(pairs, 3))
  );
}

function rank(
  values: usize,
  start: i32,
  count: i32,
  window: i32,
  buckets: usize,
  previous: usize,
  latest: usize,
  firstBytes: usize,
  out: usize,
): void {
  sortIntoBuckets(values, start, count, buckets, previous, latest);
  for (let t = start; t < count; t++) {
    const oldest = max(start, t - window + 1);
    const own = i8x16.splat(<i8>load<u8>(buckets + <usize>t));
    let smaller = countBelow(buckets + <usize>oldest, <usize>(t - oldest + 1), own, firstBytes);
    let equal: i32 = 1;
    const value = load<f64>(values + (<usize>t << 3));
    for (let i = load<i32>(previous + (<usize>t << 2)); i >= oldest; i = load<i32>(previous + (<usize>i << 2))) {
      const other = load<f64>(values + (<usize>i << 3));
      smaller += <i32>(other < value);
      equal += <i32>(other == value);
    }
    store<f64>(out + (<usize>t << 3), (<f64>smaller + <f64>equal / 2) / <f64>(t - oldest + 1));
  }
}

export function score(
  p: usize,
  calm: usize,
  memberCounts: usize,
  members: i32,
  lanes: i32,
  lookback: i32,
  magnitude: usize,
  signs: usize,
  buckets: usize,
  previous: usize,
  latest: usize,
  firstBytes: usize,
  recent: usize,
  out: usize,
): i32 {
  let start: i32 = 0;
  while (start < lanes && isNaN(load<f64>(p + (<usize>start << 3)))) start++;
  for (let lane = start; lane < lanes; lane++) {
    const forecast = load<f64>(p + (<usize>lane << 3));
    store<f64>(magnitude + (<usize>lane << 3), Math.abs(forecast));
    store<i8>(signs + <usize>lane, <i8>(<i32>(forecast > 0) - <i32>(forecast < 0)));
  }
  rank(magnitude, start, lanes, lookback, buckets, previous, latest, firstBytes, out);
  store<i32>(recent, 0);
  store<i32>(recent, 0, 4);
  store<i32>(recent, 0, 8);
  for (let lane = start; lane < lanes; lane++) {
    const sign = <i32>load<i8>(signs + <usize>lane);
    const at = recent + (<usize>(sign + 1) << 2);
    store<i32>(at, load<i32>(at) + 1);
    if (lane - RECENT_PREDICTIONS >= start) {
      const leaving = recent + (<usize>(<i32>load<i8>(signs + <usize>(lane - RECENT_PREDICTIONS)) + 1) << 2);
      store<i32>(leaving, load<i32>(leaving) - 1);
    }
    const counted = <f64>load<u16>(memberCounts + (<usize>(3 * lane + sign + 1) << 1));
    const consistency = (<f64>load<i32>(at) / <f64>RECENT_PREDICTIONS + counted / <f64>members) / 2;
    const place = out + (<usize>lane << 3);
    store<f64>(
      place,
      MAGNITUDE_WEIGHT * load<f64>(place) +
        CONSISTENCY_WEIGHT * consistency +
        CALM_WEIGHT * load<f64>(calm + (<usize>lane << 3)),
    );
  }
  return start;
}
