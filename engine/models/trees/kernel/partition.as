// Rows of a node sorted into those of its children: see kernel.ts.

/** For each set of four rows, a bit each, the bytes of those in it. */
const TABLE_BYTES: usize = 256;
/** Fewer rows are sorted one by one: the table would take longer. */
const MANY_ROWS: usize = 128;

function writeTable(table: usize): void {
  for (let set: u32 = 0; set < 16; set++, table += 16) {
    let at = table;
    for (let k: u32 = 0; k < 4; k++) {
      store<u32>(at, 0x03020100 + 0x04040404 * k);
      at += <usize>((set >> k) & 1) << 2;
    }
  }
}

export function partition(column: usize, rows: usize, count: usize, bin: u32, missingLeft: u32, scratch: usize): usize {
  const end = rows + (count << 2);
  const others = scratch + TABLE_BYTES;
  // Where missing values go left, they are counted as if they were below all bins.
  const limit = bin + missingLeft;
  let left = rows;
  let p = rows;
  if (count >= MANY_ROWS) {
    writeTable(scratch);
    const shift = i32x4.splat(missingLeft);
    const limits = i32x4.splat(limit);
    for (; p + 16 <= end; p += 16) {
      const four = v128.load(p);
      let values = v128.load8_lane(column + <usize>load<u32>(p), i32x4.splat(0), 0);
      values = v128.load8_lane(column + <usize>load<u32>(p, 4), values, 4);
      values = v128.load8_lane(column + <usize>load<u32>(p, 8), values, 8);
      values = v128.load8_lane(column + <usize>load<u32>(p, 12), values, 12);
      values = v128.and(i32x4.add(values, shift), i32x4.splat(255));
      const right = <usize>i32x4.bitmask(i32x4.gt_s(values, limits));
      v128.store(others + (p - left), i8x16.swizzle(four, v128.load(scratch + (right << 4))));
      v128.store(left, i8x16.swizzle(four, v128.load(scratch + ((right ^ 15) << 4))));
      left += 16 - (<usize>popcnt(<u32>right) << 2);
    }
  }
  for (; p < end; p += 4) {
    const row = load<u32>(p);
    const value = (<u32>load<u8>(column + <usize>row) + missingLeft) & 255;
    store<u32>(left, row);
    store<u32>(others + (p - left), row);
    left += <usize>(value <= limit) << 2;
  }
  memory.copy(left, others, end - left);
  return (left - rows) >> 2;
}
