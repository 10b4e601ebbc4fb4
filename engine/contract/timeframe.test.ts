import { describe, expect, it } from 'vitest';
import { readTimeframe } from './timeframe.ts';

describe('readTimeframe', () => {
  it.each([
    ['H1', 'H1'],
    ['1h', 'H1'],
    ['60 min', 'H1'],
    ['M15', 'M15'],
    ['daily', 'D1'],
    ['7d', 'W1'],
    ['W1', 'W1'],
    ['1W', 'W1'],
    ['1wk', 'W1'],
    ['w', 'W1'],
    ['Weekly', 'W1'],
    ['10080m', 'W1'],
  ] as const)('%s is %s', (text, timeframe) => {
    expect(readTimeframe(text)).toBe(timeframe);
  });

  it.each(['MN1', 'monthly', '2w', 'H', '', 'W1W'])('"%s" is none', (text) => {
    expect(readTimeframe(text)).toBeUndefined();
  });
});
