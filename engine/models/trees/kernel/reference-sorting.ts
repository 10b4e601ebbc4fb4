import type { Kernel } from './kernel.ts';
import type { Memory } from './memory.ts';
import { BestSplit } from './reference-split.ts';

const MISSING = 255;

interface NodeData {
  readonly pairs: number;
  readonly featureCount: number;
  /** Bin of the list's k-th feature in a row. */
  readonly binOf: (k: number, row: number) => number;
}

/** Compares all splits of a node's rows, feature by feature in the order of their bins. */
function considerAll(memory: Memory, nodeRows: Uint32Array, data: NodeData, best: BestSplit): void {
  const { i32 } = memory;
  const { pairs, featureCount } = data;
  for (let k = 0; k < featureCount; k++) {
    const binOf = (row: number) => data.binOf(k, row);
    const missing = nodeRows.filter((row) => binOf(row) === MISSING);
    const values = nodeRows.filter((row) => binOf(row) !== MISSING).sort((a, b) => binOf(a) - binOf(b));
    for (let missingLeft = 0; missingLeft <= (missing.length > 0 ? 1 : 0); missingLeft++) {
      let gradientLeft = 0;
      let hessianLeft = 0;
      const add = (row: number) => {
        hessianLeft += i32[(pairs >> 2) + 2 * row];
        gradientLeft += i32[(pairs >> 2) + 2 * row + 1];
      };
      if (missingLeft === 1) missing.forEach(add);
      values.forEach((row, i) => {
        add(row);
        if (i + 1 < values.length && binOf(values[i + 1]) === binOf(row)) return;
        best.consider((k << 9) | (missingLeft << 8) | binOf(row), gradientLeft, hessianLeft);
      });
    }
  }
}

/** The kernel's functions that sort rows, in plain TypeScript. */
export function referenceOfSorting(
  memoryNow: () => Memory,
): Pick<Kernel, 'bestSplitOfFew' | 'sortAll' | 'bestSplitOfAll'> {
  return {
    bestSplitOfFew(
      byRow,
      rowBytes,
      rows,
      count,
      pairs,
      positions,
      featureCount,
      _unit,
      gradient,
      hessian,
      lambda,
      alpha,
      minHessian,
      ties,
      _scratch,
      out,
    ) {
      const memory = memoryNow();
      const best = new BestSplit(gradient, hessian, lambda, alpha, minHessian, ties);
      const nodeRows = memory.u32.subarray(rows >> 2, (rows >> 2) + count);
      const { u8, u16 } = memory;
      const binOf = (k: number, row: number) =>
        u8[byRow + row * rowBytes + (positions === 0 ? k : u16[(positions >> 1) + k])];
      considerAll(memory, nodeRows, { pairs, featureCount, binOf }, best);
      return best.write(memory, out);
    },

    sortAll(columns, stride, count, features, featureCount, order, last) {
      const { u8, u16, u32 } = memoryNow();
      const width = (featureCount + 7) & ~7;
      for (let k = 0; k < width; k++) {
        const column = columns + u32[(features >> 2) + Math.min(k, featureCount - 1)] * stride;
        const sorted = Array.from({ length: count }, (_, row) => row);
        sorted.sort((a, b) => u8[column + a] - u8[column + b] || a - b);
        sorted.forEach((row, place) => {
          const changes = place + 1 < count && u8[column + sorted[place + 1]] !== u8[column + row];
          u16[(order >> 1) + place * width + k] = row;
          u16[(last >> 1) + place * width + k] = changes ? 0xffff : 0;
        });
      }
    },

    bestSplitOfAll(
      columns,
      stride,
      _order,
      _last,
      count,
      pairs,
      features,
      featureCount,
      gradient,
      lambda,
      alpha,
      minHessian,
      ties,
      _scratch,
      out,
    ) {
      const memory = memoryNow();
      const best = new BestSplit(gradient, count, lambda, alpha, minHessian, ties);
      const allRows = Uint32Array.from({ length: count }, (_, row) => row);
      const { u8, u32 } = memory;
      const binOf = (k: number, row: number) => u8[columns + u32[(features >> 2) + k] * stride + row];
      considerAll(memory, allRows, { pairs, featureCount, binOf }, best);
      return best.write(memory, out);
    },
  };
}
