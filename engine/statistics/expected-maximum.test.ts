import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { expectedMaximum, minimumBacktestYears } from './expected-maximum.ts';

describe('expectedMaximum', () => {
  it.each([
    [5, 1.192594],
    [10, 1.574598],
    [45, 2.23564],
    [1000, 3.255122],
    [1080, 3.276944],
    [10_000, 3.860665],
  ])('of %d tries has the published value', (tries, value) => {
    expect(expectedMaximum(tries)).toBeCloseTo(value, 6);
  });

  it('of 100 tries has it to the digits of the constant that was published with it', () => {
    expect(expectedMaximum(100)).toBeCloseTo(2.5306028932016846, 11);
  });

  it.each([20, 200])('is what the largest of %d comes to', (tries) => {
    const random = createPrng(tries);
    let sum = 0;
    const rounds = 300_000 / tries;
    for (let round = 0; round < rounds; round++) {
      let largest = -Infinity;
      for (let i = 0; i < tries; i++) largest = Math.max(largest, random.normal());
      sum += largest;
    }
    expect(expectedMaximum(tries) / (sum / rounds)).toBeGreaterThan(0.98);
    expect(expectedMaximum(tries) / (sum / rounds)).toBeLessThan(1.03);
  });

  it('is 0 for one try, rises with effective tries and is never below 0', () => {
    expect([0, 1, Number.NaN].map(expectedMaximum)).toEqual([0, 0, 0]);
    let before = 0;
    for (let tries = 1; tries < 30; tries += 0.1) {
      expect(expectedMaximum(tries)).toBeGreaterThanOrEqual(before);
      before = expectedMaximum(tries);
    }
  });
});

it('a backtest has to be as long as the published years', () => {
  expect(minimumBacktestYears(45, 1)).toBeCloseTo(4.9980870044434038, 10);
  expect(minimumBacktestYears(45, 2)).toBeCloseTo(4.9980870044434038 / 4, 10);
});
