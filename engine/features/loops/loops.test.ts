import { describe, expect, test } from 'vitest';
import { ENCODERS } from '../../contract/words.ts';
import { createPrng, type Prng } from '../../random/prng.ts';
import { moduleText } from '../../wasm/testing/compile.ts';
import { type FeatureRequest, rollFeatures } from '../build.ts';
import type { FeatureRollout } from '../matrix.ts';
import { flatCandles, randomCandles, resample, scaleCandles } from '../testing/candles.ts';
import { defaultIndicatorTimeframes } from '../timeframes.ts';
import { compiledLoops } from './compiled.ts';
import type { LaneLoops, LanesInLoops } from './lane-loops.ts';
import { demandOf, fastestLoops } from './loops.ts';
import { PLAIN, plainLoops } from './plain.ts';

test('wasm.ts is what loops.as compiles to', async () => {
  const text = await moduleText(new URL('loops.as', import.meta.url), 'engine/features/loops', 'LOOPS_WASM');
  await expect(text).toMatchFileSnapshot('./wasm.ts');
});

type LoopName = Exclude<keyof typeof PLAIN, 'sumTerms'>;
const LOOPS = Object.keys(PLAIN).filter((name): name is LoopName => name !== 'sumTerms');

/** Where a loop takes a number instead of an array. */
const NUMBERS: Readonly<Partial<Record<LoopName, readonly [index: number, value: number]>>> = {
  appendBars: [2, 0.0125],
  extendMoments: [1, 1 / 3],
  smooth: [1, 2 / 21],
  bands: [2, 2],
  weightedMean: [3, 20],
};

const DRAWS: readonly ((prng: Prng) => number)[] = [
  (prng) => prng.normal(),
  (prng) => 1.1 + 1e-3 * prng.normal(),
  // Often equal, often 0: what divides by a range or a volume of 0, and ties.
  (prng) => Math.round(prng.normal()),
  (prng) => 0 * prng.normal(),
  (prng) => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e-310, 5e-324, -0];
    return prng.float() < 0.3 ? odd[prng.int(odd.length)]! : prng.normal();
  },
];

/** Calls a loop on the same numbers wherever `loops` keeps them, and gives all arrays afterwards. */
function run(loops: LaneLoops, name: LoopName, lanes: number, seed: number): Float64Array[] {
  const prng = createPrng(seed);
  const loop = loops[name] as (...values: unknown[]) => void;
  const [numberAt, value] = NUMBERS[name] ?? [-1, 0];
  const values = Array.from({ length: PLAIN[name].length }, (_, k) => {
    if (k === numberAt) return value;
    const array = loops.floats(lanes);
    const draw = DRAWS[(seed + (seed % 3 === 0 ? k : 0)) % DRAWS.length]!;
    for (let i = 0; i < lanes; i++) array[i] = draw(prng);
    return array;
  });
  loop(...values);
  return values.filter((x): x is Float64Array => x instanceof Float64Array);
}

function compiled(): LaneLoops {
  const loops = compiledLoops(12, 12 * 64);
  if (loops === undefined) throw new Error('expected WebAssembly SIMD');
  return loops;
}

describe('a compiled loop gives bit for bit what the plain one gives', () => {
  test.each(LOOPS)('%s', (name) => {
    for (let seed = 1; seed <= 60; seed++) {
      const lanes = 1 + createPrng(seed).int(40);
      expect(run(compiled(), name, lanes, seed)).toEqual(run(plainLoops(), name, lanes, seed));
    }
  });

  test('sumTerms, of some columns and of none', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const prng = createPrng(seed);
      const lanes = 1 + prng.int(40);
      const columns = 1 + prng.int(9);
      const used = Uint32Array.from({ length: columns }, (_, j) => j).filter(() => prng.float() < 0.7);
      const terms = {
        used,
        coefficients: Float64Array.from(used, () => prng.normal()),
        means: Float64Array.from(used, () => prng.normal()),
        intercept: prng.normal(),
      };
      const rows = Array.from({ length: columns }, () =>
        Float64Array.from({ length: lanes }, () => prng.normal()),
      );
      const [wanted, found] = [plainLoops(), compiledLoops(11, 9 * 40 + 3 * 9 + 40)!].map((loops) => {
        const placed = rows.map((row) => {
          const column = loops.floats(lanes);
          column.set(row);
          return column;
        });
        const out = loops.floats(lanes);
        loops.sumTerms(placed, terms, loops.floats(3 * columns), out);
        return out;
      });
      expect(found).toEqual(wanted);
    }
  });

  test('exp, for every size of a return, and over the borders between its parts', () => {
    const prng = createPrng(1);
    const borders = [0x3e300000, 0x3fd62e42, 0x3fd62e43, 0x3ff0a2b2].map((high) => {
      return new Float64Array(Uint32Array.of(0, high).buffer)[0]!;
    });
    const near = borders.flatMap((x) => [x, x * (1 + 2 ** -52), x * (1 - 2 ** -53)]);
    const x = [...near, ...near.map((value) => -value), 0, -0, 1, 710, -746];
    for (let exponent = -70; exponent < -2; exponent++) {
      for (let k = 0; k < 3000; k++)
        x.push((prng.float() < 0.5 ? -1 : 1) * 2 ** exponent * (1 + prng.float()));
    }
    const exps = (values: readonly number[]) => {
      const loops = compiledLoops(2, 2 * values.length)!;
      const [given, out] = [loops.floats(values.length), loops.floats(values.length)];
      given.set(values);
      loops.exp(given, out);
      return [...out];
    };
    // Alone, as one that is beyond what is compiled takes all others of its call with it.
    for (const value of x.slice(0, 1000)) expect(exps([value])).toEqual([Math.exp(value)]);
    expect(exps(x.slice(1000))).toEqual(x.slice(1000).map(Math.exp));
  });
});

