import { expect, test } from 'vitest';
import { createPrng } from '../../../random/prng.ts';
import { createWasmKernel } from './compiled.ts';
import type { Kernel } from './kernel.ts';
import { createReferenceKernel } from './reference.ts';
import { mostStreamBytes, streamScratch } from './streams.ts';

/** Nodes, their covers behind them, and what the kernel makes of both. */
function streams(kernel: Kernel, seed: number): { readonly nodes: number[]; readonly covers: number[] } {
  const prng = createPrng(seed);
  const count = 1 + prng.int(seed % 4 === 0 ? 2000 : 40);
  const [value, cover, cut, sides] = [4, 8, 12, 14].map((bytes) => bytes * count);
  const scratch = (15 * count + 7) & ~7;
  const out = scratch + streamScratch(count);
  const { u8, u16, i32, f32 } = kernel.reserve(out + mostStreamBytes(count));
  const splits = prng.float();
  const ofCover = [() => prng.int(300), () => 2 ** prng.int(53), () => 2 ** 53, () => prng.float(), () => -1][
    seed % 5
  ]!;
  for (let node = 0; node < count; node++) {
    const isLeaf = prng.float() > splits;
    i32[node] = isLeaf ? -1 : prng.int(seed % 3 === 0 ? 40_000 : 30);
    f32[value / 4 + node] = prng.normal();
    f32[cover / 4 + node] = seed % 7 === 0 && node % 9 !== 0 ? 3 : ofCover();
    u16[cut / 2 + node] = prng.int(65_535);
    u8[sides + node] = prng.int(2);
  }
  const nodes = kernel.nodeStreams(0, cut, sides, value, count, scratch, out);
  const first = Array.from(u8.subarray(out, out + nodes));
  const covers = kernel.coverStream(0, cover, count, scratch, out);
  return { nodes: first, covers: Array.from(u8.subarray(out, out + covers)) };
}

test('compiled streams of nodes and covers are the plain ones', () => {
  const compiled = createWasmKernel()!;
  const reference = createReferenceKernel();
  for (let seed = 1; seed <= 105; seed++) expect(streams(compiled, seed)).toEqual(streams(reference, seed));
});
