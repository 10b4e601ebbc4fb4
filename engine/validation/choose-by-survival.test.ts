import { expect, test } from 'vitest';
import { fitSurvival, predictSurvival } from '../survival/model.ts';
import { madeUpRows } from '../survival/testing/rows.ts';
import { SURVIVAL_TYPES } from '../survival/types.ts';
import { chooseBySurvival, type OfferedContender } from './choose-by-survival.ts';
import type { Contender } from './contenders.ts';

const rows = madeUpRows({ folds: 60, edge: 1.5 });
const model = fitSurvival(rows, {
  modelType: 'classifier',
  tuned: SURVIVAL_TYPES.classifier.start,
  seed: 1,
});
/** The contenders of one date. */
const some = rows.slice(0, 12);
const chances = predictSurvival(model, some);
const scoreOf = (i: number) => some[i]!.figures.sharpe!;

function offered(order: readonly number[]): OfferedContender[] {
  return order.map((i) => {
    const { symbol, timeframe, figures, ...row } = some[i]!;
    return {
      symbol,
      timeframe,
      stored: { ...row, cell: i, figures: figures as Record<string, number | null> },
      contender: { regime: row.regime, score: scoreOf(i) } as unknown as Contender,
    };
  });
}

const all = some.map((_, i) => i);
const chosen = (least: number) => chooseBySurvival(offered(all), { model, least });

test('the likeliest of each regime is chosen, with its chance as its score', () => {
  const champions = chosen(0);
  expect(champions.map(({ regime }) => regime).sort()).toEqual(['bear', 'bull', 'calm']);
  for (const { regime, cell, score } of champions) {
    const own = all.filter((i) => some[i]!.regime === regime);
    expect(score).toBe(chances[cell]);
    expect(score).toBe(Math.max(...own.map((i) => chances[i]!)));
  }
});

test('nobody is, whose chance is not above the least', () => {
  const [lowest] = chosen(0)
    .map(({ score }) => score)
    .sort((a, b) => a - b);
  expect(chosen(lowest!)).toHaveLength(2);
  expect(chosen(1)).toEqual([]);
});

test('of equal chances the higher Sharpe ratio decides', () => {
  const twins = offered([0, 0, 0]).map((of, i) => ({
    ...of,
    stored: { ...of.stored, cell: i },
    contender: { ...of.contender, score: [1, 3, 2][i]! },
  }));
  expect(chooseBySurvival(twins, { model, least: 0 }).map(({ cell }) => cell)).toEqual([1]);
});
