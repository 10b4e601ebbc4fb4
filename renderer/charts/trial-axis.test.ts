import { expect, it } from 'vitest';
import { trialAxis } from './trial-axis.ts';

const range = (low: number, high: number, log = false) => ({ name: 'a', low, high, log, choices: [] });
const texts = (axis: ReturnType<typeof trialAxis>) => axis.ticks.map(({ text }) => text);

it('places numbers on their range', () => {
  const axis = trialAxis(range(50, 300));
  expect([50, 175, 300].map((value) => axis.place(value))).toEqual([0, 0.5, 1]);
  expect(axis.place(undefined)).toBeNull();
  expect(texts(axis)).toEqual(['100', '200', '300']);
});

it('places numbers of a logarithmic range by their logarithm', () => {
  const axis = trialAxis(range(0.001, 10, true));
  expect(axis.place(0.1)).toBeCloseTo(0.5, 12);
  expect(texts(axis)).toEqual(['0.001', '0.01', '0.1', '1', '10']);
  expect(texts(trialAxis(range(0.01, 0.3, true)))).toEqual(['0.01', '0.02', '0.05', '0.1', '0.2']);
  expect(texts(trialAxis(range(1e-8, 1e4, true)))).toHaveLength(5);
});

it('puts choices evenly beside each other, whatever they are', () => {
  const axis = trialAxis({ name: 'a', low: null, high: null, log: false, choices: [3, 'x', true] });
  expect([3, 'x', true].map((value) => axis.place(value))).toEqual([1 / 6, 0.5, 5 / 6]);
  expect(axis.place(4)).toBeNull();
  expect(texts(axis)).toEqual(['3', 'x', 'true']);
});

it('draws a range of one value in its middle', () => {
  expect(trialAxis(range(5, 5)).place(5)).toBe(0.5);
});
