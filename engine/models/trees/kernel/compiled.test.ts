import { describe, expect, test } from 'vitest';
import { createPrng, type Prng } from '../../../random/prng.ts';
import { moduleText } from '../../../wasm/testing/compile.ts';
import { createWasmKernel } from './compiled.ts';
import { bytesOfFew, type Kernel, OWN_BYTES } from './kernel.ts';
import type { Memory } from './memory.ts';
import { createReferenceKernel } from './reference.ts';

test('wasm.ts is what kernel.as compiles to', async () => {
  const text = await moduleText(
    new URL('kernel.as', import.meta.url),
    'engine/models/trees/kernel',
    'KERNEL_WASM',
  );
  await expect(text).toMatchFileSnapshot('./wasm.ts');
});

const ROWS = 500;
const FEATURES = 7;
const PADDED = 8;
const HISTOGRAMS = PADDED * 2048;

/** As many as `bestSplitOfFew` takes. */
const FEW = 256;

/** Bytes of a row of bins, and the step from one feature's place in it to the next. */
const LAYOUTS: readonly [rowBytes: number, step: number][] = [
  [8, 1],
  [40, 5],
  [320, 45],
];

/** Where each argument of the kernels stands in a memory that is filled alike for both. */
const AT = {
  columns: OWN_BYTES,
  rows: 8192,
  scratch: 16384,
  pairs: 24576,
  features: 33024,
  result: 33280,
  positions: 33536,
  parent: 40960,
  child: 40960 + HISTOGRAMS,
  values: 40960 + 2 * HISTOGRAMS,
  cuts: 40960 + 2 * HISTOGRAMS + 8 * ROWS,
  few: 40960 + 3 * HISTOGRAMS,
  byRow: 24576 + 8 * ROWS,
  wide: 40960 + 3 * HISTOGRAMS + 64 + 8 * FEW + bytesOfFew(FEW) * PADDED,
  end: 40960 + 3 * HISTOGRAMS + 64 + 8 * FEW + bytesOfFew(FEW) * PADDED + 320 * ROWS + 64,
};

interface Setting {
  readonly kernel: Kernel;
  readonly memory: Memory;
}

function setting(kernel: Kernel, seed: number, missingShare: number, hessianSpan: number): Setting {
  const memory = kernel.reserve(AT.end);
  memory.u8.fill(1, 0, AT.end);
  const prng = createPrng(seed);
  for (let f = 0; f < FEATURES; f++) {
    memory.u32[AT.features / 4 + f] = (f * 3) % FEATURES;
    const distinct = [1, 2, 20, 255][f % 4];
    for (let r = 0; r < ROWS; r++) {
      const missing = f % 2 === 0 && prng.float() < missingShare;
      memory.u8[AT.columns + f * ROWS + r] = missing ? 255 : prng.int(distinct);
    }
  }
  for (let r = 0; r < ROWS; r++) {
    for (let k = 0; k < PADDED; k++) {
      const f = memory.u32[AT.features / 4 + Math.min(k, FEATURES - 1)];
      memory.u8[AT.byRow + r * PADDED + k] = memory.u8[AT.columns + f * ROWS + r];
    }
    memory.u32[AT.rows / 4 + r] = r;
    memory.i32[AT.pairs / 4 + 2 * r] = 1 + prng.int(hessianSpan);
    memory.i32[AT.pairs / 4 + 2 * r + 1] = prng.int(4_000_000) - 2_000_000;
  }
  return { kernel, memory };
}

/** Lays the bins of all features out row by row, and lists where those of the list stand; returns what `bestSplitOfFew` is told. */
function layOut({ memory: { u8, u16, u32 } }: Setting, rowBytes: number, step: number): [number, number] {
  for (let r = 0; r < ROWS; r++) {
    u8.fill(77, AT.wide + r * rowBytes, AT.wide + (r + 1) * rowBytes);
    for (let f = 0; f < FEATURES; f++) {
      u8[AT.wide + r * rowBytes + f * step] = u8[AT.columns + f * ROWS + r];
    }
  }
  for (let k = 0; k < 16; k++) {
    u16[AT.positions / 2 + k] = step * u32[AT.features / 4 + Math.min(k, FEATURES - 1)];
  }
  return [AT.wide, rowBytes];
}

