import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENSEMBLE_METHODS } from '../contract/words.ts';
import { MemberCombiner, STACKING_PENALTY } from './combine.ts';

const LANES = 90;
const MEMBERS = 3;
/** In steps of 1/1024, so that sums of squared errors are exact, whatever the order of adding. */
const number = fc.integer({ min: -1024, max: 1024 }).map((step) => step / 1024);
const series = fc
  .array(number, { minLength: LANES, maxLength: LANES })
  .map((list) => Float64Array.from(list));
const arbitrary = fc.record({
  forecasts: fc.array(series, { minLength: MEMBERS, maxLength: MEMBERS }),
  outcomes: series,
  horizon: fc.integer({ min: 1, max: 12 }),
  lookback: fc.integer({ min: 20, max: 60 }),
});

/** Outcomes as they are delivered: unknown at the end. */
function known(outcomes: Float64Array, horizon: number): Float64Array {
  return outcomes.map((y, lane) => (lane < LANES - 1 - horizon ? y : NaN));
}

/** Lanes whose outcome is known at the close of `lane`, the latest `lookback` of them. */
function knownLanes(lane: number, horizon: number, lookback: number): number[] {
  const all = Array.from({ length: Math.max(0, lane - horizon) }, (_, i) => i);
  return all.slice(-lookback);
}

describe('mean', () => {
  test('is there where no outcome is known', () => {
    const combiner = new MemberCombiner(2, 2);
    combiner.load([Float64Array.of(1, 2), Float64Array.of(4, -2)], Float64Array.of(NaN, NaN), 3);
    const out = new Float64Array(2);
    combiner.combine('mean', 50, out);
    expect([...out]).toEqual([2.5, 0]);
  });

  test('asks for no outcome, however many are known, and reads nothing from its buffers', () => {
    const perfect = Float64Array.from({ length: LANES }, (_, i) => Math.sin(i));
    const poor = perfect.map((x) => x + 1);
    const combiner = new MemberCombiner(LANES, 2);
    combiner.load([perfect, poor], perfect, 1);
    const out = new Float64Array(LANES).fill(7);
    for (const before of ['stacking', 'weighted', 'mean'] as const) {
      combiner.combine(before, 20, out);
      combiner.combine('mean', 20, out);
      out.forEach((p, lane) => {
        expect(p).toBeCloseTo(perfect[lane] + 0.5, 14);
      });
      expect(combiner.weights.every((weight) => weight === 0.5)).toBe(true);
    }
  });
});

