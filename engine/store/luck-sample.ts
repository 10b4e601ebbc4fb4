import { SAMPLE_WIDTH } from '../pipeline/luck.ts';
import { BLOCKS } from '../pipeline/observer.ts';

/**
 * Strategies that overfitting is judged by: those of a scope and window with the smallest hashes. A sample is a row of entries: hash
 * (float64), sums and sums of squares of the net returns of each block's bars (float32), little endian, as all machines are that this runs
 * on.
 */
export const RESERVOIR = 2000;
const ENTRY_BYTES = 8 + 4 * 2 * BLOCKS;

/** A whole number below 2^53, of a cell's key and the index of one of its strategies: uniform, and the same wherever it is computed. */
export function sampleHash(key: Uint8Array, index: number): number {
  return hasherOf(key)(index);
}

/** The same of one cell's strategies. */
function hasherOf(key: Uint8Array): (index: number) => number {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const first = view.getUint32(0, true);
  const second = view.getUint32(4, true);
  return (index) => {
    const high = mixed(first ^ Math.imul(index + 1, 0x9e37_79b1));
    const low = mixed(second ^ Math.imul(index + 1, 0x85eb_ca6b));
    return high * 2 ** 21 + (low >>> 11);
  };
}

/** The last step of MurmurHash3: each bit of the result depends on each of the input. */
function mixed(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85eb_ca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Entries of those strategies of a cell whose hash is below a bound; null for none. `sample` as `ScopeLuck` has it. */
export function encodeSample(key: Uint8Array, sample: Float32Array, below: number): Buffer | null {
  const strategies = sample.length / SAMPLE_WIDTH;
  const entries = new ArrayBuffer(strategies * ENTRY_BYTES);
  const hashes = new Float64Array(entries);
  const sums = new Float32Array(entries);
  const hashOf = hasherOf(key);
  let count = 0;
  for (let s = 0; s < strategies; s++) {
    const from = s * SAMPLE_WIDTH;
    const hash = hashOf(sample[from]!);
    if (!(hash < below)) continue;
    hashes[(count * ENTRY_BYTES) / 8] = hash;
    // One by one: to view so few numbers takes longer than to copy them.
    const to = (count * ENTRY_BYTES) / 4 + 2;
    for (let n = 1; n < SAMPLE_WIDTH; n++) sums[to + n - 1] = sample[from + n]!;
    count++;
  }
  return count === 0 ? null : Buffer.from(entries, 0, count * ENTRY_BYTES);
}

export const sampledIn = (sample: Uint8Array | null) => (sample === null ? 0 : sample.length / ENTRY_BYTES);

/** The hash of the last of the smallest `count` of all samples; undefined where there are no more than that. */
export function boundOf(samples: readonly Uint8Array[], count: number): number | undefined {
  const hashes = new Float64Array(samples.reduce((sum, sample) => sum + sampledIn(sample), 0));
  if (hashes.length <= count) return undefined;
  let filled = 0;
  for (const sample of samples) {
    const view = viewOf(sample);
    for (let at = 0; at < sample.length; at += ENTRY_BYTES) hashes[filled++] = view.getFloat64(at, true);
  }
  return hashes.sort()[count - 1];
}

/** What of a sample is not above a bound; null where nothing is, the sample itself where all is. */
export function withinBound(sample: Uint8Array, bound: number): Uint8Array | null {
  const view = viewOf(sample);
  const kept = Buffer.allocUnsafe(sample.length);
  let end = 0;
  for (let at = 0; at < sample.length; at += ENTRY_BYTES) {
    if (view.getFloat64(at, true) > bound) continue;
    kept.set(sample.subarray(at, at + ENTRY_BYTES), end);
    end += ENTRY_BYTES;
  }
  if (end === 0) return null;
  return end === sample.length ? sample : kept.subarray(0, end);
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

/** Block sums of the RESERVOIR strategies with the smallest hashes, in their order: [strategy * BLOCKS + block]. */
export interface SampledBlocks {
  readonly strategies: number;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

export function readSamples(samples: readonly Uint8Array[]): SampledBlocks {
  // One after the other, where numbers lie on their borders.
  const bytes = new Uint8Array(samples.reduce((length, sample) => length + sample.length, 0));
  let at = 0;
  for (const sample of samples) {
    bytes.set(sample, at);
    at += sample.length;
  }
  const hashes = new Float64Array(bytes.buffer);
  const sums = new Float32Array(bytes.buffer);
  const hashOf = (entry: number) => hashes[(entry * ENTRY_BYTES) / 8]!;
  const entries = Uint32Array.from({ length: bytes.length / ENTRY_BYTES }, (_, entry) => entry)
    .sort((a, b) => hashOf(a) - hashOf(b))
    .subarray(0, RESERVOIR);
  const strategies = entries.length;
  const sum = new Float64Array(BLOCKS * strategies);
  const squares = new Float64Array(BLOCKS * strategies);
  entries.forEach((entry, s) => {
    const from = (entry * ENTRY_BYTES + 8) / 4;
    for (let block = 0; block < BLOCKS; block++) {
      sum[s * BLOCKS + block] = sums[from + block]!;
      squares[s * BLOCKS + block] = sums[from + BLOCKS + block]!;
    }
  });
  return { strategies, sum, squares };
}
