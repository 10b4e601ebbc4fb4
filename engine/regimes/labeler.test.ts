import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REGIME_MEASURES } from '../contract/words.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { DEFAULT_REGIMES } from './defaults.ts';
import { parseRegime } from './definition.ts';
import { type CompiledRegime, compileRegimes, labelBars } from './labeler.ts';
import { measureValues } from './measures.ts';
import { randomCandles } from './testing/random-candles.ts';

const candles = randomCandles(1500, 7);

const RICH = compileRegimes([
  parseRegime({ name: 'a', rules: { volume: '> 1.5x average', range: '> 60th percentile' } }),
  ...DEFAULT_REGIMES,
  parseRegime({
    name: 'b',
    rules: { momentum: '>= 20th percentile and < 80th percentile', volume: '<= average' },
  }),
]);

/** The label of one bar from sorted copies and plain loops: slow, and sharing nothing with the labeler but the measure. */
function plainLabel(c: Candles, regimes: readonly CompiledRegime[], t: number): number {
  const known = Object.fromEntries(
    REGIME_MEASURES.map((measure) => {
      const all = measureValues(measure, c, 0, t + 1);
      return [measure, { now: all[t]!, past: [...all.slice(-500)].filter((v) => !Number.isNaN(v)) }];
    }),
  );
  const index = regimes.findIndex(({ conditions }) =>
    conditions.every(({ measure, operator, reference, value }) => {
      const { now, past } = known[measure]!;
      if (reference !== 'number' && past.length < 100) return false;
      let threshold = value;
      if (reference === 'average') threshold = value * (past.reduce((a, b) => a + b, 0) / past.length);
      if (reference === 'percentile') threshold = percentile(past, value);
      if (operator === '>') return now > threshold;
      if (operator === '>=') return now >= threshold;
      return operator === '<' ? now < threshold : now <= threshold;
    }),
  );
  return index === -1 ? regimes.length : index;
}

function percentile(values: number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = ((sorted.length - 1) * p) / 100;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (position - Math.floor(position)) * (above - below);
}

describe('labelBars', () => {
  it('equals a plain recomputation of every bar, from the first one on', () => {
    const labels = labelBars(candles, RICH, 0, candles.length);
    const seen = new Set(labels);
    expect(seen.size).toBe(RICH.length + 1);
    for (let t = 0; t < candles.length; t++)
      expect([t, labels[t]]).toEqual([t, plainLabel(candles, RICH, t)]);
  });

  it('gives every part of the series the same labels as the whole', () => {
    const whole = labelBars(candles, RICH, 0, candles.length);
    fc.assert(
      fc.property(fc.nat(1500), fc.nat(1500), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(labelBars(candles, RICH, from, to)).toEqual(whole.slice(from, to));
      }),
      { numRuns: 40 },
    );
  });

  it('does not look ahead: no later bar changes a label', () => {
    const whole = labelBars(candles, RICH, 0, candles.length);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1499 }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (t, factor) => {
          const changed = { ...candles };
          for (const column of ['open', 'high', 'low', 'close', 'volume'] as const) {
            Object.assign(changed, { [column]: candles[column].map((v, i) => (i < t ? v : v * factor)) });
          }
          expect(labelBars(changed, RICH, 0, t)).toEqual(whole.slice(0, t));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('does not depend on history more than 548 bars back', () => {
    const whole = labelBars(candles, RICH, 0, candles.length);
    const recent = sliceCandles(candles, 900 - 548, candles.length);
    expect(labelBars(recent, RICH, 548, recent.length)).toEqual(whole.slice(900));
  });

  it('skips inactive regimes and lets the first that holds win', () => {
    const any = (name: string, active: boolean) => parseRegime({ name, active, rules: { volume: '>= 0' } });
    const regimes = compileRegimes([any('off', false), any('first', true), any('second', true)]);
    expect(regimes.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(new Set(labelBars(candles, regimes, 0, 300))).toEqual(new Set([0]));
    expect(new Set(labelBars(candles, [], 0, 300))).toEqual(new Set([0]));
  });

  it('leaves bars unclassified until 100 values are known', () => {
    const regimes = compileRegimes([parseRegime({ name: 'v', rules: { volume: '>= 0th percentile' } })]);
    expect([...labelBars(candles, regimes, 98, 101)]).toEqual([1, 0, 0]);
  });
});
