import { expect, it } from 'vitest';
import { titleOf } from '../ui/format.ts';
import { configurationText } from './configuration-text.ts';

it('writes the engine’s name of a configuration with titles', () => {
  expect(configurationText('random_forest EURUSD H1, 60 days, 12 bars ahead, time_delta', titleOf)).toEqual({
    subject: 'Random forest EURUSD H1',
    rest: '60 days, 12 bars ahead, time delta',
  });
  expect(configurationText('ridge A, B H1, 5 days, 1 bars ahead, normalized', titleOf)).toEqual({
    subject: 'Ridge A, B H1',
    rest: '5 days, 1 bar ahead, normalized',
  });
});

it('leaves any other text as it is', () => {
  expect(configurationText('loading candles', titleOf)).toEqual({ subject: 'loading candles', rest: '' });
});