const bars = randomCandles(955, 1);

describe.each(ENCODERS)('a whole rollout, encoded as %s', (encoder) => {
  test.each([
    ['of a walk', bars],
    ['without volume', scaleCandles(bars, 1, 0)],
    ['of prices that do not move', flatCandles(bars, 1.1)],
  ])('%s, is the same in both', (_name, candles) => {
    const request: FeatureRequest = {
      candles,
      encoder,
      indicatorTimeframes: {
        ...defaultIndicatorTimeframes('H1'),
        volume_sma: ['H1', 'H4'],
        obv: ['H1', 'H4'],
      },
      higher: new Map([['H4', resample(candles, 'H4')]]),
      fitEnd: 600,
    };
    for (const count of [1, 2, 77]) {
      const rolled = {
        lanes: { first: candles.length - count, count },
        nextBarTime: (time: number) => time + 3_600_000,
      };
      const wanted = rollFeatures(request, { ...rolled, inLoops: plainLoops }).rollout;
      const found = rollFeatures(request, rolled).rollout;
      const prng = createPrng(2);
      for (let pass = 0; pass < 2; pass++) {
        for (const rollout of [wanted, found]) rollout.reset();
        expect(found.columns).toEqual(wanted.columns);
        for (let step = 1; step <= 12; step++) {
          const returns = Float64Array.from({ length: count }, () => 1e-3 * prng.normal());
          // Beyond what is compiled.
          if (step === 9) returns[0] = 0.4;
          for (const rollout of [wanted, found]) rollout.advance(returns);
          expect(found.columns).toEqual(wanted.columns);
          expect(sumsOf(found)).toEqual(sumsOf(wanted));
        }
      }
    }
  });
});

function sumsOf(rollout: FeatureRollout): Float64Array {
  const used = Uint32Array.from(rollout.columns, (_, j) => j);
  const ones = new Float64Array(used.length).fill(1);
  const out = new Float64Array(rollout.columns[0]!.length);
  rollout.weightedSum({ used, coefficients: ones, means: ones, intercept: 1 }, out);
  return out;
}

test('what is repeated is what was done, of more lanes than a part has', () => {
  const lanes = 2500;
  const loops = compiledLoops(4, 4 * lanes)!;
  const [x, y, sum, kept] = [1, 2, 3, 4].map(() => loops.floats(lanes));
  const draw = (prng: Prng) => {
    for (let i = 0; i < lanes; i++) x![i] = prng.normal();
    y!.set(x!.subarray(1));
  };
  let calls = 0;
  const work = () => {
    calls++;
    loops.once(() => loops.copy(x!, kept!));
    loops.smooth(x!, 0.25, y!);
    loops.add(x!, y!, sum!);
  };
  for (let pass = 0; pass < 4; pass++) {
    draw(createPrng(pass));
    const first = x!.slice();
    const smoothed = y!.map((value, i) => value + (first[i]! - value) * 0.25);
    loops.repeat(1, work);
    expect(y).toEqual(smoothed);
    expect(sum).toEqual(smoothed.map((value, i) => value + first[i]!));
    expect(kept![lanes - 1] === first[lanes - 1]).toBe(pass === 0);
  }
  expect(calls).toBe(1);
  loops.forget();
  loops.repeat(1, work);
  expect(calls).toBe(2);
  expect(kept).toEqual(x);
});

test('a step of more loops than there is room for is done loop by loop', () => {
  const loops = compiledLoops(2, 8)!;
  const [x, sum] = [loops.floats(3), loops.floats(3)];
  x.fill(1);
  for (let pass = 1; pass <= 3; pass++) {
    loops.repeat(1, () => {
      for (let i = 0; i < 4000; i++) loops.add(x, sum, sum);
    });
    expect([...sum]).toEqual([4000 * pass, 4000 * pass, 4000 * pass]);
  }
});

test('a demand is that of a lane, times the lanes', () => {
  const made: number[] = [];
  const make = ({ lanes: { count }, loops }: LanesInLoops) => {
    made.push(count);
    return [loops.floats(21 + count), loops.floats(3 * count), loops.floats(count)];
  };
  const demand = demandOf(make);
  expect(made).toEqual([1, 2]);
  expect(demand.arrays).toBe(3);
  expect(demand.floats(5)).toBe(26 + 15 + 5);
  const arrays = make({ lanes: { first: 0, count: 5 }, loops: fastestLoops(5, demand) });
  expect(arrays.map(({ length }) => length)).toEqual([26, 15, 5]);
  expect(arrays[1]!.byteOffset).toBeGreaterThanOrEqual(arrays[0]!.byteOffset + 8 * 26);
});
