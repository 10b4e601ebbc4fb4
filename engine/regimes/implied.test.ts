import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REGIME_MEASURES } from '../contract/words.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { impliedShadows, impliedText } from './implied.ts';
import { compileRegimes, labelBars, ruleHolder } from './labeler.ts';
import { formatRule } from './rules.ts';

const regime = (name: string, rules: Record<string, string>, active = true) => ({
  name,
  title: name,
  description: '',
  active,
  rules,
});

describe('a regime that another one takes all bars of', () => {
  test.each([
    [{ volatility: '> 50th percentile' }, { volatility: '> 75th percentile' }],
    [{ returns: '> 0' }, { returns: '> 0.01', volatility: '> 1' }],
    [{ returns: '>= 0' }, { returns: '> 0' }],
    [{ range: '< 2x average' }, { range: '<= average and < 1.5x average' }],
  ])('%j before %j', (before, after) => {
    const found = impliedShadows([regime('a', before), regime('b', after)]);
    expect(found).toEqual([{ name: 'b', takenBy: 'a' }]);
    expect(impliedText(found[0]!)).toBe(
      'b never gets a bar: wherever its rules hold, those of a hold, which stands before it. Move b before a.',
    );
    expect(impliedShadows([regime('b', after), regime('a', before)])).toEqual([]);
    expect(impliedShadows([regime('a', before, false), regime('b', after)])).toEqual([]);
  });

  test.each([
    [{ volatility: '> 75th percentile' }, { volatility: '> 50th percentile' }],
    [{ returns: '> 0' }, { returns: '< 1' }],
    [{ returns: '> 0' }, { returns: '>= 0' }],
    [{ returns: '> 0', range: '> 1' }, { returns: '> 1' }],
    // Averages of returns may be below 0: twice of one is less.
    [{ returns: '> average' }, { returns: '> 2x average' }],
    [{ volatility: '> 0.5' }, { volatility: '> 90th percentile' }],
  ])('is none: %j before %j', (before, after) => {
    expect(impliedShadows([regime('a', before), regime('b', after)])).toEqual([]);
  });
});

const condition = fc.record({
  operator: fc.constantFrom('>', '>=', '<', '<=' as const),
  reference: fc.constantFrom('number', 'percentile', 'average' as const),
  value: fc.constantFrom(0.001, 0.3, 0.5, 1, 2, 30, 60, 90),
});
const rules = fc.dictionary(
  fc.constantFrom(...REGIME_MEASURES),
  fc.array(condition, { minLength: 1, maxLength: 2 }).map(formatRule),
  { minKeys: 1, maxKeys: 2 },
);

test('none of them has a bar on any candles', () => {
  const candles = randomCandles(2000);
  let seen = 0;
  fc.assert(
    fc.property(fc.array(rules, { minLength: 2, maxLength: 4 }), (all) => {
      const definitions = all.map((one, i) => regime(`r${i}`, one as Record<string, string>));
      const shadows = impliedShadows(definitions);
      if (shadows.length === 0) return;
      const regimes = compileRegimes(definitions);
      const labels = labelBars(candles, regimes, 0, candles.length);
      for (const { name } of shadows) {
        const r = regimes.findIndex((one) => one.name === name);
        const holds = new Uint8Array(candles.length);
        ruleHolder(candles, regimes, 0, candles.length)(r, holds);
        if (holds.includes(1)) seen++;
        expect(labels.includes(r)).toBe(false);
      }
    }),
    { numRuns: 1500, seed: 3 },
  );
  // That they have none is no wonder where their rules never hold.
  expect(seen).toBeGreaterThan(20);
});
