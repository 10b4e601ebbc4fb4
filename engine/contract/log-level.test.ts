import { expect, it } from 'vitest';
import { isAtLeast, LOG_LEVELS, readLogLevel } from './log-level.ts';

it.each([
  ['debug', 'debug'],
  ['INFO', 'info'],
  ['WARNING', 'warn'],
  ['warn', 'warn'],
  ['Error', 'error'],
  ['loud', undefined],
  ['', undefined],
])('reads %s as %s', (text, level) => expect(readLogLevel(text)).toBe(level));

it('orders levels by weight', () => {
  expect(LOG_LEVELS.map((level) => isAtLeast(level, 'warn'))).toEqual([false, false, true, true]);
});
