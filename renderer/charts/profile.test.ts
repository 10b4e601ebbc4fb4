import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROFILE_AXES, type ProfileFigures } from './profile.ts';

const BASE: ProfileFigures = {
  sharpe: 1.5,
  maxDrawdown: 0.05,
  winRate: 0.56,
  profitFactor: 1.5,
  holdoutSharpe: 0.75,
};

const positions = (change: Partial<ProfileFigures>) =>
  Object.fromEntries(PROFILE_AXES.map((axis) => [axis.name, axis.position({ ...BASE, ...change })]));

describe('profile scale', () => {
  it('puts every figure where its legend says', () => {
    expect(positions({})).toEqual({
      Sharpe: 0.5,
      'Drawdown control': 0.75,
      'Win rate': 0.56,
      'Profit factor': 0.25,
      Stability: 0.5,
    });
  });

  it('ends at the worst and the best', () => {
    const worst = { sharpe: -2, maxDrawdown: 0.6, winRate: 0, profitFactor: 0.4, holdoutSharpe: 1 };
    expect(Object.values(positions(worst))).toEqual([0, 0, 0, 0, 0]);
    const best = { sharpe: 4, maxDrawdown: 0, winRate: 1, profitFactor: 9, holdoutSharpe: 5 };
    expect(Object.values(positions(best))).toEqual([1, 1, 1, 1, 1]);
  });

  it('takes no losing trade as the best profit factor, and figures that are no number as the worst', () => {
    expect(positions({ profitFactor: null })['Profit factor']).toBe(1);
    expect(positions({ sharpe: Number.NaN }).Sharpe).toBe(0);
  });

  it('stays within 0 to 1 and never falls when a figure gets better', () => {
    const any = fc.double({ min: -50, max: 50, noNaN: true });
    const gain = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(any, gain, (value, better) => {
        const pairs = [
          ['Sharpe', { sharpe: value }, { sharpe: value + better }],
          ['Drawdown control', { maxDrawdown: value }, { maxDrawdown: value - better }],
          ['Win rate', { winRate: value }, { winRate: value + better }],
          ['Profit factor', { profitFactor: value }, { profitFactor: value + better }],
          ['Stability', { holdoutSharpe: value }, { holdoutSharpe: value + better }],
        ] as const;
        for (const [axis, before, after] of pairs) {
          const low = positions(before)[axis]!;
          const high = positions(after)[axis];
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(high).toBeGreaterThanOrEqual(low);
        }
      }),
    );
  });
});
