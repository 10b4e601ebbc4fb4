import { expect, test } from 'vitest';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import type { RegimeDefinition } from './definition.ts';
import { compileRegimes, labelBars } from './labeler.ts';
import { shadowedRegimes, shadowedWithin, shadowText } from './shadowed.ts';

const candles = randomCandles(4000);

const asStretches = (all: Candles) => ({
  length: all.length,
  read: (from: number, to: number) => sliceCandles(all, from, to),
});

function shadowed(...rules: RegimeDefinition['rules'][]) {
  const regimes = compileRegimes(
    rules.map((own, i) => ({ name: `r${i}`, title: `R${i}`, description: '', active: true, rules: own })),
  );
  return shadowedRegimes(candles, regimes, labelBars(candles, regimes, 0, candles.length));
}

test('a regime is shadowed by those that take its bars, by one or by several together', () => {
  const up = { returns: '> 0' };
  const down = { returns: '<= 0' };
  const busy = { volatility: '> 80th percentile' };
  const alone = compileRegimes([{ name: 'busy', title: 'Busy', description: '', active: true, rules: busy }]);
  const bars = labelBars(candles, alone, 0, candles.length).filter((label) => label === 0).length;
  expect(bars).toBeGreaterThan(100);
  expect(shadowed(up, down, busy)).toEqual([{ name: 'r2', bars, takenBy: ['r0', 'r1'] }]);
  expect(shadowed(busy, up, down)).toEqual([]);
  expect(shadowed(up, busy)).toEqual([]);
});

test('one whose rules hold nowhere is in nobody’s shadow', () => {
  expect(shadowed({ returns: '> 0' }, { returns: '> 100' })).toEqual([]);
});

test('says how many bars there are, who takes them and where to move it', () => {
  expect(shadowText({ name: 'breakout', bars: 1, takenBy: ['calm', 'busy'] }, 'EURUSD H1')).toBe(
    'breakout never gets a bar of EURUSD H1: its rules hold on 1 bar, and calm and busy, which stand before it, take all of them. Move breakout before calm.',
  );
});

test('a stretch is looked at as far as it takes, and comes to the same', () => {
  const rules = [{ returns: '> 0' }, { returns: '<= 0' }, { volatility: '> 80th percentile' }];
  const regimes = compileRegimes(
    rules.map((own, i) => ({ name: `r${i}`, title: '', description: '', active: true, rules: own })),
  );
  const [from, to] = [700, 3900];
  const labels = labelBars(candles, regimes, from, to);
  const alone = labelBars(candles, regimes.slice(2), from, to);
  const bars = alone.filter((label) => label === 0).length;
  expect(labels.includes(2)).toBe(false);
  expect(shadowedWithin(asStretches(candles), regimes, { from, to }, () => true)).toEqual([
    { name: 'r2', bars, takenBy: ['r0', 'r1'] },
  ]);
  expect(shadowedWithin(asStretches(candles), regimes, { from, to }, (name) => name !== 'r2')).toEqual([]);
  // The only bar of a regime may be the last.
  const closes = candles.close.slice();
  closes[to - 1] = closes[to - 11]! * 2;
  const jump = { ...candles, close: closes };
  const late = compileRegimes(
    [{ momentum: '> 0.6' }, { momentum: '> 0.5' }].map((own, i) => ({
      name: `m${i}`,
      title: '',
      description: '',
      active: true,
      rules: own,
    })),
  );
  expect(shadowedWithin(asStretches(jump), late, { from, to }, () => true)).toEqual([
    { name: 'm1', bars: 1, takenBy: ['m0'] },
  ]);
  expect(shadowedWithin(asStretches(jump), late.toReversed(), { from, to }, (name) => name === 'm1')).toEqual(
    [],
  );
});

test('a series that is read a stretch at a time comes to the same, and no stretch is long', () => {
  const long = randomCandles(150_000);
  const rules = [
    { returns: '> 0' },
    { returns: '<= 0' },
    { volatility: '> 80th percentile' },
    { volume: '> 1.5x average' },
  ];
  const regimes = compileRegimes(
    rules.map((own, i) => ({ name: `r${i}`, title: '', description: '', active: true, rules: own })),
  );
  let longest = 0;
  const stretches = {
    length: long.length,
    read(from: number, to: number) {
      longest = Math.max(longest, to - from);
      return sliceCandles(long, from, to);
    },
  };
  const labels = labelBars(long, regimes, 0, long.length);
  const whole = shadowedRegimes(long, regimes, labels);
  expect(whole.map(({ name }) => name)).toEqual(['r2', 'r3']);
  expect(shadowedWithin(stretches, regimes, { from: 0, to: long.length }, () => true)).toEqual(whole);
  expect(longest).toBeLessThan(51_000);
});