function draw(prng: Prng, { memory }: Setting, share = 0.4): number {
  let count = 0;
  for (let r = 0; r < ROWS; r++) if (prng.float() < share) memory.u32[AT.rows / 4 + count++] = r;
  return count;
}

function totals({ memory }: Setting, count: number): [gradient: number, hessian: number] {
  let gradient = 0;
  let hessian = 0;
  for (let i = 0; i < count; i++) {
    const row = memory.u32[AT.rows / 4 + i];
    hessian += memory.i32[AT.pairs / 4 + 2 * row];
    gradient += memory.i32[AT.pairs / 4 + 2 * row + 1];
  }
  return [gradient, hessian];
}

const kernels = { compiled: createWasmKernel()!, reference: createReferenceKernel() };

describe.each(['compiled', 'reference'] as const)('the %s kernel', (name) => {
  test('sums gradients by bin', () => {
    const s = setting(kernels[name], 1, 0.1, 3);
    const count = draw(createPrng(9), s);
    s.kernel.histograms(AT.columns, ROWS, AT.rows, count, AT.pairs, AT.features, FEATURES, AT.parent);
    for (let k = 0; k < FEATURES; k++) {
      const expected = new Int32Array(512);
      for (let i = 0; i < count; i++) {
        const row = s.memory.u32[AT.rows / 4 + i];
        const bin = s.memory.u8[AT.columns + ((k * 3) % FEATURES) * ROWS + row];
        expected[2 * bin] += s.memory.i32[AT.pairs / 4 + 2 * row];
        expected[2 * bin + 1] += s.memory.i32[AT.pairs / 4 + 2 * row + 1];
      }
      const found = expected.map((_, i) => {
        const at = AT.parent + (k >> 2) * 8192 + (i >> 1) * 32 + (k & 3) * 8 + (i & 1) * 4;
        return s.memory.i32[at / 4];
      });
      expect(found).toEqual(expected);
    }
  });

  test('takes the gradients of rows out as if they had never been summed up', () => {
    const s = setting(kernels[name], 6, 0.1, 3);
    const { memory } = s;
    const change = (of: 'histograms' | 'removeRows', from: number, count: number, out: number) =>
      s.kernel[of](
        AT.columns,
        ROWS,
        AT.rows + 4 * from,
        count,
        AT.pairs,
        AT.features,
        FEATURES,
        AT.parent + out,
      );
    change('histograms', 0, ROWS, 0);
    change('removeRows', 0, 137, 0);
    change('histograms', 137, ROWS - 137, HISTOGRAMS);
    const of = (out: number) => memory.u8.slice(AT.parent + out, AT.parent + out + HISTOGRAMS);
    expect(of(0)).toEqual(of(HISTOGRAMS));
    expect(of(0).some((byte) => byte !== 0)).toBe(true);
  });

  test('parts rows in order', () => {
    const s = setting(kernels[name], 2, 0.3, 1);
    const all = draw(createPrng(4), s);
    const rows = [...s.memory.u32.slice(AT.rows / 4, AT.rows / 4 + all)];
    for (const missingLeft of [0, 1]) {
      for (const [bin, count] of [
        [7, all],
        [7, 1],
        [7, 127],
        [7, 128],
        [7, 131],
        [0, 150],
        [254, 150],
      ] as const) {
        const before = rows.slice(0, count);
        s.memory.u32.set(before, AT.rows / 4);
        const column = AT.columns + 2 * ROWS;
        const isLeft = (row: number) => {
          const own = s.memory.u8[column + row];
          return own === 255 ? missingLeft === 1 : own <= bin;
        };
        const left = s.kernel.partition(column, AT.rows, count, bin, missingLeft, AT.scratch);
        const after = [...s.memory.u32.slice(AT.rows / 4, AT.rows / 4 + count)];
        expect(after).toEqual([...before.filter(isLeft), ...before.filter((row) => !isLeft(row))]);
        expect(left).toBe(before.filter(isLeft).length);
      }
    }
  });

  test('counts the cuts below a value, as float32', () => {
    const s = setting(kernels[name], 3, 0, 1);
    const { f32, f64, u16 } = s.memory;
    const values = [-5, 0.1, 0.1 + 1e-12, 3, 1e300, Number.NEGATIVE_INFINITY, Number.NaN, 2.999];
    f64.set(values, AT.values / 8);
    for (const cuts of [[], [0.1], [-5, 0.1, 3], [0, 1, 2, 3, 4, 5, 6]].map((c) => Float32Array.from(c))) {
      f32.set(cuts, AT.cuts / 4);
      const anyMissing = s.kernel.binColumn(AT.values, values.length, AT.cuts, cuts.length, AT.scratch, 6);
      expect(anyMissing).toBe(1);
      values.forEach((value, i) => {
        const expected = Number.isNaN(value)
          ? 65_535
          : cuts.filter((cut) => cut <= Math.fround(value)).length;
        expect(u16[(AT.scratch + 6 * i) / 2], `${value} among ${cuts}`).toBe(expected);
      });
      expect(s.kernel.binColumn(AT.values, 3, AT.cuts, cuts.length, AT.scratch, 2)).toBe(0);
    }
  });
});

