import { describe, expect, it } from 'vitest';
import { qualityReport } from '../market/quality/quality.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import type { SeriesTable } from '../store/schema.ts';
import { asOf, symbolClock } from './as-of.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);

/** A stored series whose last bar opens then. */
function series(
  timeframe: SeriesTable['timeframe'],
  last: string,
  { symbol = 'EURUSD', session = 'currency-week' } = {},
): SeriesTable {
  return {
    symbol,
    timeframe,
    bars: 10,
    first_time: 0,
    last_time: utc(last),
    digest: '',
    synthetic: 0,
    file: '',
    quality: JSON.stringify({ ...qualityReport(randomCandles(5)), session }),
    imported_at: 0,
  };
}

function asOfText(rows: readonly SeriesTable[], rule: string, symbol = 'EURUSD'): string {
  const clock = symbolClock(rows, symbol);
  if (clock === undefined) throw new Error('there are no such series');
  return iso(asOf(symbol, clock, rule));
}

describe('a symbol', () => {
  it('is as new as the newest bar of all its series, and is told by its close', () => {
    // An H4 bar from 16:00 on closes after an H1 bar from 18:00 on.
    const rows = [
      series('H1', '2025-06-25T18:00'),
      series('H4', '2025-06-25T16:00'),
      series('M5', '2025-06-20T00:00'),
    ];
    expect(symbolClock(rows, 'EURUSD')).toMatchObject({
      newestSeries: 'H4',
      newest: utc('2025-06-25T20:00'),
    });
    expect(asOfText(rows, 'bar')).toBe('2025-06-25T20:00');
    expect(asOfText(rows, 'day')).toBe('2025-06-24T21:00');
    expect(asOfText(rows, 'week')).toBe('2025-06-20T21:00');
  });

  it('has nothing to do with other symbols', () => {
    const rows = [series('H1', '2025-06-25T18:00'), series('H1', '2025-07-25T18:00', { symbol: 'GBPUSD' })];
    expect(asOfText(rows, 'bar')).toBe('2025-06-25T19:00');
    expect(symbolClock(rows, 'USDJPY')).toBeUndefined();
  });

  it('trades when the shortest of its series does', () => {
    const session = 'continuous';
    const rows = [series('D1', '2025-06-28T00:00'), series('M1', '2025-06-29T23:59', { session })];
    expect(asOfText(rows, 'week')).toBe('2025-06-30T00:00');
    expect(asOfText(rows.slice(0, 1), 'week')).toBe('2025-06-27T21:00');
  });
});

describe('the week', () => {
  it('counts from the bar that closes it on, and is moved by no other', () => {
    const asOfAt = (last: string) => asOfText([series('H1', last)], 'week');
    expect(asOfAt('2025-06-27T19:00')).toBe('2025-06-20T21:00');
    expect(asOfAt('2025-06-27T20:00')).toBe('2025-06-27T21:00');
    for (const last of ['2025-06-29T21:00', '2025-07-02T12:00', '2025-07-04T19:00']) {
      expect(asOfAt(last)).toBe('2025-06-27T21:00');
    }
    // New York puts its clock forward on the Sunday in between.
    expect(asOfAt('2025-03-07T21:00')).toBe('2025-03-07T22:00');
    expect(asOfAt('2025-03-14T20:00')).toBe('2025-03-14T21:00');
  });
});

describe('a date', () => {
  const rows = [series('H1', '2025-06-25T20:00')];

  it('means the close of its trading day', () => {
    expect(asOfText(rows, '2025-06-25')).toBe('2025-06-25T21:00');
    expect(asOfText(rows, '2025-06-22')).toBe('2025-06-20T21:00');
    expect(asOfText(rows, '2025-01-08')).toBe('2025-01-08T22:00');
  });

  it('that the candles do not reach is refused, with both dates', () => {
    expect(() => asOfText(rows, '2025-06-26')).toThrow(
      'evaluation.as_of is 2025-06-26, a day that closes on 2025-06-26 21:00 UTC, but the newest candle of EURUSD (H1) closes on 2025-06-25 21:00 UTC.',
    );
  });
});
