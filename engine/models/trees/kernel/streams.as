// Nodes of an ensemble as a model file has them: see kernel.ts.

/** An integer in groups of 7 bits, lowest first (LEB128); returns where the next one goes. */
@inline
function varint(value: u64, out: usize): usize {
  for (; value > 127; value >>= 7) store<u8>(out++, (value & 127) | 128);
  store<u8>(out, value);
  return out + 1;
}

/** All lowest bytes, then all second ones, and so on. */
function planes(words: usize, count: usize, out: usize): usize {
  for (const end = out + count; out < end; out++, words += 4) {
    const word = load<u32>(words);
    store<u8>(out, word);
    store<u8>(out + count, word >> 8);
    store<u8>(out + 2 * count, word >> 16);
    store<u8>(out + 3 * count, word >> 24);
  }
  return out + 3 * count;
}

/** Sets a bit for each of eight bytes, which are 0 or 1. */
const BYTES_TO_BITS: u64 = 0x0102040810204080;

export function nodeStreams(
  feature: usize,
  cut: usize,
  missingLeft: usize,
  value: usize,
  count: usize,
  scratch: usize,
  out: usize,
): usize {
  const values = scratch;
  const cuts = values + (count << 2) + 4;
  const sides = cuts + (count << 1) + 2;
  let at = out;
  let inner: usize = 0;
  let leaves: usize = 0;
  for (let node: usize = 0; node < count; node++) {
    const f = load<i32>(feature + (node << 2));
    at = varint(<u32>(f + 1), at);
    // Which nodes are leaves is as good as random: each is written as both, and only as what it is for good.
    store<u16>(cuts + (inner << 1), load<u16>(cut + (node << 1)));
    store<u8>(sides + inner, load<u8>(missingLeft + node));
    store<u32>(values + (leaves << 2), load<u32>(value + (node << 2)));
    const isLeaf = <usize>(<u32>f >> 31);
    inner += 1 - isLeaf;
    leaves += isLeaf;
  }
  for (let p = cuts, end = cuts + (inner << 1); p < end; p += 2) at = varint(load<u16>(p), at);
  store<u64>(sides + inner, 0);
  for (let p = sides, end = sides + inner; p < end; p += 8) store<u8>(at++, (load<u64>(p) * BYTES_TO_BITS) >> 56);
  return planes(values, leaves, at) - out;
}

/** Whole numbers up to here, 2^53, stand as integers. */
const BEYOND: f32 = 9007199254740992;

export function coverStream(feature: usize, cover: usize, count: usize, scratch: usize, out: usize): usize {
  let leaves: usize = 0;
  let isWhole: i32 = 1;
  for (let node: usize = 0; node < count; node++) {
    const own = load<f32>(cover + (node << 2));
    store<f32>(scratch + (leaves << 2), own);
    const isLeaf = load<u32>(feature + (node << 2)) >> 31;
    isWhole &= <i32>(1 - isLeaf) | (<i32>(own >= 0) & <i32>(own < BEYOND) & <i32>(floor(own) == own));
    leaves += <usize>isLeaf;
  }
  store<u8>(out, isWhole);
  if (!isWhole) return planes(scratch, leaves, out + 1) - out;
  let at = out + 1;
  for (let p = scratch, end = scratch + (leaves << 2); p < end; p += 4) at = varint(<u64>load<f32>(p), at);
  return at - out;
}