describe('weighted', () => {
  test('weighs by the inverse mean squared error of known outcomes, from 20 of them on', () => {
    const combiner = new MemberCombiner(LANES, MEMBERS);
    fc.assert(
      fc.property(arbitrary, ({ forecasts, outcomes, horizon, lookback }) => {
        const out = new Float64Array(LANES);
        combiner.load(forecasts, known(outcomes, horizon), horizon);
        combiner.combine('weighted', lookback, out);
        for (let lane = 0; lane < LANES; lane++) {
          const past = knownLanes(lane, horizon, lookback);
          if (past.length < 20) {
            expect(out[lane]).toBeNaN();
            continue;
          }
          const errors = forecasts.map(
            (x) => past.reduce((sum, i) => sum + (x[i] - outcomes[i]) ** 2, 0) / past.length,
          );
          const average = errors.reduce((a, b) => a + b) / MEMBERS;
          // Members that never erred are alike; one that never did among others has a trillionth of their error.
          const inverse = errors.map((e) => (average === 0 ? 1 : 1 / Math.max(e, 1e-12 * average)));
          const total = inverse.reduce((a, b) => a + b);
          const expected = forecasts.reduce((sum, x, k) => sum + (inverse[k] / total) * x[lane], 0);
          expect(out[lane]).toBeCloseTo(expected, 10);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('members without error share the weight, and members alike have the same', () => {
    const perfect = Float64Array.from({ length: LANES }, (_, i) => Math.sin(i));
    const poor = perfect.map((x) => x + 1);
    const combiner = new MemberCombiner(LANES, MEMBERS);
    combiner.load([perfect, poor, perfect], perfect, 1);
    const out = new Float64Array(LANES);
    combiner.combine('weighted', 50, out);
    expect(combiner.weights[60 * MEMBERS]).toBeCloseTo(0.5, 9);
    expect(combiner.weights[60 * MEMBERS + 1]).toBeCloseTo(0, 9);
    combiner.load([perfect, perfect, perfect], perfect, 1);
    combiner.combine('weighted', 50, out);
    expect([...combiner.weights.subarray(60 * MEMBERS, 61 * MEMBERS)]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test('a member without error counts as if it had a trillionth of the average one', () => {
    const outcomes = Float64Array.from({ length: LANES }, (_, i) => Math.sin(i));
    const combiner = new MemberCombiner(LANES, 2);
    combiner.load([outcomes, outcomes.map((y) => y + 3)], outcomes, 1);
    const out = new Float64Array(LANES);
    combiner.combine('stacking', 50, out); // leaves its own sums behind
    combiner.combine('weighted', 50, out);
    // Mean squared errors 0, taken as 1e-12 * (0 + 9) / 2, and 9.
    const [a, b] = [1 / 4.5e-12, 1 / 9];
    for (let lane = 40; lane < LANES; lane++) {
      expect(combiner.weights[2 * lane] - a / (a + b)).toBeCloseTo(0, 14);
      expect(combiner.weights[2 * lane + 1] / (b / (a + b))).toBeCloseTo(1, 9);
    }
  });

  test('has no weights before its first forecast, and none at all with a lookback of fewer than 20', () => {
    const forecast = Float64Array.from({ length: LANES }, (_, i) => Math.cos(i));
    const combiner = new MemberCombiner(LANES, 2);
    combiner.load([forecast, forecast], new Float64Array(LANES), 4);
    const out = new Float64Array(LANES);
    const lanesWithout = (lookback: number) => {
      combiner.combine('mean', lookback, out); // leaves its own weights behind
      combiner.combine('weighted', lookback, out);
      const empty = [...out.keys()].filter((lane) => Number.isNaN(out[lane]));
      expect(combiner.weights.every((w, i) => w === (Number.isNaN(out[i >> 1]) ? 0 : 0.5))).toBe(true);
      return empty.length;
    };
    expect(lanesWithout(20)).toBe(4 + 20);
    expect(lanesWithout(19)).toBe(LANES);
  });

  test('errors too large to add up leave the weights of earlier lanes as they are', () => {
    const outcomes = Float64Array.from({ length: LANES }, (_, i) => Math.sin(i));
    const poor = outcomes.map((y, i) => (i === 70 ? 1e200 : y + 1));
    const combiner = new MemberCombiner(LANES, 2);
    combiner.load([outcomes.map((y) => y + 0.5), poor], outcomes, 1);
    const out = new Float64Array(LANES);
    combiner.combine('weighted', 50, out);
    for (let lane = 25; lane < LANES; lane++) {
      expect(combiner.weights[2 * lane]).toBeCloseTo(lane < 72 ? 0.8 : 0.5, 12);
    }
  });

  test('errors too large to add up leave the members equal', () => {
    const wild = new Float64Array(LANES).fill(1e200);
    const combiner = new MemberCombiner(LANES, 1);
    combiner.load([wild], new Float64Array(LANES), 1);
    const out = new Float64Array(LANES);
    combiner.combine('weighted', 50, out);
    expect(out[50]).toBe(1e200);
  });
});

/** Minimizes sum (y - a - X b)^2 + penalty * |b|^2 by Gaussian elimination with the intercept as a column of its own. */
function ridgeSlopes(x: number[][], y: number[]): number[] {
  const size = x[0].length;
  const center = (values: number[]) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return values.map((v) => v - mean);
  };
  const scatter = x[0].map((_, k) => center(x.map((row) => row[k])).reduce((sum, v) => sum + v * v, 0));
  const penalty = (STACKING_PENALTY * scatter.reduce((a, b) => a + b, 0)) / size;
  const design = x.map((row) => [...row, 1]);
  const system = design[0].map((_, i) => [
    ...design[0].map(
      (_, j) => design.reduce((sum, row) => sum + row[i] * row[j], 0) + (i === j && i < size ? penalty : 0),
    ),
    design.reduce((sum, row, r) => sum + row[i] * y[r], 0),
  ]);
  for (let i = 0; i <= size; i++) {
    for (let r = 0; r <= size; r++) {
      if (r === i) continue;
      const factor = system[r][i] / system[i][i];
      system[r] = system[r].map((v, c) => v - factor * system[i][c]);
    }
  }
  return system.slice(0, size).map((row, i) => row[size + 1] / row[i]);
}

describe('stacking', () => {
  test('regresses outcomes on forecasts every ten bars, the mean until W/2 are known', () => {
    const combiner = new MemberCombiner(LANES, MEMBERS);
    fc.assert(
      fc.property(arbitrary, ({ forecasts, outcomes, horizon, lookback }) => {
        // Members that move; constant ones have their own test.
        fc.pre(forecasts.every((x) => new Set(x.subarray(0, 8)).size > 4));
        const out = new Float64Array(LANES);
        combiner.load(forecasts, known(outcomes, horizon), horizon);
        combiner.combine('stacking', lookback, out);
        let weights = Array(MEMBERS).fill(1 / MEMBERS);
        for (let lane = 0; lane < LANES; lane++) {
          const past = knownLanes(lane, horizon, lookback);
          if (lane % 10 === 0 && past.length >= lookback / 2) {
            weights = ridgeSlopes(
              past.map((i) => forecasts.map((x) => x[i])),
              past.map((i) => outcomes[i]),
            );
          }
          const expected = forecasts.reduce((sum, x, k) => sum + weights[k] * x[lane], 0);
          expect(out[lane]).toBeCloseTo(expected, 9);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('drift alone makes no forecast', () => {
    const noise = Array.from({ length: MEMBERS }, (_, k) =>
      Float64Array.from({ length: LANES }, (_, i) => Math.sin((k + 2) * i * i) / 1000),
    );
    const combiner = new MemberCombiner(LANES, MEMBERS);
    combiner.load(noise, new Float64Array(LANES).fill(0.01), 3);
    const out = new Float64Array(LANES);
    combiner.combine('stacking', 40, out);
    for (let lane = 30; lane < LANES; lane++) expect(Math.abs(out[lane])).toBeLessThan(1e-12);
  });

  test('members that never move are averaged', () => {
    const constants = [0.1, 0.2, 0.6].map((x) => new Float64Array(LANES).fill(x));
    const outcomes = Float64Array.from({ length: LANES }, (_, i) => Math.sin(i));
    const combiner = new MemberCombiner(LANES, MEMBERS);
    combiner.load(constants, outcomes, 2);
    const out = new Float64Array(LANES);
    combiner.combine('stacking', 50, out);
    for (const p of out) expect(p).toBeCloseTo(0.3, 15);
  });

  test('numbers too large to solve for are averaged', () => {
    // The squares of the first ten add up to less than the largest number, and with the penalty to more.
    const wild = Float64Array.from({ length: LANES }, (_, i) => (i % 2 === 0 ? 1 : -1) * 3.5e153);
    const combiner = new MemberCombiner(LANES, 1);
    combiner.load([wild], new Float64Array(LANES).fill(1e-150), 0);
    const out = new Float64Array(LANES);
    combiner.combine('stacking', 20, out);
    expect([...out]).toEqual([...wild]);
  });

  test('does not depend on the unit of returns', () => {
    const forecasts = Array.from({ length: MEMBERS }, (_, k) =>
      Float64Array.from({ length: LANES }, (_, i) => Math.sin((k + 1) * i)),
    );
    const outcomes = Float64Array.from({ length: LANES }, (_, i) => Math.sin(i + 0.4));
    const stacked = (unit: number) => {
      const combiner = new MemberCombiner(LANES, MEMBERS);
      const inUnit = (x: Float64Array) => x.map((v) => v * unit);
      combiner.load(forecasts.map(inUnit), inUnit(outcomes), 2);
      const out = new Float64Array(LANES);
      combiner.combine('stacking', 50, out);
      return out;
    };
    const large = stacked(1);
    stacked(2 ** -20).forEach((p, lane) => {
      expect(p * 2 ** 20).toBeCloseTo(large[lane], 12);
    });
  });
});

// Stacking is fitted on every tenth bar: the ones where peeking would pay.
const moment = fc.oneof(fc.nat(LANES - 1), fc.constantFrom(40, 50, 60, 70));

test('weights and forecasts up to t do not change with anything after t', () => {
  fc.assert(
    fc.property(arbitrary, arbitrary, moment, (a, b, t) => {
      const { horizon, lookback } = a;
      const splice = (x: Float64Array, y: Float64Array, last: number) =>
        x.map((v, lane) => (lane <= last ? v : y[lane]));
      const changed = a.forecasts.map((x, k) => splice(x, b.forecasts[k], t));
      // The outcome of lane s is open[s+1+h]: later than t from s = t - h on.
      const outcomes = splice(a.outcomes, b.outcomes, t - 1 - horizon);
      for (const method of ENSEMBLE_METHODS) {
        const run = (forecasts: Float64Array[], labels: Float64Array) => {
          const combiner = new MemberCombiner(LANES, MEMBERS);
          const out = new Float64Array(LANES);
          combiner.load(forecasts, known(labels, horizon), horizon);
          combiner.combine(method, lookback, out);
          return [out.slice(0, t + 1), combiner.weights.slice(0, (t + 1) * MEMBERS)];
        };
        expect(run(changed, outcomes)).toEqual(run(a.forecasts, a.outcomes));
      }
    }),
    { numRuns: 60 },
  );
});
