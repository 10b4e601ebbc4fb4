import { describe, expect, test } from 'vitest';
import { holdoutLines } from './scores.ts';

const HOLDOUT = { from: '2025-05-28T00:00:00.000Z', to: '2025-06-27T21:00:00.000Z' };
const hidden = (symbol: string, to = HOLDOUT.to) => ({
  symbol,
  timeframe: 'H1',
  holdoutLook: { ...HOLDOUT, to, opened: null, hidden: `The holdout of ${symbol} is hidden.` },
});
const opened = (symbol: string) => ({
  symbol,
  timeframe: 'H1',
  holdoutLook: {
    ...HOLDOUT,
    opened: { at: '2025-07-01T10:00:00.000Z', by: 'window' as const },
    hidden: null,
  },
});

describe('why figures of holdouts are hidden', () => {
  test('is said in the words of the market, where it is one', () => {
    expect(holdoutLines([hidden('EURUSD'), hidden('EURUSD')])).toEqual(['The holdout of EURUSD is hidden.']);
  });

  test('is said once for all markets of the same days', () => {
    const lines = holdoutLines([
      hidden('EURUSD'),
      hidden('GBPUSD'),
      hidden('USDJPY', '2025-06-20T21:00:00.000Z'),
    ]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('The holdouts of 2 markets, 2025-05-28 to 2025-06-27, are hidden');
    expect(lines[0]).toContain('champions open --all');
    expect(lines[1]).toBe('The holdout of USDJPY is hidden.');
  });

  test('gives way to when it was opened', () => {
    expect(holdoutLines([opened('EURUSD'), hidden('GBPUSD')])).toEqual([
      'The holdout of GBPUSD is hidden.',
      'The holdout of EURUSD H1 up to 2025-06-27: opened 2025-07-01 10:00 (window).',
    ]);
  });
});
