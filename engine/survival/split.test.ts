import { expect, test } from 'vitest';
import { inOrder } from './rows.ts';
import { learningSplit, temporalSplit } from './split.ts';
import { madeUpRows } from './testing/rows.ts';

const DAY = 86_400_000;
const rows = madeUpRows({ folds: 40 });

test('parts are 60, 20 and 20 % of the rows by time, whole dates together', () => {
  const { training, validation, test: last, purged } = temporalSplit(rows);
  expect([training, validation, last].map(({ length }) => length)).toEqual([288, 96, 96]);
  expect(purged).toBe(0);
  expect([...training, ...validation, ...last]).toEqual(inOrder(rows));
});

test('nothing that a part knows had not ended when the next began, where windows overlap, too', () => {
  const long = rows.map((row) => ({ ...row, closedAt: row.closedAt + 30 * DAY }));
  const { training, validation, test: last, purged } = temporalSplit(long);
  const begin = (of: typeof rows) => Math.min(...of.map(({ decidedAt }) => decidedAt));
  const end = (of: readonly { closedAt: number }[]) => Math.max(...of.map(({ closedAt }) => closedAt));
  expect(end(training)).toBeLessThanOrEqual(begin([...validation]));
  expect(end(validation)).toBeLessThanOrEqual(begin([...last]));
  expect(purged).toBe(2 * 12);
  const known = learningSplit([...training, ...validation]);
  expect(end(known.training)).toBeLessThanOrEqual(begin([...known.validation]));
});
