import { describe, expect, it } from 'vitest';
import { jsonRows } from './json-rows.ts';

const bar = (o: number) => ({ o, h: o + 1, l: o - 1 });

describe('jsonRows', () => {
  it('puts the symbol before the rows of a document of several', () => {
    const values = (o: number) => ({
      meta: { symbol: o > 2 ? 'GBP/USD' : 'EUR/USD', interval: '1h' },
      values: [bar(o)],
    });
    const found = jsonRows({ a: values(1), b: values(5) });
    expect(found?.names).toEqual(['symbol', 'o', 'h', 'l']);
    expect(found?.rows).toEqual([
      ['EUR/USD', 1, 2, 0],
      ['GBP/USD', 5, 6, 4],
    ]);
    expect(found?.meta.get('interval')).toBe('1h');
    expect(found?.meta.has('symbol')).toBe(false);
    expect(jsonRows({ EURUSD: [bar(1)], GBPUSD: [bar(5)] })?.rows.map(([symbol]) => symbol)).toEqual([
      'EURUSD',
      'GBPUSD',
    ]);
  });

  it('reads the ways in which pandas writes a frame', () => {
    const rows = [
      ['0', 1, 2],
      ['1', 3, 4],
    ];
    const read = (document: unknown) => jsonRows(document)?.rows.map((row) => row.map(String));
    const strings = rows.map((row) => row.map(String));
    expect(
      read({
        columns: ['o', 'h'],
        index: ['0', '1'],
        data: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toEqual(strings);
    expect(read({ o: { 0: 1, 1: 3 }, h: { 0: 2, 1: 4 }, l: { 0: 5, 1: 6 } })).toEqual([
      ['0', '1', '2', '5'],
      ['1', '3', '4', '6'],
    ]);
    expect(read({ '2024-01-01': bar(1), '2024-01-02': bar(2) })).toEqual([
      ['2024-01-01', '1', '2', '0'],
      ['2024-01-02', '2', '3', '1'],
    ]);
  });

  it("makes bars of cTrader's trendbars, whose prices lie above a low", () => {
    const trendbar = [
      {
        volume: 120,
        period: 'H1',
        low: 110_000,
        deltaOpen: 20,
        deltaHigh: 95,
        deltaClose: 40,
        utcTimestampInMinutes: 28_402_560,
      },
      { volume: 7, period: 'H1', low: 110_010, deltaHigh: 5, utcTimestampInMinutes: 28_402_620 },
    ];
    const found = jsonRows({ payload: { symbolId: 1, period: 'H1', trendbar } });
    expect(found?.names).toEqual(['time', 'open', 'high', 'low', 'close', 'volume']);
    expect(found?.rows).toEqual([
      [Date.UTC(2024, 0, 2) / 1000, 1.1002, 1.10095, 1.1, 1.1004, 120],
      [Date.UTC(2024, 0, 2, 1) / 1000, 1.1001, 1.10015, 1.1001, 1.1001, 7],
    ]);
  });

  it('finds nothing in what a source answers where a request failed', () => {
    expect(jsonRows({ Note: 'too many requests', code: 429 })).toBeUndefined();
    expect(jsonRows([])).toBeUndefined();
    expect(jsonRows('text')).toBeUndefined();
  });

  it('survives names and depths that are no data', () => {
    let deep: unknown = bar(1);
    for (let i = 0; i < 2000; i++) deep = { a: deep, b: 1, c: 2 };
    expect(() => jsonRows([deep, deep])).not.toThrow();
    const strange = JSON.parse('[{"__proto__":1,"constructor":2,"o":3}]');
    expect(jsonRows(strange)?.rows).toEqual([[1, 2, 3]]);
  });
});
