import { describe, expect, test } from 'vitest';
import { createPrng } from '../engine/random/prng.ts';
import { type SimulatedCosts, simulateScale } from './simulate.ts';

/** Against what can be said without simulating: the slowest of threads, host and Redis is what there is. */

const COSTS: SimulatedCosts = {
  trainingSeconds: [0.5, 1, 1.5],
  hostSeconds: 0.002,
  workerSeconds: 0,
  resultBytes: 50_000,
  candleBytes: 0,
  candleSeconds: 0,
  bandwidth: 100e6,
};
const simulate = (costs: Partial<SimulatedCosts>, threads: number, cells = 200 * threads) =>
  simulateScale({ ...COSTS, ...costs }, { threads, cells, cellsOfTask: 1 }, createPrng(7).float);

describe('so many a second come of', () => {
  test('few threads: as many as they train', () => {
    expect(simulate({}, 10).perSecond).toBeCloseTo(10, 0);
    expect(simulate({}, 10).hostBusy).toBeCloseTo(0.02, 2);
  });

  test('one that is alone: the sum of everything that it waits for', () => {
    const { perSecond } = simulate({ trainingSeconds: [0.5], workerSeconds: 0.1, hostSeconds: 0.2 }, 1, 100);
    expect(perSecond).toBeCloseTo(1 / (0.5 + 0.1 + 0.0005 + 0.2), 6);
  });

  test('many: as many as the host takes', () => {
    const { perSecond, hostBusy } = simulate({}, 1000);
    expect(perSecond).toBeCloseTo(500, -1);
    expect(hostBusy).toBeGreaterThan(0.98);
  });

  test('many with large results: as many as Redis passes on', () => {
    const { perSecond, redisBusy } = simulate({ resultBytes: 1e6 }, 1000);
    expect(perSecond).toBeCloseTo(100, 0);
    expect(redisBusy).toBeGreaterThan(0.98);
  });

  test('candles are handed to one worker after the other', () => {
    const { candleSeconds } = simulate({ candleBytes: 100e6, candleSeconds: 0.5 }, 10);
    expect(candleSeconds).toBeCloseTo(10 + 0.5, 6);
  });
});
