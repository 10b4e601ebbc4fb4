import { expect, it } from 'vitest';
import { parseGridSpec } from './grid.ts';
import { isTarget, readTarget, targetFilter, targetSchema } from './target-names.ts';

const SPEC = {
  model_types: ['ridge'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [60],
  horizons: [12],
};
const targetsOf = (targets: unknown) => parseGridSpec({ ...SPEC, targets }).targets;

it('a grid lists targets by name, with multiples of ATR, or in full', () => {
  expect(parseGridSpec(SPEC).targets).toEqual(['return']);
  expect(targetsOf(['return', 'outcome'])).toEqual(['return', 'outcome 2:1']);
  expect(targetsOf(['Outcome 3:1.5', { target: 'outcome', take_profit: 3 }])).toEqual([
    'outcome 3:1.5',
    'outcome 3:1',
  ]);
  expect(targetsOf({ target: 'outcome', take_profit: 0.5, stop_loss: 2 })).toEqual(['outcome 0.5:2']);
});

it.each([
  'sharpe',
  'outcome 0:1',
  'outcome 2:-1',
  'outcome 2:51',
  'outcome 2:',
  'return 2:1',
  { target: 'outcome', take_profit: '3' },
  { target: 'outcome', stop: 3 },
  { take_profit: 3 },
  7,
])('refuses %j, and says what there is', (target) => {
  expect(() => targetsOf([target])).toThrow(
    /targets\[0\]: .* is no target\. Use return, direction, barrier or outcome/,
  );
});

it('has one text for each target, which is what is stored', () => {
  expect(readTarget('outcome 2:1')).toEqual({ name: 'outcome', exits: { takeProfit: 2, stopLoss: 1 } });
  expect(readTarget('return')).toEqual({ name: 'return', exits: null });
  expect(targetSchema.safeParse('outcome 2:1').success).toBe(true);
  for (const text of ['outcome', 'outcome 2.0:1', ' return', 'Return']) {
    expect(targetSchema.safeParse(text).success).toBe(false);
  }
});

it.each([
  ['barrier', 'barrier 3:1.5', true],
  ['Barrier 2:1', 'barrier 2:1', true],
  ['barrier 2:1', 'barrier 2:1.5', false],
  ['outcome', 'barrier 2:1', false],
  ['direction', 'direction', true],
  ['return', 'direction', false],
  ['nothing', 'return', false],
])('the filter %s and the target %s', (text, target, isIt) => {
  expect(isTarget(target, targetFilter.parse(text))).toBe(isIt);
});
