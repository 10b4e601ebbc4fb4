import fc from 'fast-check';
import { expect, it } from 'vitest';
import { triesOf } from './tries.ts';

it('sums the Sharpe ratios of the strategies with enough trades, per regime', () => {
  const cell = fc.record({
    score: fc.integer({ min: -20, max: 20 }),
    trades: fc.integer({ min: 0, max: 20 }),
  });
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(rows, (strategies) => {
      const results = {
        strategies: strategies.length,
        score: (strategy: number, regime: number) => strategies[strategy]![regime]!.score,
        trades: (strategy: number, regime: number) => strategies[strategy]![regime]!.trades,
      };
      const tries = triesOf(results, ['calm', 'bull', 'unclassified'], 10);
      const expected = (['calm', 'bull'] as const).flatMap((regime, r) => {
        const scores = strategies.filter((row) => row[r]!.trades >= 10).map((row) => row[r]!.score);
        if (scores.length === 0) return [];
        const sum = scores.reduce((a, b) => a + b);
        return [
          [
            regime,
            { count: scores.length, sum, sumSquares: scores.map((s) => s * s).reduce((a, b) => a + b) },
          ],
        ];
      });
      expect(tries).toEqual(Object.fromEntries(expected));
    }),
  );
});
