import { expect, test } from 'vitest';
import { createPrng } from '../../../random/prng.ts';
import { createWasmKernel } from './compiled.ts';
import { type Kernel, OWN_BYTES, quantileScratch } from './kernel.ts';
import { createReferenceKernel } from './reference.ts';

// Every function here in both kernels, the compiled one and the plain one.

const ROWS = 3001;
const AT = {
  first: OWN_BYTES,
  second: OWN_BYTES + 8 * (ROWS + 1),
  third: OWN_BYTES + 16 * (ROWS + 1),
  fourth: OWN_BYTES + 24 * (ROWS + 1),
  rows: OWN_BYTES + 32 * (ROWS + 1),
  others: OWN_BYTES + 36 * (ROWS + 1),
  result: OWN_BYTES + 40 * (ROWS + 1),
  scratch: OWN_BYTES + 48 * (ROWS + 1),
};
const END = AT.scratch + quantileScratch(ROWS);
const kernels = { compiled: createWasmKernel()!, reference: createReferenceKernel() };

/** What both kernels leave behind, from the same memory: whole numbers and floats of the first places, bit by bit. */
function both(
  fill: (memory: ReturnType<Kernel['reserve']>) => void,
  work: (kernel: Kernel) => unknown,
  bytes = AT.scratch,
) {
  return [kernels.compiled, kernels.reference].map((kernel) => {
    const memory = kernel.reserve(END);
    memory.u8.fill(0, 0, END);
    fill(memory);
    const given = work(kernel);
    return { given, left: Buffer.from(memory.u8.slice(OWN_BYTES, bytes)).toString('base64') };
  });
}

function expectSame([compiled, reference]: ReturnType<typeof both>): void {
  expect(compiled.given).toEqual(reference.given);
  expect(compiled.left === reference.left).toBe(true);
}

type Memory = ReturnType<Kernel['reserve']>;

/** Normal deviates in two arrays of values, and every second or third row listed. */
function filled(seed: number, every: number, positive = false) {
  return ({ f64, u32 }: Memory) => {
    const prng = createPrng(seed);
    for (let i = 0; i < ROWS; i++) {
      f64[(AT.first >> 3) + i] = prng.normal();
      f64[(AT.second >> 3) + i] = positive ? Math.abs(prng.normal()) : prng.normal();
      f64[(AT.third >> 3) + i] = prng.normal();
      u32[(AT.rows >> 2) + i] = Math.min(every * i, ROWS - 1);
    }
  };
}

test.each([1, 2, 3, 1000, ROWS])('take derivatives of %i rows alike', (count) => {
  expectSame(both(filled(1, 1), (k) => k.squaredDerivatives(AT.first, AT.second, count, 3.7, AT.third)));
  expectSame(
    both(filled(2, 1), (k) =>
      k.logisticDerivatives(AT.first, AT.second, count, 1, 1, 1e-16, AT.third, AT.fourth),
    ),
  );
  expectSame(
    both(filled(3, 1), (k) =>
      k.logisticDerivatives(AT.first, AT.second, count, 0.3, 2.9, 1e-16, AT.third, AT.fourth),
    ),
  );
});

test.each([
  ['ordinary', 4],
  ['large', 60],
  ['up to the ends of what a float holds', 760],
  ['hardly any', 1e-8],
])('take e to powers of %s size to the last bit', (_name, size) => {
  for (let seed = 1; seed <= 40; seed++) {
    const scores = ({ f64 }: Memory) => {
      const prng = createPrng(seed);
      for (let i = 0; i < ROWS; i++) f64[(AT.first >> 3) + i] = size * (2 * prng.float() - 1.05);
      // Where the algorithm takes another way, to either side.
      const ln2 = Math.LN2 / 2;
      const edges = [
        0,
        -0,
        1,
        -1,
        ln2,
        -ln2,
        3 * ln2,
        -3 * ln2,
        2 ** -28,
        -(2 ** -28),
        700,
        -700,
        -709.8,
        -744,
      ];
      const special = [
        ...edges,
        Number.NaN,
        Infinity,
        -Infinity,
        -709.7827128933841,
        -745.2,
        0.3465737,
        1.03972,
      ];
      special.forEach((x, i) => {
        f64[(AT.first >> 3) + 2 * i] = x;
      });
    };
    expectSame(
      both(scores, (k) => k.logisticDerivatives(AT.first, AT.second, ROWS, 1, 1, 0, AT.third, AT.fourth)),
    );
  }
});

