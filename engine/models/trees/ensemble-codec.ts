import { ByteReader, ByteWriter } from '../byte-stream.ts';
import { type EnsembleNodes, type Link, TreeEnsemble } from './ensemble.ts';
import type { Kernel } from './kernel/kernel.ts';
import { sharedKernel } from './kernel/shared.ts';
import { mostStreamBytes, streamScratch } from './kernel/streams.ts';

/**
 * Bytes of an ensemble, in streams of like things so that compression finds their patterns: header, cuts by feature (planes), then over
 * all nodes, tree by tree and breadth first, the feature + 1 (0: leaf), and over all inner nodes the cut's number and the missing side;
 * leaf values (planes); leaf covers if kept. Children need no pointers: breadth first, they come in order.
 */
export function encodeEnsemble({ parts }: TreeEnsemble, kernel: Kernel = sharedKernel()): Uint8Array {
  const { nodes, cuts, base, link, gain, outOfBagRmse, training } = parts;
  const out = new ByteWriter();
  out.varint(cuts.length);
  out.varint(nodes.roots.length);
  out.float64(base);
  out.float64(linkNumber(link));
  out.float64(outOfBagRmse ?? Number.NaN);
  for (const value of gain) out.float64(value);

  for (const own of cuts) out.varint(own.length);
  for (const own of cuts) out.float32Planes(own);

  out.varint(nodes.feature.length);
  out.bytesOf(encodeNodes(nodes, kernel));
  out.byte(training === undefined ? 0 : 1);
  if (training !== undefined) {
    out.float64(training.learningRate);
    out.float64(training.lambda);
    out.bytesOf(encodeCovers(nodes, training.cover, kernel));
  }
  return out.finish();
}

/** Views on the kernel's memory. */
function encodeNodes({ feature, cut, missingLeft, value }: EnsembleNodes, kernel: Kernel): Uint8Array {
  const count = feature.length;
  const [values, cuts, sides] = [4 * count, 8 * count, 10 * count];
  const scratch = (11 * count + 7) & ~7;
  const out = scratch + streamScratch(count);
  const { u8, u16, i32, f32 } = kernel.reserve(out + mostStreamBytes(count));
  i32.set(feature);
  f32.set(value, values >> 2);
  u16.set(cut, cuts >> 1);
  u8.set(missingLeft, sides);
  return u8.subarray(out, out + kernel.nodeStreams(0, cuts, sides, values, count, scratch, out));
}

function encodeCovers({ feature }: EnsembleNodes, cover: Float32Array, kernel: Kernel): Uint8Array {
  const count = feature.length;
  const covers = 4 * count;
  const scratch = 8 * count;
  const out = scratch + streamScratch(count);
  const { u8, i32, f32 } = kernel.reserve(out + mostStreamBytes(count));
  i32.set(feature);
  f32.set(cover, covers >> 2);
  return u8.subarray(out, out + kernel.coverStream(0, covers, count, scratch, out));
}

/** In the place of the scale of a logistic link, which is no negative number. */
const PROBABILITY = -1;
const SHARE = -2;

function linkNumber(link: Link): number {
  switch (link.kind) {
    case 'identity':
      return Number.NaN;
    case 'logistic':
      return link.scale;
    case 'probability':
      return PROBABILITY;
    case 'share':
      return SHARE;
  }
}

function linkOf(number: number): Link | undefined {
  if (Number.isNaN(number)) return { kind: 'identity' };
  if (number >= 0) return { kind: 'logistic', scale: number };
  if (number === PROBABILITY) return { kind: 'probability' };
  return number === SHARE ? { kind: 'share' } : undefined;
}

/** Reverse of `encodeEnsemble`. Throws `artifact-damaged` for bytes that are none. */
export function decodeEnsemble(bytes: Uint8Array): TreeEnsemble {
  const input = new ByteReader(bytes);
  const featureCount = input.count();
  const treeCount = input.count();
  const base = input.float64();
  const scale = input.float64();
  const outOfBag = input.float64();
  const gain = Float64Array.from({ length: featureCount }, () => input.float64());
  const cutCounts = Array.from({ length: featureCount }, () => input.count());
  const cuts = cutCounts.map((count) => input.float32Planes(count));

  const nodeCount = input.count();
  const feature = Int32Array.from({ length: nodeCount }, () => input.varint() - 1);
  const inner: number[] = [];
  const leaves: number[] = [];
  feature.forEach((f, node) => {
    (f < 0 ? leaves : inner).push(node);
  });
  const cut = new Uint16Array(nodeCount);
  for (const node of inner) {
    cut[node] = input.varint();
    if (!(cut[node] < (cuts[feature[node]]?.length ?? 0))) throw input.damaged();
  }
  const missingLeft = new Uint8Array(nodeCount);
  for (let i = 0; i < inner.length; i += 8) {
    const bits = input.byte();
    for (let k = 0; k < 8 && i + k < inner.length; k++) missingLeft[inner[i + k]] = (bits >> k) & 1;
  }
  const value = scatter(nodeCount, leaves, input.float32Planes(leaves.length));
  const links = linkNodes(feature, treeCount);
  if (links === undefined) throw input.damaged();
  const nodes: EnsembleNodes = { ...links, feature, cut, missingLeft, value };

  let training: TreeEnsemble['parts']['training'];
  if (input.byte() === 1) {
    const learningRate = input.float64();
    const lambda = input.float64();
    const whole = input.byte() === 1;
    const covers = whole
      ? Float32Array.from(leaves, () => input.varint())
      : input.float32Planes(leaves.length);
    training = { learningRate, lambda, cover: scatter(nodeCount, leaves, covers) };
  }
  input.end();
  const link = linkOf(scale);
  if (link === undefined) throw input.damaged();
  const outOfBagRmse = Number.isNaN(outOfBag) ? undefined : outOfBag;
  return new TreeEnsemble({ nodes, cuts, base, link, gain, outOfBagRmse, training });
}

function scatter(length: number, places: readonly number[], values: Float32Array): Float32Array {
  const out = new Float32Array(length);
  places.forEach((place, i) => {
    out[place] = values[i];
  });
  return out;
}

/** Roots and left children from the order of nodes; undefined if the nodes don't make up that many whole trees. */
function linkNodes(
  feature: Int32Array,
  treeCount: number,
): Pick<EnsembleNodes, 'roots' | 'left'> | undefined {
  const roots = new Int32Array(treeCount);
  const left = new Int32Array(feature.length);
  let node = 0;
  for (let tree = 0; tree < treeCount; tree++) {
    roots[tree] = node;
    for (let end = node + 1; node < end; node++) {
      if (node >= feature.length) return undefined;
      if (feature[node] < 0) continue;
      left[node] = end;
      end += 2;
    }
  }
  return node === feature.length ? { roots, left } : undefined;
}
