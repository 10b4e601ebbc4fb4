import { expect, test } from 'vitest';
import { pipOfDecimals, pipOfPrices, pipSize } from './pip-size.ts';

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

test('prices with fewer decimals than the pip of the convention have one of their own', () => {
  expect(pipOfDecimals('USDCZK', 3, 23)).toBe(0.01);
  expect(pipOfDecimals('USDCZK', 2, 23)).toBe(0.01);
  expect(pipOfDecimals('USDCZK', 4, 23)).toBe(0.0001);
  expect(pipOfDecimals('USDCZK', 0, 23)).toBe(0.0001);
  expect(pipOfDecimals('USDJPY', 2, 150)).toBe(0.01);
  // A hundredth of a euro is no pip of it, however few decimals a file has.
  expect(pipOfDecimals('EURUSD', 3, 1.1)).toBe(0.0001);
});

test('the decimals of prices are those of all but a few: zeros at the end are lost, and binary numbers have many', () => {
  const prices = Float64Array.from({ length: 2000 }, (_, i) => Number((23 + (i % 90) / 1000).toFixed(3)));
  expect(pipOfPrices('USDCZK', prices)).toBe(0.01);
  const noisy = prices.map((price, i) => (i % 100 === 0 ? price + 1e-13 : price));
  expect(pipOfPrices('USDCZK', noisy)).toBe(0.01);
  expect(pipOfPrices('USDCZK', prices.map(Math.fround))).toBe(0.0001);
  expect(
    pipOfPrices(
      'USDCZK',
      prices.map((price) => price + 0.0001),
    ),
  ).toBe(0.0001);
  expect(pipOfPrices('USDCZK', new Float64Array())).toBe(0.0001);
});
