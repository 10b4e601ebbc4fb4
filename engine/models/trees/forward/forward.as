// Predictions of tree ensembles, 128 rows at a time: AssemblyScript, compiled to WebAssembly with SIMD (forward.test.ts).
// forward.ts says what the functions take, and ensemble.ts how the same sums are made a row at a time.

const BLOCK_ROWS: usize = 128;
const CUTS_PER_GROUP: usize = 16;
/** To compare every row with so many cuts takes as long as to look for its place among them. */
const FEW_CUTS: usize = 48;

/** How many of four ascending vectors of four cuts are <= value; a cut of NaN is not. */
@inline
function below(cuts: usize, value: v128): usize {
  const first = i16x8.narrow_i32x4_s(f32x4.le(v128.load(cuts), value), f32x4.le(v128.load(cuts, 16), value));
  const last = i16x8.narrow_i32x4_s(f32x4.le(v128.load(cuts, 32), value), f32x4.le(v128.load(cuts, 48), value));
  return <usize>popcnt(i8x16.bitmask(i8x16.narrow_i16x8_s(first, last)));
}

/** Of sixteen rows, those whose value is not below a cut. */
@inline
function notBelow(values: usize, cut: v128): u32 {
  const first = i16x8.narrow_i32x4_s(f32x4.ge(v128.load(values), cut), f32x4.ge(v128.load(values, 16), cut));
  const last = i16x8.narrow_i32x4_s(f32x4.ge(v128.load(values, 32), cut), f32x4.ge(v128.load(values, 48), cut));
  return i8x16.bitmask(i8x16.narrow_i16x8_s(first, last));
}

export function split(values: usize, cuts: usize, cutCount: usize, scratch: usize, out: usize): i32 {
  let missing = i64x2.splat(0);
  const end = scratch + (BLOCK_ROWS << 2);
  for (let p = scratch; p < end; p += 16, values += 32) {
    const low = f32x4.demote_f64x2_zero(v128.load(values));
    const high = f32x4.demote_f64x2_zero(v128.load(values, 16));
    const all = v128.shuffle<i32>(low, high, 0, 1, 4, 5);
    v128.store(p, all);
    missing = v128.or(missing, f32x4.ne(all, all));
  }
  if (cutCount <= FEW_CUTS) {
    for (const last = cuts + (cutCount << 2); cuts < last; cuts += 4) {
      out += 16;
      const cut = v128.load32_splat(cuts);
      for (let k: usize = 0; k < 8; k++) store<u16>(out + (k << 1), <u16>notBelow(scratch + (k << 6), cut));
    }
  } else {
    sortRows(scratch, cuts, cutCount, out);
  }
  return v128.any_true(missing) ? 1 : 0;
}

/** Puts each row where its value is among the cuts, then adds up the rows from the highest cut down. */
function sortRows(values: usize, cuts: usize, cutCount: usize, out: usize): void {
  const groups = (cutCount + CUTS_PER_GROUP - 1) / CUTS_PER_GROUP;
  const pivots = cuts + (groups << 6);
  const pivotsEnd = pivots + ((groups - 1) << 2);
  memory.fill(out, 0, (cutCount + 1) << 4);
  for (let row: usize = 0; row < BLOCK_ROWS; row++, values += 4) {
    const value = v128.load32_splat(values);
    let group: usize = 0;
    for (let p = pivots; p < pivotsEnd; p += CUTS_PER_GROUP << 2) group += below(p, value);
    const bin = (group << 4) + below(cuts + (group << 6), value);
    const at = out + (bin << 4) + ((row >> 6) << 3);
    store<u64>(at, load<u64>(at) | (<u64>1 << (row & 63)));
  }
  let above = i64x2.splat(0);
  for (let at = out + (cutCount << 4); at > out; at -= 16) {
    above = v128.or(above, v128.load(at));
    v128.store(at, above);
  }
}

/** Doubles sixteen numbers and adds one where the row's bit is set. */
@inline
function appendBits(numbers: v128, pairs: v128): v128 {
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  return i8x16.sub(i8x16.add(numbers, numbers), i8x16.eq(v128.and(pairs, bits), bits));
}

