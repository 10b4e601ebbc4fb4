import { ColumnOrder } from '../column-order.ts';
import { fillOrdered, quantileCuts } from '../quantiles.ts';
import type { Kernel, OverHistograms } from './kernel.ts';
import { type Memory, viewMemory } from './memory.ts';
import { referenceOfLeaves } from './reference-leaves.ts';
import { referenceOfRounds } from './reference-rounds.ts';
import { referenceOfSorting } from './reference-sorting.ts';
import { BestSplit } from './reference-split.ts';
import { referenceOfStreams } from './reference-streams.ts';

const MISSING = 255;
const MISSING_U16 = 65_535;
/** Int32 elements from one bin to the next of the same feature, and from one group of four features to the next. */
const BIN_STEP = 8;
const GROUP_STEP = 256 * BIN_STEP;

function histogramAt(base: number, k: number): number {
  return (base >> 2) + (k >> 2) * GROUP_STEP + (k & 3) * 2;
}

/** The kernel in plain TypeScript: the fallback, and what the compiled one is tested against. */
export function createReferenceKernel(): Kernel {
  let memory: Memory = viewMemory(new ArrayBuffer(0));

  /** Adds the gradients of rows to histograms, or takes them away. */
  const change =
    (sign: 1 | -1): OverHistograms =>
    (columns, stride, rows, count, gradients, features, featureCount, out) => {
      const { u8, u32, i32 } = memory;
      const firstRow = rows >> 2;
      for (let k = 0; k < featureCount; k++) {
        const column = columns + u32[(features >> 2) + k] * stride;
        const histogram = histogramAt(out, k);
        for (let i = firstRow; i < firstRow + count; i++) {
          const row = u32[i];
          const pair = (gradients >> 2) + 2 * row;
          const at = histogram + u8[column + row] * BIN_STEP;
          i32[at] += sign * i32[pair];
          i32[at + 1] += sign * i32[pair + 1];
        }
      }
    };

  const partition: Kernel['partition'] = (column, rows, count, bin, missingLeft, scratch) => {
    const { u8, u32 } = memory;
    const first = rows >> 2;
    let left = first;
    let right = scratch >> 2;
    for (let i = first; i < first + count; i++) {
      const row = u32[i];
      const value = u8[column + row];
      if (value <= bin || (value === MISSING && missingLeft === 1)) u32[left++] = row;
      else u32[right++] = row;
    }
    u32.copyWithin(left, scratch >> 2, right);
    return left - first;
  };

  return {
    reserve(bytes) {
      if (memory.u8.length < bytes) memory = viewMemory(new ArrayBuffer(Math.ceil(bytes / 8) * 8));
      return memory;
    },

    histograms(...where) {
      const [, , , , , , featureCount, out] = where;
      memory.i32.fill(0, out >> 2, (out >> 2) + ((featureCount + 3) & ~3) * 512);
      change(1)(...where);
    },

    removeRows: change(-1),

    subtract(parent, child, padded) {
      const { i32 } = memory;
      const length = padded * 512;
      for (let i = 0; i < length; i++) i32[(parent >> 2) + i] -= i32[(child >> 2) + i];
    },

    bestSplit(histogram, padded, gradient, hessian, lambda, alpha, minHessian, ties, _scratch, out) {
      const { i32 } = memory;
      const best = new BestSplit(gradient, hessian, lambda, alpha, minHessian, ties);
      for (let k = 0; k < padded; k++) {
        const first = histogramAt(histogram, k);
        const missing = first + MISSING * BIN_STEP;
        for (let missingLeft = 0; missingLeft <= (i32[missing] === 0 ? 0 : 1); missingLeft++) {
          let hessianLeft = missingLeft === 1 ? i32[missing] : 0;
          let gradientLeft = missingLeft === 1 ? i32[missing + 1] : 0;
          for (let bin = 0, at = first; bin < MISSING; bin++, at += BIN_STEP) {
            if (i32[at] === 0) continue;
            hessianLeft += i32[at];
            gradientLeft += i32[at + 1];
            best.consider((k << 9) | (missingLeft << 8) | bin, gradientLeft, hessianLeft);
          }
        }
      }
      return best.write(memory, out);
    },

    ...referenceOfSorting(() => memory),
    ...referenceOfRounds(() => memory),
    ...referenceOfStreams(() => memory),
    ...referenceOfLeaves(() => memory, partition),

    partition,

    binColumn(values, count, cuts, cutCount, out, outStride) {
      const { f32, f64, u16 } = memory;
      const firstCut = cuts >> 2;
      let anyMissing = 0;
      for (let i = 0; i < count; i++) {
        const value = Math.fround(f64[(values >> 3) + i]);
        let bin = 0;
        for (let length = cutCount; length > 0; ) {
          const half = (length + 1) >> 1;
          if (f32[firstCut + bin + half - 1] <= value) bin += half;
          length -= half;
        }
        if (Number.isNaN(value)) {
          bin = MISSING_U16;
          anyMissing = 1;
        }
        u16[(out + i * outStride) >> 1] = bin;
      }
      return anyMissing;
    },

    quantileBins(column, count, valueBins, _scratch, cuts, bins) {
      const { u8, f32, f64 } = memory;
      const ordered = new ColumnOrder(count).order(f64.subarray(column >> 3), 0);
      const own = quantileCuts(ordered.values, valueBins);
      f32.set(own, cuts >> 2);
      fillOrdered(ordered, own, u8.subarray(bins, bins + count));
      return own.length;
    },

    walk(nodes, values, defaults, roots, depths, treeCount, bins, binStride, count, anyMissing, out) {
      const { u8, u16, u32, f32, f64 } = memory;
      for (let tree = 0; tree < treeCount; tree++) {
        const root = u32[(roots >> 2) + tree];
        const depth = u32[(depths >> 2) + tree];
        for (let i = 0; i < count; i++) {
          const row = (bins + i * binStride) >> 1;
          let at = root;
          for (let d = 0; d < depth; d++) {
            const node = (nodes >> 2) + 2 * at;
            const slotAndCut = u32[node + 1];
            const bin = u16[row + (slotAndCut & 0xffff)];
            const missingLeft = anyMissing === 1 && bin === MISSING_U16 && u8[defaults + at] === 1;
            at = u32[node] + (bin > slotAndCut >>> 16 && !missingLeft ? 1 : 0);
          }
          f64[(out >> 3) + i] += f32[(values >> 2) + at];
        }
      }
    },
  };
}
