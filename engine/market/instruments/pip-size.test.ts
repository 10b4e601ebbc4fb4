import { expect, test } from 'vitest';
import { pipSize } from './pip-size.ts';

test('pip sizes by quote currency and metal', () => {
  expect(pipSize('EURUSD')).toBe(0.0001);
  expect(pipSize('usd/jpy')).toBe(0.01);
  expect(pipSize('GBPJPY.m')).toBe(0.01);
  expect(pipSize('JPYUSD')).toBe(0.0001);
  expect(pipSize('mJPYUSD')).toBe(0.0001);
  expect(pipSize('EURHUF')).toBe(0.01);
  expect(pipSize('XAUUSD')).toBe(0.1);
  expect(pipSize('XAGUSD')).toBe(0.01);
});