/** `numbers` of few planes: each is doubled and gets a bit. */
function appendPlanes(p: usize, planes: u32, masks: usize, out: usize): usize {
  let n0 = i64x2.splat(0);
  let n1 = n0;
  let n2 = n0;
  let n3 = n0;
  let n4 = n0;
  let n5 = n0;
  let n6 = n0;
  let n7 = n0;
  for (; planes > 0; planes--) {
    const m = plane(p, masks);
    p += 4 + (<usize>load<u32>(p) << 2);
    n0 = appendBits(n0, v128.shuffle<u8>(m, m, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
    n1 = appendBits(n1, v128.shuffle<u8>(m, m, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3));
    n2 = appendBits(n2, v128.shuffle<u8>(m, m, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5));
    n3 = appendBits(n3, v128.shuffle<u8>(m, m, 6, 6, 6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7));
    n4 = appendBits(n4, v128.shuffle<u8>(m, m, 8, 8, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9));
    n5 = appendBits(n5, v128.shuffle<u8>(m, m, 10, 10, 10, 10, 10, 10, 10, 10, 11, 11, 11, 11, 11, 11, 11, 11));
    n6 = appendBits(n6, v128.shuffle<u8>(m, m, 12, 12, 12, 12, 12, 12, 12, 12, 13, 13, 13, 13, 13, 13, 13, 13));
    n7 = appendBits(n7, v128.shuffle<u8>(m, m, 14, 14, 14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15));
  }
  v128.store(out, n0);
  v128.store(out, n1, 16);
  v128.store(out, n2, 32);
  v128.store(out, n3, 48);
  v128.store(out, n4, 64);
  v128.store(out, n5, 80);
  v128.store(out, n6, 96);
  v128.store(out, n7, 112);
  return p;
}

/** Rows in one of the masks that are listed, behind their number. */
@inline
function plane(p: usize, masks: usize): v128 {
  const end = p + 4 + (<usize>load<u32>(p) << 2);
  let m = i64x2.splat(0);
  for (p += 4; p < end; p += 4) m = v128.or(m, v128.load(masks + <usize>load<u32>(p)));
  return m;
}

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

/** As many planes as `appendPlanes` takes longer for. */
const MANY_PLANES: u32 = 5;

/**
 * Numbers of the leaves of 128 rows, as bytes. A plane is a bit of these numbers, the highest first: rows are in it if they
 * are in one of the masks that it lists.
 */
function number(p: usize, planes: u32, masks: usize, out: usize): usize {
  if (planes < MANY_PLANES) return appendPlanes(p, planes, masks, out);
  for (let bit: usize = planes; bit < 8; bit++) v128.store(out + (bit << 4), i64x2.splat(0));
  for (let bit: usize = planes; bit > 0; bit--) {
    v128.store(out + ((bit - 1) << 4), plane(p, masks));
    p += 4 + (<usize>load<u32>(p) << 2);
  }
  const b0 = v128.load(out);
  const b1 = v128.load(out, 16);
  const b2 = v128.load(out, 32);
  const b3 = v128.load(out, 48);
  const b4 = v128.load(out, 64);
  const b5 = v128.load(out, 80);
  const b6 = v128.load(out, 96);
  const b7 = v128.load(out, 112);
  storeHalf(zipLow(b0, b4), zipLow(b2, b6), zipLow(b1, b5), zipLow(b3, b7), out);
  storeHalf(zipHigh(b0, b4), zipHigh(b2, b6), zipHigh(b1, b5), zipHigh(b3, b7), out + 64);
  return p;
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

@inline
function addLeaf(sum: usize, values: usize, leaf: usize): void {
  store<f64>(sum, load<f64>(sum) + <f64>load<f32>(values + (leaf << 2)));
}

/** Of two rows. */
@inline
function addLeaves(sums: usize, values: usize, first: usize, second: usize): void {
  const low = v128.load32_zero(values + (first << 2));
  const both = v128.load32_lane(values + (second << 2), low, 1);
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(both)));
}

export function sumTrees(
  program: usize,
  trees: usize,
  leafValues: usize,
  conditions: usize,
  masks: usize,
  numbers: usize,
  rows: usize,
  out: usize,
): void {
  let p = program;
  for (; trees > 0; trees--) {
    const splits = <usize>load<u32>(p);
    const planes = load<u32>(p, 4);
    const values = leafValues + <usize>load<u32>(p, 8);
    p += 12;
    v128.store(masks, i64x2.splat(-1));
    for (const end = p + (splits << 3); p < end; p += 8) {
      const node = load<u64>(p);
      const mask = v128.load(masks + <usize>(node & 0xffff));
      const condition = v128.load(conditions + <usize>(node >> 32));
      const left = masks + (<usize>(node >> 16) & 0xffff);
      v128.store(left, v128.andnot(mask, condition));
      v128.store(left, v128.and(mask, condition), 16);
    }
    if (planes > 8) p = number(p, planes - 8, masks, numbers + 128);
    p = number(p, min(planes, 8), masks, numbers);
    let sum = out;
    if (planes > 8) {
      for (let row: usize = 0; row < rows; row++, sum += 8) {
        const leaf = <usize>load<u8>(numbers + row) | (<usize>load<u8>(numbers + row, 128) << 8);
        addLeaf(sum, values, leaf);
      }
    } else {
      let row: usize = 0;
      for (; row + 4 <= rows; row += 4, sum += 32) {
        const leaves = load<u32>(numbers + row);
        addLeaves(sum, values, <usize>(leaves & 255), <usize>((leaves >> 8) & 255));
        addLeaves(sum + 16, values, <usize>((leaves >> 16) & 255), <usize>(leaves >> 24));
      }
      for (; row < rows; row++, sum += 8) addLeaf(sum, values, <usize>load<u8>(numbers + row));
    }
  }
}
