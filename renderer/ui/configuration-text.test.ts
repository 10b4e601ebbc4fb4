import { expect, it } from 'vitest';
import { configurationText } from './configuration-text.ts';
import { titleOf } from './format.ts';

it('names a configuration with titles', () => {
  const configuration = {
    modelType: 'random_forest',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 60,
    horizon: 12,
    target: 'return',
    encoder: 'time_delta',
    indicatorTimeframes: {},
    hyperparameters: {},
  } as const;
  expect(configurationText(configuration, titleOf)).toEqual({
    subject: 'Random forest EURUSD H1',
    rest: '60 days, 12 bars ahead, time delta',
  });
  expect(configurationText({ ...configuration, horizon: 1 }, titleOf).rest).toBe(
    '60 days, 1 bar ahead, time delta',
  );
});
