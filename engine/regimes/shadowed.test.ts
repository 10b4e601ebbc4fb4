import { expect, test } from 'vitest';
import { randomCandles } from '../market/testing/random-candles.ts';
import type { RegimeDefinition } from './definition.ts';
import { compileRegimes, labelBars } from './labeler.ts';
import { shadowedRegimes, shadowText } from './shadowed.ts';

const candles = randomCandles(4000);

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
