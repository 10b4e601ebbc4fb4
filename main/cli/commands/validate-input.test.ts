import { describe, expect, it } from 'vitest';
import type { GridSpec } from '../../../engine/contract/grid.ts';
import { assertGridMode, type ValidateMode, validationInput } from './validate-input.ts';

const market = { symbol: 'EURUSD', timeframe: 'H1' };

describe('what is validated', () => {
  it.each([
    [market, market],
    [
      { ...market, modelType: 'ridge' },
      { ...market, modelType: 'ridge' },
    ],
    [
      { ...market, symbols: 'GBPUSD, USDJPY,' },
      { symbols: ['EURUSD', 'GBPUSD', 'USDJPY'], timeframe: 'H1' },
    ],
    [
      { symbol: 'H1', symbols: 'EURUSD,GBPUSD' },
      { symbols: ['EURUSD', 'GBPUSD'], timeframe: 'H1' },
    ],
    [
      { ...market, modelType: 'ridge', parameters: 'alpha=0.5, fit=auto,early=true' },
      { ...market, modelType: 'ridge', hyperparameters: { alpha: 0.5, fit: 'auto', early: true } },
    ],
    [{ run: '12' }, { runId: '12' }],
    [{ champion: 'EURUSD/H1/bull' }, { champion: 'EURUSD/H1/bull' }],
  ])('%o', (input, subject) => {
    expect(validationInput('quick', input).subject).toEqual(subject);
  });

  it('has the options of its folds, and no others', () => {
    expect(validationInput('full', { ...market, folds: '5', testPeriodDays: '30', fixed: true })).toEqual({
      subject: market,
      folds: '5',
      testPeriodDays: '30',
      expandingWindow: false,
    });
    expect(validationInput('quick', { ...market, expanding: true, minTrainDays: '90' })).toEqual({
      subject: market,
      expandingWindow: true,
      minTrainDays: '90',
    });
    expect(validationInput('own', { run: '3' })).toEqual({ subject: { runId: '3' } });
  });
});

it.each<[ValidateMode, Record<string, unknown>, RegExp]>([
  ['quick', {}, /^Say what to validate: SYMBOL TIMEFRAME/],
  ['quick', { symbol: 'EURUSD' }, /such as EURUSD H1: the timeframe is missing/],
  ['quick', { symbols: 'EURUSD' }, /--symbols wants a timeframe/],
  ['quick', { ...market, run: '1' }, /found a market and --run: leave all but one out/],
  ['full', { run: '1', champion: 'EURUSD/H1/bull' }, /found --run and --champion/],
  [
    'full',
    { run: '1', modelType: 'ridge' },
    /^--model-type goes with a market: --run has a model type of its own/,
  ],
  ['full', { run: '1', parameters: 'alpha=1' }, /^--parameters goes with a market: --run/],
  [
    'full',
    { ...market, parameters: 'alpha' },
    /^--parameters wants NAME=VALUE, parted by commas, found "alpha"/,
  ],
  ['full', { ...market, expanding: true, fixed: true }, /--expanding and --fixed contradict each other/],
  ['own', { run: '1', grid: 'grid.yaml' }, /^Only one thing is validated, found --run and --grid/],
  ['own', { grid: 'grid.yaml', modelType: 'ridge' }, /^--model-type goes with a market: --grid/],
  ['own', {}, /^own validates the windows of a run or a champion/],
  ['own', market, /^own validates the windows of a run or a champion/],
  ['own', { run: '1', minTrainDays: '90' }, /^--min-train-days does not go with own/],
  ['own', { run: '1', expanding: true }, /^--expanding does not go with own/],
])('%s %o is refused', (mode, input, message) => {
  expect(() => validationInput(mode, input)).toThrow(message);
});

it('a grid is read for own alone', () => {
  const grid = { symbols: ['EURUSD'] } as unknown as GridSpec;
  expect(validationInput('own', { grid: 'grid.yaml', folds: '3' }, grid)).toEqual({
    subject: { grid },
    folds: '3',
  });
  expect(() => assertGridMode('own')).not.toThrow();
  for (const mode of ['quick', 'full', 'sequential'] as const) {
    expect(() => assertGridMode(mode)).toThrow(/^--grid goes with own alone/);
  }
});
