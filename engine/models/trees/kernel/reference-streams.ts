import type { Memory } from './memory.ts';
import type { StreamKernel } from './streams.ts';

/** See `createReferenceKernel`. */
export function referenceOfStreams(memory: () => Memory): StreamKernel {
  /** An integer in groups of 7 bits, lowest first; returns where the next one goes. */
  const varint = (value: number, at: number): number => {
    const { u8 } = memory();
    let rest = value;
    let end = at;
    for (; rest > 127; rest = Math.floor(rest / 128)) u8[end++] = (rest % 128) | 128;
    u8[end] = rest;
    return end + 1;
  };
  const planes = (words: readonly number[], at: number): number => {
    const { u8 } = memory();
    let end = at;
    for (let shift = 0; shift < 32; shift += 8) for (const word of words) u8[end++] = word >>> shift;
    return end;
  };
  /** Nodes that are leaves, or split. */
  const nodesOf = (feature: number, count: number, areLeaves: boolean): number[] => {
    const { i32 } = memory();
    return Array.from({ length: count }, (_, node) => node).filter(
      (node) => i32[(feature >> 2) + node] < 0 === areLeaves,
    );
  };

  return {
    nodeStreams(feature, cut, missingLeft, value, count, _scratch, out) {
      const { u8, u16, u32, i32 } = memory();
      const splits = nodesOf(feature, count, false);
      let at = out;
      for (let node = 0; node < count; node++) at = varint(i32[(feature >> 2) + node] + 1, at);
      for (const node of splits) at = varint(u16[(cut >> 1) + node], at);
      for (let i = 0; i < splits.length; i += 8) {
        let bits = 0;
        splits.slice(i, i + 8).forEach((node, k) => {
          bits |= u8[missingLeft + node] << k;
        });
        u8[at++] = bits;
      }
      const leaves = nodesOf(feature, count, true);
      return (
        planes(
          leaves.map((node) => u32[(value >> 2) + node]),
          at,
        ) - out
      );
    },

    coverStream(feature, cover, count, _scratch, out) {
      const { u8, u32, f32 } = memory();
      const leaves = nodesOf(feature, count, true).map((node) => (cover >> 2) + node);
      const isWhole = leaves.every((at) => Number.isInteger(f32[at]) && f32[at] >= 0 && f32[at] < 2 ** 53);
      u8[out] = isWhole ? 1 : 0;
      let at = out + 1;
      if (isWhole) for (const leaf of leaves) at = varint(f32[leaf], at);
      else
        at = planes(
          leaves.map((leaf) => u32[leaf]),
          at,
        );
      return at - out;
    },
  };
}
