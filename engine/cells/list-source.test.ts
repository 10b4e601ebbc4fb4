import { expect, it } from 'vitest';
import type { Configuration } from '../contract/configuration.ts';
import { createListSource } from './list-source.ts';
import { testCellSource } from './testing/contract.ts';

/** No product of axes: one symbol has one horizon, the other has the others. */
const LIST = (['EURUSD', 'GBPUSD', 'GBPUSD', 'GBPUSD', 'EURUSD'] as const).map(
  (symbol, i): Configuration => ({
    modelType: 'ridge',
    encoder: 'normalized',
    symbol,
    timeframe: 'H1',
    daysHistory: 60,
    horizon: 1 + i * i,
    target: 'return',
    indicatorTimeframes: {},
    hyperparameters: {},
  }),
);

testCellSource('a list', { create: () => createListSource(LIST) });

it('gives its configurations in their order, as of the date that it is given', () => {
  const cells = createListSource(LIST, 7).ask(10);
  expect(cells.map(({ configuration }) => configuration)).toEqual(LIST);
  expect(new Set(cells.map(({ asOf }) => asOf))).toEqual(new Set([7]));
});
