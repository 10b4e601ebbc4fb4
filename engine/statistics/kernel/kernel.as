// Signed sums of one strategy and the maxima that they raise: AssemblyScript, compiled to WebAssembly with SIMD (kernel.test.ts).
// ../coins.ts and ../coin-maxima.ts hold the same loops in plain TypeScript; both give the same bits.

/** Bytes of a table of the 256 signed sums of eight days. */
const TABLE_BYTES: usize = 2048;
const PACKED_DAYS: usize = 8;

/** Writes the signed sums of some days' values to `table`; returns how many there are. */
function addUp(values: usize, end: usize, table: usize): usize {
  let size: usize = 1;
  store<f64>(table, 0);
  for (let p = values; p < end; p += 8) {
    const x = load<f64>(p);
    const upper = table + (size << 3);
    if (size == 1) {
      const sum = load<f64>(table);
      store<f64>(upper, sum + x);
      store<f64>(table, sum - x);
    } else {
      const both = f64x2.splat(x);
      for (let i: usize = 0; i < size << 3; i += 16) {
        const sums = v128.load(table + i);
        v128.store(upper + i, f64x2.add(sums, both));
        v128.store(table + i, f64x2.sub(sums, both));
      }
    }
    size <<= 1;
  }
  return size;
}

function isIdle(values: usize, end: usize): bool {
  for (let p = values; p < end; p += 8) if (load<f64>(p) != 0) return false;
  return true;
}

/**
 * Raises `maxima` to the signed sums over `denominator` and returns the plain sum over it. A row of `faces` has `coins` bytes, a
 * multiple of 2. `tables` has room for as many tables as there are rows, `places` for as many addresses.
 */
export function raise(
  faces: usize,
  days: usize,
  coins: usize,
  values: usize,
  denominator: f64,
  tables: usize,
  places: usize,
  maxima: usize,
): f64 {
  let plain: f64 = 0;
  let table = tables;
  let place = places;
  for (let first: usize = 0; first < days; first += PACKED_DAYS) {
    const from = values + (first << 3);
    const end = values + (min(first + PACKED_DAYS, days) << 3);
    if (isIdle(from, end)) continue;
    const size = addUp(from, end, table);
    plain += load<f64>(table + ((size - 1) << 3));
    store<u32>(place, <u32>(faces + (first >> 3) * coins));
    table += TABLE_BYTES;
    place += 4;
  }
  const by = f64x2.splat(denominator);
  for (let coin: usize = 0; coin < coins; coin += 2) {
    let one: f64 = 0;
    let two: f64 = 0;
    let at = tables;
    for (let p = places; p < place; p += 4, at += TABLE_BYTES) {
      const row = <usize>load<u32>(p) + coin;
      one += load<f64>(at + (<usize>load<u8>(row) << 3));
      two += load<f64>(at + (<usize>load<u8>(row, 1) << 3));
    }
    const scores = f64x2.div(f64x2.replace_lane(f64x2.splat(one), 1, two), by);
    const highest = maxima + (coin << 3);
    v128.store(highest, f64x2.pmax(v128.load(highest), scores));
  }
  return plain / denominator;
}
