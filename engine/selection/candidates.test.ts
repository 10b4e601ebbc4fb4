import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import { SCORE_METRICS } from '../contract/words.ts';
import { examineRegimes, figure, type RegimeResults, SCORES } from './candidates.ts';

const rules = { score: 'sharpe', min_trades_per_regime: 10, min_score: 0 } as const;

type Row = readonly [score: number, trades: number];

/** One regime, one row per strategy. */
function resultsOf(rows: readonly Row[]): RegimeResults {
  return {
    strategies: rows.map((_, index) => index),
    score: (strategy) => rows[strategy]![0],
    trades: (strategy) => rows[strategy]![1],
  };
}

const examineOne = (rows: readonly Row[]) => examineRegimes(resultsOf(rows), ['calm_ranging'], rules)[0];

describe('examineRegimes', () => {
  it('takes the best eligible strategy, the earlier one of equals', () => {
    const rows: Row[] = [
      [9, 9],
      [1.5, 12],
      [2, 10],
      [2, 40],
      [Number.NaN, 50],
    ];
    expect(examineOne(rows)).toEqual({
      regime: 'calm_ranging',
      strategyIndex: 2,
      score: 2,
      trades: 10,
      ineligible: null,
    });
  });

  it.each<[string, Row[], number, string]>([
    [
      'too few trades',
      [
        [3, 4],
        [1, 7],
        [2, 7],
      ],
      1,
      'No strategy has the 10 trades that are asked for in this regime; the most is 7.',
    ],
    [
      'a score not above the least',
      [
        [-2, 20],
        [0, 10],
        [5, 9],
      ],
      1,
      'The best Sharpe of strategies with at least 10 trades is 0; it must be above 0.',
    ],
    [
      'no score',
      [
        [Number.NaN, 20],
        [5, 9],
      ],
      0,
      'No strategy with at least 10 trades has a Sharpe in this regime.',
    ],
    [
      'no trades at all',
      [[0, 0]],
      0,
      'No strategy has the 10 trades that are asked for in this regime; the most is 0.',
    ],
  ])('says what is missing: %s', (_, rows, strategyIndex, ineligible) => {
    expect(examineOne(rows)).toMatchObject({ strategyIndex, ineligible });
  });

  it('agrees with filtering and sorting', () => {
    const score = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Number.NaN, Infinity));
    const row = fc.tuple(score, fc.integer({ min: 7, max: 13 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const eligible = rows
          .map(([s, trades], index) => ({ s, trades, index }))
          .filter(({ s, trades }) => trades >= 10 && s > 0)
          .sort((a, b) => (a.s === b.s ? a.index - b.index : a.s > b.s ? -1 : 1));
        const { strategyIndex, ineligible } = examineOne(rows)!;
        expect(ineligible === null).toBe(eligible.length > 0);
        if (eligible.length > 0) expect(strategyIndex).toBe(eligible[0]!.index);
      }),
    );
  });

  it('reads each regime by its position and leaves unclassified bars out', () => {
    const results: RegimeResults = {
      strategies: [0, 1, 2],
      score: (strategy, regime) => (strategy === regime ? 2 : 1),
      trades: () => 10,
    };
    const examined = examineRegimes(results, ['a', 'unclassified', 'b'], rules);
    expect(examined.map(({ regime, strategyIndex }) => [regime, strategyIndex])).toEqual([
      ['a', 0],
      ['b', 2],
    ]);
  });
});

it.each([
  ['sharpe', 'Sharpe', 0],
  ['sortino', 'Sortino', 0],
  ['calmar', 'Calmar', 0],
  ['profit_factor', 'profit factor', 1],
  ['total_return', 'total return', 0],
  ['composite', 'composite score', 0.5],
] as const)(
  '%s: asks the %s to be above %d, unless the configuration says otherwise',
  (score, title, breakEven) => {
    const of = (min_score: 'auto' | number, value: number) =>
      examineRegimes(resultsOf([[value, 10]]), ['bull'], { ...rules, score, min_score })[0]!.ineligible;
    const best = `The best ${title} of strategies with at least 10 trades is`;
    expect(of('auto', breakEven)).toBe(`${best} ${breakEven}; it must be above ${breakEven}.`);
    expect(of('auto', breakEven + 0.01)).toBeNull();
    expect(of(2, breakEven + 0.01)).toBe(`${best} ${breakEven + 0.01}; it must be above 2.`);
  },
);

it('scores are shown with four digits', () => {
  expect([1.23456, -0.000123456, 12345.6, 2, Infinity].map(figure)).toEqual([
    '1.235',
    '-0.0001235',
    '12350',
    '2',
    'infinite',
  ]);
});

it('every score is a metric of the backtest', () => {
  expect(SCORE_METRICS.map((score) => METRICS.includes(SCORES[score].metric))).not.toContain(false);
});
