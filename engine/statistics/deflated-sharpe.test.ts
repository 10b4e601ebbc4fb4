import { expect, it } from 'vitest';
import { deflatedSharpe } from './deflated-sharpe.ts';
import { probabilisticSharpe } from './sharpe-test.ts';

const observed = { sharpe: 2.5 / Math.sqrt(250), skewness: -3, kurtosis: 10 };
const variance = 0.5 / 250;

it('has the published values', () => {
  const deflated = deflatedSharpe(observed, 1250, { variance, tries: 100 });
  expect(deflated.benchmark).toBeCloseTo(0.113172, 6);
  expect(deflated.probability).toBeCloseTo(0.90039683444939034, 11);
  expect(deflatedSharpe(observed, 1250, { variance, tries: 46 }).probability).toBeCloseTo(0.9505017, 7);
  const normal = { ...observed, skewness: 0, kurtosis: 3 };
  expect(deflatedSharpe(normal, 1250, { variance, tries: 88 }).probability).toBeCloseTo(0.9504908, 7);
});

it('deflates nothing after one try', () => {
  expect(deflatedSharpe(observed, 1250, { variance, tries: 1 })).toEqual({
    benchmark: 0,
    probability: probabilisticSharpe(observed, 1250, 0),
  });
});
