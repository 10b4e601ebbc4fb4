import type { Basis } from '../binding/basis.ts';
import { learnsCosts } from '../binding/keys.ts';
import { digestOf } from '../identity/digest.ts';
import type { Traded } from '../inference/strategy-grid.ts';

const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;

/** Sums of each member, and what their rows and values depend on beside the candles in them. */
export function encodeKeptSums(basis: Basis, configuration: Traded, sums: readonly Uint8Array[]): Uint8Array {
  const parts = sums.flatMap((one) => {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(one.length);
    return [length, one];
  });
  return Buffer.concat([keyOf(basis, configuration), ...parts]);
}

/** The sums of each member; undefined where they are of rows that begin with another bar, or of labels with other costs. */
export function decodeKeptSums(
  bytes: Uint8Array,
  basis: Basis,
  configuration: Traded,
): Uint8Array[] | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!keyOf(basis, configuration).equals(all.subarray(0, DIGEST_BYTES))) return undefined;
  const sums: Uint8Array[] = [];
  for (let at = DIGEST_BYTES; at + LENGTH_BYTES <= all.length; ) {
    const from = at + LENGTH_BYTES;
    at = from + all.readUInt32LE(at);
    sums.push(new Uint8Array(all.subarray(from, at)));
  }
  return sums;
}

function keyOf(
  { candles, higher_timeframes, costs, training, pipeline_version }: Basis,
  configuration: Traded,
): Buffer {
  const firsts = [candles, ...Object.values(higher_timeframes)].map(({ first }) => first);
  const parts = { firsts, training, pipeline_version, ...(learnsCosts(configuration) && { costs }) };
  return Buffer.from(digestOf(parts), 'hex');
}
