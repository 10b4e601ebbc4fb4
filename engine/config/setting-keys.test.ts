import { expect, it } from 'vitest';
import { settingKeys } from './setting-keys.ts';

it('takes a path apart, but no symbol', () => {
  expect(settingKeys('queue.threads')).toEqual(['queue', 'threads']);
  expect(settingKeys('queue')).toEqual(['queue']);
  expect(settingKeys('costs.symbols')).toEqual(['costs', 'symbols']);
  expect(settingKeys('costs.symbols.EURUSD')).toEqual(['costs', 'symbols', 'EURUSD']);
  expect(settingKeys('costs.symbols.EURUSD.spread_pips')).toEqual([
    'costs',
    'symbols',
    'EURUSD',
    'spread_pips',
  ]);
  expect(settingKeys('costs.symbols.BTC.USD')).toEqual(['costs', 'symbols', 'BTC.USD']);
  expect(settingKeys('costs.symbols.BTC.USD.spread_pips')).toEqual([
    'costs',
    'symbols',
    'BTC.USD',
    'spread_pips',
  ]);
  expect(settingKeys('validation.targets.quick.BTC.USD.roc_auc')).toEqual([
    'validation',
    'targets',
    'quick',
    'BTC.USD',
    'roc_auc',
  ]);
  expect(settingKeys('validation.targets.own.EURUSD')).toEqual(['validation', 'targets', 'own', 'EURUSD']);
  expect(settingKeys('validation.targets.slow.EURUSD')).toEqual(['validation', 'targets', 'slow', 'EURUSD']);
  expect(settingKeys('validation.criteria.full')).toEqual(['validation', 'criteria', 'full']);
});
