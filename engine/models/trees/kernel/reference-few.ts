import type { Kernel } from './kernel.ts';
import type { Memory } from './memory.ts';
import { BestSplit } from './reference-split.ts';

const MISSING = 255;

/** `bestSplitOfFew` in plain TypeScript. */
export function referenceOfFew(memoryNow: () => Memory): Kernel['bestSplitOfFew'] {
  return (
    columns,
    stride,
    rows,
    count,
    pairs,
    features,
    featureCount,
    _unit,
    gradient,
    hessian,
    lambda,
    alpha,
    minHessian,
    _scratch,
    out,
  ) => {
    const memory = memoryNow();
    const { u8, u32, i32 } = memory;
    const best = new BestSplit(gradient, hessian, lambda, alpha, minHessian);
    const nodeRows = u32.subarray(rows >> 2, (rows >> 2) + count);
    for (let k = 0; k < featureCount; k++) {
      const column = columns + u32[(features >> 2) + k] * stride;
      const binOf = (row: number) => u8[column + row];
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
    return best.write(memory, out);
  };
}