test.each([
  ['all rows', 0, ROWS],
  ['all but one', 0, ROWS - 1],
  ['every second', AT.rows, 1500],
  ['an odd number', AT.rows, 1501],
  ['one', AT.rows, 1],
])('sum and quantize %s alike', (_name, rows, count) => {
  for (const hessians of [0, AT.second]) {
    const fill = (memory: Memory) => filled(count, 2, true)(memory);
    expectSame(both(fill, (k) => k.absoluteSums(rows, count, AT.first, hessians, AT.result)));
    expectSame(
      both(fill, (k) => k.quantize(rows, count, AT.first, 1e5, hessians, 1e-5, AT.fourth, AT.result)),
    );
  }
  const whole = (memory: Memory) => {
    filled(count, 2)(memory);
    for (let i = 0; i < ROWS; i++) memory.f64[(AT.second >> 3) + i] = 1 + (i % 5);
  };
  const [compiled] = both(whole, (k) => k.absoluteSums(rows, count, AT.first, AT.second, AT.result));
  expect(compiled.given).toBe(1);
  expectSame(both(whole, (k) => k.absoluteSums(rows, count, AT.first, AT.second, AT.result)));
  expectSame(both(whole, (k) => k.quantize(rows, count, AT.first, 1e5, AT.second, 1, AT.fourth, AT.result)));
});

/** A tree of five nodes: 0 splits into 1 and 2, 2 into 3 and 4. */
const TREE = {
  feature: AT.others,
  bin: AT.others + 32,
  left: AT.others + 64,
  from: AT.others + 96,
  to: AT.others + 128,
  missingLeft: AT.others + 160,
  count: 5,
};

/** Feature 0 sends bins up to 99 left, feature 1 those up to 149 and missing ones. */
function planted(memory: Memory): void {
  filled(4, 2)(memory);
  const { i32, u8 } = memory;
  i32.set([0, -1, 1, -1, -1], TREE.feature >> 2);
  i32.set([99, 0, 149], TREE.bin >> 2);
  i32.set([1, 0, 3], TREE.left >> 2);
  i32.set([0, 0, 400, 400, 1100], TREE.from >> 2);
  i32.set([1500, 400, 1500, 1100, 1500], TREE.to >> 2);
  u8.set([0, 0, 1], TREE.missingLeft);
  const prng = createPrng(12);
  for (let i = 0; i < 2 * ROWS; i++) u8[AT.fourth + i] = prng.int(256);
}

test('sum leaves and add them alike', () => {
  const { feature, from, to, count } = TREE;
  for (const hessians of [0, AT.second]) {
    const [compiled, reference] = both(planted, (k) => {
      k.leafSums(feature, from, to, count, AT.rows, AT.first, hessians, AT.third);
      const { f64, u32 } = k.reserve(END);
      const at = AT.third >> 3;
      let last = 0;
      for (let i = 1100; i < 1500; i++) last += f64[(AT.first >> 3) + u32[(AT.rows >> 2) + i]];
      return [f64[at + 8] - last, hessians === 0 ? f64[at + 9] : 0];
    });
    expectSame([compiled, reference]);
    expect(compiled.given).toEqual([0, 0]);
  }
  const [compiled, reference] = both(planted, (k) => {
    const { f64, u32 } = k.reserve(END);
    const row = u32[(AT.rows >> 2) + 500];
    const before = f64[(AT.first >> 3) + row];
    k.addLeaves(feature, from, to, count, AT.rows, AT.second, AT.first);
    return f64[(AT.first >> 3) + row] - (before + f64[(AT.second >> 3) + 3]);
  });
  expectSame([compiled, reference]);
  expect(compiled.given).toBe(0);
});

test('route rows alike, each to its leaf', () => {
  const { feature, bin, missingLeft, left, count, from, to } = TREE;
  const [compiled, reference] = both(planted, (k) => {
    const { u8, u32, i32 } = k.reserve(END);
    const columns: [number, number] = [AT.fourth, ROWS];
    k.routeRows(feature, bin, missingLeft, left, count, ...columns, AT.rows, 1500, from, to, AT.scratch);
    const leafOf = (row: number) => {
      if (u8[AT.fourth + row] <= 99) return 1;
      const value = u8[AT.fourth + ROWS + row];
      return value <= 149 || value === 255 ? 3 : 4;
    };
    return [1, 3, 4].flatMap((leaf) => {
      const rows = u32.slice(
        (AT.rows >> 2) + i32[(from >> 2) + leaf],
        (AT.rows >> 2) + i32[(to >> 2) + leaf],
      );
      return [rows.length, rows.filter((row) => leafOf(row) !== leaf).length];
    });
  });
  expectSame([compiled, reference]);
  const [first, , third, , fourth] = compiled.given as number[];
  expect(first! + third! + fourth!).toBe(1500);
  expect(compiled.given).toEqual([first, 0, third, 0, fourth, 0]);
});

