import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { weightedSum } from '../features/kernels/weighted-sum.ts';
import type { FeatureRollout } from '../features/matrix.ts';
import type { Member } from '../models/model.ts';
import {
  directForecasts,
  directMultiForecasts,
  type ForecastTask,
  MAX_RECURSIVE_STEPS,
  recursiveForecasts,
} from './forecast.ts';

/** Predicts a fixed multiple of the one feature. */
function slope(factor: number): Member {
  return {
    predict(columns, from, count, out) {
      for (let i = 0; i < count; i++) out[i] = factor * columns[0][from + i];
    },
  };
}

/** A feature that moves by 10 times the return of each synthetic bar. */
function driftingRollout(feature: Float64Array, first: number, count: number): FeatureRollout {
  const own = feature.slice(first, first + count);
  const newest = own.slice();
  return {
    columns: [newest],
    held: Uint8Array.of(0),
    blocks: [{ first: 0, count }],
    place: () => undefined,
    reset: () => newest.set(own),
    advance: (logReturns) => {
      for (let lane = 0; lane < count; lane++) newest[lane] += 10 * logReturns[lane];
    },
    weightedSum: (terms, out) => weightedSum([newest], 0, count, terms, out),
  };
}

const feature = Float64Array.of(9, 9, 0.5, -1, 2, 0.25, 9);
const lanes = { first: 2, count: 4 };
/** Longer than the span: a buffer may serve several. */
const buffers = () => [new Float64Array(5).fill(77), new Float64Array(5).fill(77)];

function task(horizon: number): ForecastTask {
  return { members: [slope(0.01), slope(-0.03)], columns: [feature], lanes, horizon };
}

function direct(horizon: number): Float64Array[] {
  const out = buffers();
  directForecasts(task(horizon), out);
  return out;
}

function recursive(horizon: number): Float64Array[] {
  const out = buffers();
  const rollout = driftingRollout(feature, lanes.first, lanes.count);
  recursiveForecasts(task(horizon), direct(horizon), rollout, new Float64Array(4), out);
  return out;
}

test('direct takes the members at their word, from the first row of the span', () => {
  const [a, b] = direct(3);
  expect([...a]).toEqual([0.005, -0.01, 0.02, 0.0025, 77]);
  expect([...b]).toEqual([...[0.5, -1, 2, 0.25].map((x) => -0.03 * x), 77]);
});

test('direct_multi averages the last h forecasts, fewer at the start of the span', () => {
  const out = buffers();
  directMultiForecasts([Float64Array.of(1, 2, 6, 4), Float64Array.of(-1, 0, 0, 4)], task(3), out);
  expect([...out[0]]).toEqual([1, 1.5, 3, 4, 77]);
  expect([...out[1]]).toEqual([-1, -0.5, -1 / 3, 4 / 3, 77]);
});

describe('recursive', () => {
  test('equals direct bit for bit at horizon 1', () => {
    expect(recursive(1)).toEqual(direct(1));
  });

  test('goes through all blocks, and names the row that it stopped at', () => {
    const columns = [feature.subarray(lanes.first, lanes.first + lanes.count)];
    const blocks = [0, 1, 2].map((first) => ({ first, count: 2 }));
    const rollouts = blocks.map(({ first }) => driftingRollout(columns[0], first, 2));
    let placed = 0;
    const place = (block: number) => {
      placed = block;
    };
    const inBlocks = (): FeatureRollout => ({ ...rollouts[placed], blocks, place });
    const rollout = new Proxy(inBlocks(), { get: (_, name) => Reflect.get(inBlocks(), name) });
    for (const horizon of [1, 5, 20]) {
      const out = buffers();
      recursiveForecasts(task(horizon), direct(horizon), rollout, new Float64Array(4), out);
      expect(out).toEqual(recursive(horizon));
    }
    const infinite: ForecastTask = { ...task(3), members: [slope(Infinity)] };
    expect(() =>
      recursiveForecasts(infinite, [Float64Array.of(0, 0, 0, 3)], rollout, new Float64Array(4), buffers()),
    ).toThrow(/at row 2 /);
  });

  test('follows each member along its own trajectory, bar by bar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (horizon) => {
        const forecasts = recursive(horizon);
        const steps = Math.min(horizon, MAX_RECURSIVE_STEPS);
        [0.01, -0.03].forEach((factor, k) => {
          for (let lane = 0; lane < lanes.count; lane++) {
            let x = feature[lanes.first + lane];
            let sum = 0;
            for (let step = 0; step < steps; step++) {
              const r = (factor * x) / horizon;
              sum += r;
              x += 10 * r;
            }
            expect(forecasts[k][lane]).toBeCloseTo((horizon / steps) * sum, 14);
          }
          expect(forecasts[k][lanes.count]).toBe(77);
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('a forecast that is not finite', () => {
  const broken: Member = {
    predict(columns, from, count, out) {
      for (let i = 0; i < count; i++) out[i] = columns[0][from + i] > 4 ? Infinity : 1;
    },
  };

  test('fails the training, naming member, method and row', () => {
    const features = Float64Array.of(0, 0, 0, 5, 0, 0, 0);
    const attempt = () =>
      directForecasts({ members: [slope(1), broken], columns: [features], lanes, horizon: 3 }, buffers());
    expect(attempt).toThrow(EngineError);
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'training-failed',
        message: expect.stringMatching(
          /finite.*Infinity at row 3 \(member 2 of 2, prediction method direct\)/,
        ),
      }),
    );
  });

  test('names the step at which a recursion diverges', () => {
    const rollout = driftingRollout(new Float64Array(7), 2, 4);
    // 1/5 per step moves the feature by 2: the third advance takes it to 6.
    const diverging = { members: [broken], columns: [new Float64Array(7)], lanes, horizon: 5 };
    const ones = [new Float64Array(4).fill(1)];
    expect(() =>
      recursiveForecasts(diverging, ones, rollout, new Float64Array(4), [new Float64Array(4)]),
    ).toThrow(/row 2 \(member 1 of 1, prediction method recursive, step 4 of 5\)/);
  });
});
