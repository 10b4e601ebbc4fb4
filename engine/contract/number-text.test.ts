import { expect, it } from 'vitest';
import { adviceOfRun } from './advice.ts';
import { netText } from './forward-text.ts';
import { decimalText, percentText } from './number-text.ts';

it('writes a real minus sign, and none before what rounds to nothing', () => {
  expect(decimalText(-1.234, 2)).toBe('−1.23');
  expect(decimalText(-0.004, 2)).toBe('0.00');
  expect(decimalText(-0.4, 0)).toBe('0');
  expect(percentText(-0.0123, 1)).toBe('−1.2 %');
  expect(netText(Math.log(0.99))).toBe('−1.00 %');
});

it('has it in what is advised', () => {
  const advice = adviceOfRun({
    status: 'completed',
    leftOut: null,
    rankIc: -0.051,
    stake: { roi: -0.123 } as never,
    trades: 100,
    sharpe: -1.5,
    strategies: [],
    horizon: 3,
  });
  const texts = advice.map(({ text }) => text).join(' ');
  expect(texts).toContain('−0.051');
  expect(texts).toContain('−12.3 %');
  expect(texts).not.toMatch(/-\d/);
});
