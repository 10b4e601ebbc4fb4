import type { Memory } from './memory.ts';
import type { RoundKernel } from './rounds.ts';

/** The functions of a round in plain TypeScript. */
export function referenceOfRounds(
  memory: () => Memory,
): Omit<RoundKernel, 'leafSums' | 'addLeaves' | 'routeRows' | 'bootstrap'> {
  const rowOf = (rows: number, i: number) => (rows === 0 ? i : memory().u32[(rows >> 2) + i]);

  return {
    squaredDerivatives(scores, labels, count, perUnit, gradients) {
      const { f64 } = memory();
      for (let i = 0; i < count; i++) {
        f64[(gradients >> 3) + i] = (f64[(scores >> 3) + i] - f64[(labels >> 3) + i]) * perUnit;
      }
    },

    logisticDerivatives(scores, labels, count, negative, positive, leastHessian, gradients, hessians) {
      const { f64 } = memory();
      for (let i = 0; i < count; i++) {
        const p = 1 / (1 + Math.exp(-f64[(scores >> 3) + i]));
        const isPositive = f64[(labels >> 3) + i] > 0;
        const weight = isPositive ? positive : negative;
        f64[(gradients >> 3) + i] = weight * (p - (isPositive ? 1 : 0));
        f64[(hessians >> 3) + i] = weight * Math.max(p * (1 - p), leastHessian);
      }
    },

    absoluteSums(rows, count, gradients, hessians, out) {
      const { f64 } = memory();
      let absolute = 0;
      let total = 0;
      let whole = 1;
      for (let i = 0; i < count; i++) {
        const row = rowOf(rows, i);
        absolute += Math.abs(f64[(gradients >> 3) + row]);
        if (hessians === 0) continue;
        const hessian = f64[(hessians >> 3) + row];
        total += hessian;
        if (!Number.isInteger(hessian)) whole = 0;
      }
      f64[out >> 3] = absolute;
      f64[(out >> 3) + 1] = total;
      return whole;
    },

    quantize(rows, count, gradients, perGradient, hessians, hessianStep, pairs, out) {
      const { f64, i32 } = memory();
      let gradientSum = 0;
      let hessianSum = 0;
      for (let i = 0; i < count; i++) {
        const row = rowOf(rows, i);
        const gradient = Math.floor(f64[(gradients >> 3) + row] * perGradient + 0.5);
        const steps = hessians === 0 ? 1 : f64[(hessians >> 3) + row] / hessianStep;
        const hessian = Math.max(1, Math.floor(steps + 0.5));
        i32[(pairs >> 2) + 2 * row] = hessian;
        i32[(pairs >> 2) + 2 * row + 1] = gradient;
        gradientSum += gradient;
        hessianSum += hessian;
      }
      i32[out >> 2] = hessianSum;
      i32[(out >> 2) + 1] = gradientSum;
    },

    sampleRows(draws, drawCount, from, total, needed, out) {
      const { f64, u32 } = memory();
      let taken = 0;
      for (let i = 0; i < drawCount; i++) {
        u32[(out >> 2) + taken] = from + i;
        if ((total - from - i) * f64[(draws >> 3) + i] < needed - taken) taken++;
      }
      return taken;
    },

    oneSide(first, rowCount, draws, drawCount, threshold, weight, gradients, hessians, rows, state) {
      const { f64, u32 } = memory();
      let [count, small, needed] = u32.subarray(state >> 2, (state >> 2) + 3);
      let drawn = 0;
      let row = first;
      for (; row < rowCount && drawn < drawCount; row++) {
        const gradient = (gradients >> 3) + row;
        const hessian = (hessians >> 3) + row;
        let isTaken = true;
        if (Math.abs(f64[gradient] * f64[hessian]) < threshold) {
          isTaken = small * f64[(draws >> 3) + drawn++] < needed;
          small--;
          if (isTaken) {
            f64[gradient] *= weight;
            f64[hessian] *= weight;
            needed--;
          }
        }
        if (isTaken) u32[(rows >> 2) + count++] = row;
      }
      u32.set([count, small, needed], state >> 2);
      return row;
    },

    magnitudes(gradients, hessians, count, out) {
      const { f64 } = memory();
      for (let i = 0; i < count; i++) {
        f64[(out >> 3) + i] = Math.abs(f64[(gradients >> 3) + i] * f64[(hessians >> 3) + i]);
      }
    },

    kthLargest: (values, count, k) =>
      memory()
        .f64.subarray(values >> 3, (values >> 3) + count)
        .sort()
        .at(-k)!,

    countBelow: (values, count, limit) =>
      memory()
        .f64.subarray(values >> 3, (values >> 3) + count)
        .reduce((below, value) => below + (value < limit ? 1 : 0), 0),

    outside(rows, count, rowCount, _scratch, others) {
      const { u32 } = memory();
      const listed = new Set(u32.subarray(rows >> 2, (rows >> 2) + count));
      let at = others >> 2;
      for (let row = 0; row < rowCount; row++) if (!listed.has(row)) u32[at++] = row;
    },
  };
}
