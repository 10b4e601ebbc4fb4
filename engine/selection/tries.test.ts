import fc from 'fast-check';
import { expect, it } from 'vitest';
import { triesOf } from './tries.ts';

it('sums the Sharpe ratios of the strategies with enough trades per regime, twins once', () => {
  // So few different ones that many a strategy trades like another.
  const cell = fc.record({
    score: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN)),
    twin: fc.nat(1),
    trades: fc.integer({ min: 8, max: 12 }),
  });
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(rows, (strategies) => {
      const results = {
        strategies: strategies.length,
        score: (strategy: number, regime: number) => strategies[strategy]![regime]!.score,
        trades: (strategy: number, regime: number) => strategies[strategy]![regime]!.trades,
        fingerprint: (strategy: number, regime: number) => JSON.stringify(strategies[strategy]![regime]),
      };
      const tries = triesOf(results, ['calm', 'bull', 'unclassified'], 10);
      const expected = (['calm', 'bull'] as const).flatMap((regime, r) => {
        const scores = strategies
          .map((row) => row[r]!)
          .filter((own, index, all) => {
            const isTwin = (other: typeof own) => JSON.stringify(other) === JSON.stringify(own);
            return own.trades >= 10 && !Number.isNaN(own.score) && all.findIndex(isTwin) === index;
          })
          .map(({ score }) => score);
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
