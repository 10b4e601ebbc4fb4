import { expect, it } from 'vitest';
import { indicatorsText } from './indicators-text.ts';

it('lists indicators with their timeframes', () => {
  expect(indicatorsText({ rsi: ['H1', 'H4'], atr: ['H1'] })).toBe('RSI H1 H4, ATR H1');
  expect(indicatorsText({})).toBe('–');
});
