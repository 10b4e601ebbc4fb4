import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Configuration } from '../contract/configuration.ts';
import { TIMEFRAMES } from '../contract/timeframe.ts';
import { ENCODERS } from '../contract/words.ts';
import { configHash } from '../grid/grid.ts';
import { digestOf } from '../identity/digest.ts';

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
);

const configurations: fc.Arbitrary<Configuration> = fc.record({
  modelType: fc.string({ unit: 'grapheme' }),
  encoder: fc.constantFrom(...ENCODERS),
  symbol: fc.string({ unit: 'grapheme' }),
  timeframe: fc.constantFrom(...TIMEFRAMES),
  daysHistory: fc.integer({ min: 5, max: 3650 }),
  horizon: fc.integer({ min: 1, max: 500 }),
  indicatorTimeframes: fc.record({ sma: fc.subarray([...TIMEFRAMES]), adx: fc.subarray([...TIMEFRAMES]) }),
  hyperparameters: fc.dictionary(fc.string(), value),
});

test('a config hash is the digest of the canonical JSON of its eight parts, however it is put together', () => {
  fc.assert(
    fc.property(configurations, (configuration) => {
      const { modelType, encoder, symbol, timeframe, daysHistory, horizon } = configuration;
      const { indicatorTimeframes, hyperparameters } = configuration;
      const parts = {
        modelType,
        encoder,
        symbol,
        timeframe,
        daysHistory,
        horizon,
        indicatorTimeframes,
        hyperparameters,
      };
      expect(configHash({ ...configuration, index: 7 } as Configuration)).toBe(digestOf(parts));
    }),
  );
});