describe('both kernels leave the same bytes', () => {
  test.each([
    ['whole rows', 0, 1, 0],
    ['missing values', 0.2, 1, 0],
    ['an L1 penalty', 0.2, 1, 3e6],
    ['hessians of any size', 0.1, 1_000_000, 0],
  ])('when they look for splits: %s', (_name, missing, hessianSpan, alpha) => {
    for (let seed = 1; seed <= 20; seed++) {
      const outcomes = [kernels.compiled, kernels.reference].map((kernel) => {
        const s = setting(kernel, seed, missing, hessianSpan);
        const build = (count: number, out: number) =>
          kernel.histograms(AT.columns, ROWS, AT.rows, count, AT.pairs, AT.features, FEATURES, out);
        build(ROWS, AT.parent);
        const whole = totals(s, ROWS);
        const count = draw(createPrng(seed), s);
        const part = totals(s, count);
        build(count, AT.child);
        kernel.subtract(AT.parent, AT.child, PADDED);
        const codes = [part, [whole[0] - part[0], whole[1] - part[1]]].flatMap(([gradient, hessian], i) => {
          const code = kernel.bestSplit(
            i === 0 ? AT.child : AT.parent,
            PADDED,
            gradient,
            hessian,
            seed % 3,
            alpha,
            1 + seed * hessianSpan,
            0,
            AT.scratch,
            AT.result,
          );
          return [code, ...s.memory.i32.slice(AT.result / 4, AT.result / 4 + 4)];
        });
        return { codes, histograms: s.memory.u8.slice(AT.parent, AT.parent + 2 * HISTOGRAMS) };
      });
      expect(outcomes[0]).toEqual(outcomes[1]);
      expect(outcomes[0].codes[0]).toBeGreaterThanOrEqual(0);
    }
  });

  test.each([
    ['whole rows', 0, 1, 0],
    ['missing values', 0.2, 1, 0],
    ['values hardly ever there', 0.97, 1, 0],
    ['an L1 penalty', 0.2, 1, 3e5],
    ['hessians of any size', 0.1, 1_000_000, 0],
  ])('with histograms and by sorting: %s', (_name, missing, hessianSpan, alpha) => {
    for (const share of [0.004, 0.01, 0.02, 0.06, 0.15, 0.3, 0.4, 1]) {
      for (let seed = 1; seed <= 12; seed++) {
        const outcomes = [kernels.compiled, kernels.reference].flatMap((kernel) => {
          const s = setting(kernel, seed, missing, hessianSpan);
          const count = Math.min(FEW, Math.max(2, draw(createPrng(seed), s, share)));
          // Few rows are split alike by several features; with an even seed the first of them counts.
          const rest: [number, number, number, number, number, number] = [
            ...totals(s, count),
            seed % 3,
            alpha,
            1 + (seed % 2) * hessianSpan,
            (seed % 2) * seed * 7919,
          ];
          const found = (code: number) => [code, ...s.memory.i32.slice(AT.result / 4, AT.result / 4 + 4)];
          const list: [number, number] = [AT.features, FEATURES];
          kernel.histograms(AT.columns, ROWS, AT.rows, count, AT.pairs, ...list, AT.parent);
          const summed = found(kernel.bestSplit(AT.parent, PADDED, ...rest, AT.scratch, AT.result));
          const unit = hessianSpan === 1 ? 1 : 0;
          const place: [number, number, number] = [AT.rows, count, AT.pairs];
          const end: [number, number] = [AT.few, AT.result];
          const ofFew = (byRow: [number, number], positions: number) =>
            found(kernel.bestSplitOfFew(...byRow, ...place, positions, FEATURES, unit, ...rest, ...end));
          return [
            summed,
            ofFew([AT.byRow, PADDED], 0),
            ...LAYOUTS.map((layout) => ofFew(layOut(s, ...layout), AT.positions)),
          ];
        });
        for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
      }
    }
  });

  test.each([
    ['whole rows', 0, 0],
    ['missing values', 0.2, 0],
    ['values hardly ever there', 0.99, 0],
    ['an L1 penalty', 0.2, 3e5],
  ])('with histograms and in the order of all rows: %s', (_name, missing, alpha) => {
    for (const count of [2, 3, 17, 80, 256, ROWS]) {
      for (let seed = 1; seed <= 8; seed++) {
        const outcomes = [kernels.compiled, kernels.reference].flatMap((kernel) => {
          const s = setting(kernel, seed, missing, 1);
          const [gradient] = totals(s, count);
          const limits: [number, number, number, number] = [
            seed % 3,
            alpha,
            1 + (seed % 2) * Math.floor(count / 8),
            (seed % 2) * seed * 7919,
          ];
          const end: [number, number] = [AT.few, AT.result];
          const list: [number, number] = [AT.features, FEATURES];
          const found = (code: number) => [code, ...s.memory.i32.slice(AT.result / 4, AT.result / 4 + 4)];
          kernel.histograms(AT.columns, ROWS, AT.rows, count, AT.pairs, ...list, AT.parent);
          const summed = found(kernel.bestSplit(AT.parent, PADDED, gradient, count, ...limits, ...end));
          const order: [number, number] = [AT.parent, AT.child];
          kernel.sortAll(AT.columns, ROWS, count, ...list, ...order, AT.few);
          const place: [number, number, number, number] = [AT.columns, ROWS, ...order];
          return [
            summed,
            found(kernel.bestSplitOfAll(...place, count, AT.pairs, ...list, gradient, ...limits, ...end)),
          ];
        });
        for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
      }
    }
  });
});

