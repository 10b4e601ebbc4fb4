import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { randomCandles } from '../market/testing/random-candles.ts';
import { labelDigests } from './label-digests.ts';
import { compileRegimes } from './labeler.ts';

const CANDLES = randomCandles(1200);
const regime = (name: string, returns: string) => ({
  name,
  title: name,
  description: '',
  active: true,
  rules: { returns },
});
const UP = regime('up', '> 0');
const DOWN = regime('down', '<= 0');
const digestsOf = (...regimes: (typeof UP)[]) => labelDigests(CANDLES, compileRegimes(regimes), 700, 1200);

it('names the times of the bars that a regime labels', () => {
  const { close, time } = CANDLES;
  // Log return over 50 bars.
  const rising = Array.from({ length: 500 }, (_, i) => 700 + i).filter((t) => close[t]! > close[t - 49]!);
  const times = Float64Array.from(rising, (t) => time[t]!);
  const digest = createHash('sha256').update(new Uint8Array(times.buffer)).digest('hex');
  expect(digestsOf(UP)).toEqual({ up: digest });
});

it('leaves out what labels no bar, and tells nothing of it elsewhere', () => {
  const digests = digestsOf(UP, DOWN);
  expect(Object.keys(digests)).toEqual(['up', 'down']);
  expect(digestsOf(regime('never', '> 100'), UP, DOWN)).toEqual(digests);
});

it('changes for the regimes that lose bars to another one, and for no other', () => {
  const steep = regime('steep', '> 0.004');
  const [before, now] = [digestsOf(UP, DOWN), digestsOf(steep, UP, DOWN)];
  expect(now.up).not.toBe(before.up);
  expect(now.down).toBe(before.down);
});
