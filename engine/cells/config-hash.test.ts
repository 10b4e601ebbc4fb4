import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Configuration } from '../contract/configuration.ts';
import type { Hyperparameters, SideHyperparameters } from '../contract/hyperparameters.ts';
import { TIMEFRAMES } from '../contract/timeframe.ts';
import { ENCODERS } from '../contract/words.ts';
import { digestOf } from '../identity/digest.ts';
import { canonicalConfiguration, configHash, readConfiguration } from './config-hash.ts';

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
  target: fc.constant('return'),
  indicatorTimeframes: fc.record({ sma: fc.subarray([...TIMEFRAMES]), adx: fc.subarray([...TIMEFRAMES]) }),
  hyperparameters: fc.dictionary(fc.string(), value),
});

test('a config hash is the digest of the canonical JSON of its parts, without a target of returns, however it is put together', () => {
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
      const other = { ...configuration, target: 'outcome 2:1' };
      expect(configHash(other)).toBe(digestOf({ ...parts, target: 'outcome 2:1' }));
    }),
  );
});

const FIRST: Configuration = {
  modelType: 'ridge',
  encoder: 'normalized',
  symbol: 'EURUSD',
  timeframe: 'H4',
  daysHistory: 60,
  horizon: 12,
  target: 'return',
  indicatorTimeframes: { atr: ['H4'], sma: ['D1'] },
  hyperparameters: { alpha: 1 },
};

test('a configuration of the first release is called what it was called there', () => {
  expect(configHash(FIRST)).toBe('ed2611a144973e00ae5a33f7f2fe3cd0884319d975d155bd0a281fa90a9a35b9');
});

test('two models that have the same hyper-parameters are called what they are called together', () => {
  const pair = (long: object, short: object) =>
    configHash({ ...FIRST, target: 'outcome 2:1', hyperparameters: { long, short } as SideHyperparameters });
  const both = (hyperparameters: Hyperparameters) =>
    configHash({ ...FIRST, target: 'outcome 2:1', hyperparameters });
  expect(pair({ a: 1, b: true }, { b: true, a: 1 })).toBe(both({ a: 1, b: true }));
  expect(pair({}, {})).toBe(both({}));
  const names = [pair({ a: 1 }, { a: 2 }), pair({ a: 2 }, { a: 1 }), pair({ a: 1 }, {}), pair({}, { a: 1 })];
  expect(new Set([...names, both({ a: 1 }), both({ a: 2 }), both({})]).size).toBe(7);
  const own = { ...FIRST, hyperparameters: { long: { b: 1, a: 2 }, short: { a: '3' } } };
  expect(configHash(own)).toBe(
    digestOf({ ...FIRST, target: undefined, hyperparameters: own.hyperparameters }),
  );
  expect(readConfiguration(canonicalConfiguration(own))).toEqual(own);
});

test('what is written can be read', () => {
  fc.assert(
    fc.property(configurations, (configuration) => {
      const read = readConfiguration(canonicalConfiguration(configuration));
      expect(canonicalConfiguration(read)).toBe(canonicalConfiguration(configuration));
    }),
  );
  expect(readConfiguration(canonicalConfiguration(FIRST))).toEqual(FIRST);
});
