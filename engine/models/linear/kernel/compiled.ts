import { instantiate } from '../../../wasm/instance.ts';
import { BLOCK_ROWS, type BlockMoments, momentCount } from '../block-moments.ts';
import { KERNEL_WASM } from './wasm.ts';

/** Numbers that are read and written behind the last. */
const PADDING = 8;

interface Functions {
  /**
   * `BlockMoments` of columns `stride` bytes apart, written to `out`; `shifted` takes a number per row and column. All but the numbers
   * of columns and rows are addresses; up to eight numbers more are read of `shifted` and written to `out`.
   */
  blockMoments(
    columns: number,
    stride: number,
    centers: number,
    columnCount: number,
    rows: number,
    shifted: number,
    out: number,
  ): void;
}

/** What `plainBlockMoments` does, in WebAssembly. Undefined where WebAssembly SIMD is not supported. */
export function compiledBlockMoments(): BlockMoments | undefined {
  const instance = instantiate(KERNEL_WASM);
  if (instance === undefined) return undefined;
  const { blockMoments } = instance.exports as unknown as Functions;
  return (columns, centers, from, to) => {
    const p = columns.length;
    const size = momentCount(p);
    const shifted = (BLOCK_ROWS + 1) * p;
    const out = shifted + BLOCK_ROWS * p + PADDING;
    const memory = new Float64Array(instance.reserve(8 * (out + size + PADDING)));
    memory.set(centers, BLOCK_ROWS * p);
    for (let j = 0; j < p; j++) memory.set(columns[j].subarray(from, to), BLOCK_ROWS * j);
    blockMoments(0, 8 * BLOCK_ROWS, 8 * BLOCK_ROWS * p, p, to - from, 8 * shifted, 8 * out);
    return memory.slice(out, out + size);
  };
}