test('list what a bootstrap drew alike', () => {
  for (const count of [1, 2, 1501]) {
    const fill = (memory: Memory) => {
      filled(13, 1)(memory);
      const prng = createPrng(14);
      for (let i = 0; i < count; i++) memory.f64[(AT.second >> 3) + i] = prng.int(3) * 0.7;
    };
    const found = [kernels.compiled, kernels.reference].map((k) => {
      const memory = k.reserve(END);
      fill(memory);
      const { f64, u32 } = memory;
      const drawn = k.bootstrap(AT.second, AT.first, count, 0.3, 1.7, AT.third, AT.rows, AT.others);
      const rows = [...u32.slice(AT.rows >> 2, (AT.rows >> 2) + drawn)];
      const others = [...u32.slice(AT.others >> 2, (AT.others >> 2) + count - drawn)];
      expect(rows.every((row) => f64[(AT.second >> 3) + row] > 0)).toBe(true);
      expect([...rows, ...others].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      return { rows, others, gradients: [...f64.slice(AT.third >> 3, (AT.third >> 3) + count)] };
    });
    expect(found[0]).toEqual(found[1]);
  }
});

test('sample rows alike, and list the others', () => {
  const draws = ({ f64 }: Memory) => createPrng(6).floats(f64.subarray(AT.first >> 3), 1000);
  for (const needed of [1, 500, 999, 1000]) {
    const taken = ({ u32 }: Memory, n: number) => [...u32.subarray(AT.rows >> 2, (AT.rows >> 2) + n)];
    const [compiled, reference] = [kernels.compiled, kernels.reference].map((kernel) => {
      const memory = kernel.reserve(END);
      draws(memory);
      const n = kernel.sampleRows(AT.first, 1000, 40, 1500, needed, AT.rows);
      const rows = taken(memory, n);
      kernel.outside(AT.rows, n, ROWS, AT.scratch, AT.others);
      const others = [...memory.u32.subarray(AT.others >> 2, (AT.others >> 2) + ROWS - n)];
      return { rows, others };
    });
    expect(compiled).toEqual(reference);
    expect(compiled.rows.length + compiled.others.length).toBe(ROWS);
    expect(new Set([...compiled.rows, ...compiled.others]).size).toBe(ROWS);
  }
});

test('sample one side alike', () => {
  for (const draws of [1, 30, 1000]) {
    const fill = (memory: Memory) => {
      filled(7, 1)(memory);
      createPrng(8).floats(memory.f64.subarray(AT.third >> 3), draws);
      memory.u32.set([5, 2000, 700], AT.result >> 2);
    };
    const [compiled, reference] = [kernels.compiled, kernels.reference].map((kernel) => {
      const memory = kernel.reserve(END);
      fill(memory);
      const next = kernel.oneSide(
        ...([11, ROWS, AT.third, draws, 1.1, 8, AT.first, AT.second, AT.rows, AT.result] as const),
      );
      const [count, small, needed] = memory.u32.subarray(AT.result >> 2, (AT.result >> 2) + 3);
      const values = [...memory.f64.subarray(AT.first >> 3, (AT.third >> 3) - 1)];
      return {
        next,
        count,
        small,
        needed,
        values,
        rows: [...memory.u32.subarray(AT.rows >> 2, (AT.rows >> 2) + count)],
      };
    });
    expect(compiled).toEqual(reference);
    // Five were taken before.
    expect(compiled.count).toBeGreaterThan(draws > 1 ? 5 : 4);
  }
});

test('find the k-th largest alike, and what is below it', () => {
  for (const k of [1, 2, 600, ROWS]) {
    const found = [kernels.compiled, kernels.reference].map((kernel) => {
      filled(9, 1)(kernel.reserve(END));
      kernel.magnitudes(AT.first, AT.second, ROWS, AT.fourth);
      const value = kernel.kthLargest(AT.fourth, ROWS, k);
      return [value, kernel.countBelow(AT.fourth, ROWS, value)];
    });
    expect(found[0]).toEqual(found[1]);
    expect(found[0][1]).toBe(ROWS - k);
  }
});

test.each([
  ['normal values', (x: number) => x],
  ['few distinct ones', (x: number) => Math.round(3 * x)],
  ['zeros of both signs', (x: number) => (x > 1 ? x : x > 0 ? 0 : -0)],
  ['many missing', (x: number) => (x > 0.5 ? x : Number.NaN)],
  ['none', () => Number.NaN],
  ['one', () => 3],
  ['the ends of what a float holds', (x: number) => (x > 1 ? Infinity : x < -1 ? -Infinity : 1e-45 * x)],
])('bin alike: %s', (_name, of) => {
  for (const count of [1, 2, 255, 1024, ROWS]) {
    for (const bins of [1, 2, 31, 255]) {
      const fill = (memory: Memory) => {
        filled(10, 1)(memory);
        for (let i = 0; i < ROWS; i++) memory.f64[(AT.first >> 3) + i] = of(memory.f64[(AT.first >> 3) + i]);
      };
      expectSame(both(fill, (k) => k.quantileBins(AT.first, count, bins, AT.scratch, AT.second, AT.third)));
    }
  }
});