describe('the compiled kernel, where it sorts rows,', () => {
  test('splits any number of them as with histograms', () => {
    const s = setting(kernels.compiled, 5, 0, 1);
    const { kernel, memory } = s;
    const list: [number, number] = [AT.features, FEATURES];
    for (let count = 2; count <= FEW; count++) {
      const [gradient] = totals(s, count);
      const rest: [number, number, number, number, number] = [gradient, count, 0, 0, 1];
      const end: [number, number, number] = [0, AT.few, AT.result];
      const found = (code: number) => [code, ...memory.i32.slice(AT.result / 4, AT.result / 4 + 4)];
      kernel.histograms(AT.columns, ROWS, AT.rows, count, AT.pairs, ...list, AT.parent);
      const summed = found(kernel.bestSplit(AT.parent, PADDED, ...rest, ...end));
      const place: [number, number, number, number, number] = [AT.byRow, PADDED, AT.rows, count, AT.pairs];
      expect(found(kernel.bestSplitOfFew(...place, 0, FEATURES, 1, ...rest, ...end))).toEqual(summed);
    }
  });

  test('of features that split alike, each is drawn as often', () => {
    const { kernel, memory } = setting(kernels.compiled, 1, 0, 1);
    for (let r = 0; r < 4; r++) memory.u8.fill(r, AT.byRow + r * PADDED, AT.byRow + (r + 1) * PADDED);
    const [gradient] = totals({ kernel, memory }, 4);
    const hits = new Uint32Array(FEATURES);
    const draws = 7000;
    for (let draw = 0; draw < draws; draw++) {
      const place: [number, number, number, number, number] = [AT.byRow, PADDED, AT.rows, 4, AT.pairs];
      const ties = draw === 0 ? 0 : (draw * 0x9e3779b1) >>> 0;
      const limits: [number, number, number, number] = [0, 0, 1, ties];
      const end: [number, number] = [AT.few, AT.result];
      const code = kernel.bestSplitOfFew(...place, 0, FEATURES, 1, gradient, 4, ...limits, ...end);
      if (draw === 0) expect(code >> 9).toBe(0);
      hits[code >> 9]++;
    }
    // 1,000 expected each, standard deviation 29.
    expect(Math.min(...hits)).toBeGreaterThan(1000 - 5 * 29);
    expect(Math.max(...hits)).toBeLessThan(1000 + 5 * 29);
  });
});
