import { expect, test } from 'vitest';
import { standBack } from './stand-back.ts';

test.each([
  ['linux', 5],
  ['win32', -1],
  // There it would be the host's, too, and more with each thread.
  ['darwin', 0],
  ['freebsd', 0],
] as const)('on %s threads that train stand back by %i', (platform, increment) => {
  expect(standBack(platform)).toBe(increment);
});
