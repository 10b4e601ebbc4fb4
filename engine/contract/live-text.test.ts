import { expect, test } from 'vitest';
import { forecastText, priceText, tradeTexts } from './live-text.ts';

test('prices have a digit more than pips, whatever their size', () => {
  expect([1.092427, 110.4256, 2412.346, 0.000123456].map((price) => priceText(price, price))).toEqual([
    '1.09243',
    '110.426',
    '2412.35',
    '0.00012346',
  ]);
});

test('of a signal entry, exit and age are told; of none, nothing', () => {
  const trade = {
    entryAt: '2026-11-27T15:00:00.000Z',
    reference: 1.1,
    stop: 1.0951,
    takeProfit: 1.1098,
    bars: 1,
    exitAt: '2026-11-27T16:00:00.000Z',
  };
  expect(tradeTexts({ trade, since: '2026-11-27T14:00:00.000Z' } as never)).toEqual({
    entry: 'at the open of 2026-11-27 15:00 UTC; the last close was 1.10000',
    exit: 'stop 1.09510, take-profit 1.10980; at the latest at the open of 2026-11-27 16:00 UTC, after 1 bar',
    since: '2026-11-27 14:00 UTC',
  });
  expect(tradeTexts({ trade: null, since: null } as never)).toBeNull();
});

test('a forecast without confidence says so', () => {
  const percent = (x: number) => `${x * 100} %`;
  const one = { forecast: 0.25, confidence: null, roundTrip: 0.125, speaker: { horizon: 6 } };
  expect(forecastText(one as never, percent)).toBe(
    '25 % over 6 bars, no confidence yet; a round trip costs 12.5 %',
  );
  expect(forecastText({ ...one, forecast: null } as never, percent)).toBeNull();
});
