import { expect, test } from 'vitest';
import { readDefaults } from '../config/files.ts';
import { loadConfig } from '../config/load.ts';
import { criteriaOf } from './criteria.ts';
import { criteriaOfConfig } from './criteria-of-config.ts';

const load = (text: string) => loadConfig(readDefaults(), { file: 'config.yaml', text }).validation;

const of = (symbol: string) => ({ symbol, target: 'return' });

test('ranks judge models of returns in every mode, unless another list is asked for', () => {
  for (const mode of ['quick', 'full', 'own'] as const) {
    expect(criteriaOfConfig(load(''), mode, of('EURUSD'))).toEqual(criteriaOf('ranks'));
  }
  const other = load('validation: { criteria: { quick: promotion } }');
  expect(criteriaOfConfig(other, 'quick', of('EURUSD'))).toEqual(criteriaOf('promotion'));
  expect(criteriaOfConfig(other, 'full', of('EURUSD'))).toEqual(criteriaOf('ranks'));
});

test('classes are asked whether they are told apart', () => {
  const target = 'barrier 2:1';
  expect(criteriaOfConfig(load(''), 'own', { symbol: 'EURUSD', target })).toEqual(criteriaOf('two_errors'));
  const asked = load('validation: { criteria: { own: ranks } }');
  expect(criteriaOfConfig(asked, 'own', { symbol: 'EURUSD', target })).toEqual(criteriaOf('ranks'));
});

test('targets are those of the mode and symbol', () => {
  const validation = load(
    'validation: { criteria: { quick: quick }, targets: { quick: { EURUSD: { accuracy: [0.62, 0.65], trades: 50 } } } }',
  );
  expect(criteriaOfConfig(validation, 'quick', of('EURUSD'))).toEqual(
    criteriaOf('quick', { accuracy: [0.62, 0.65], trades: 50 }),
  );
  for (const symbol of ['GBPUSD', 'constructor']) {
    expect(criteriaOfConfig(validation, 'quick', of(symbol))).toEqual(criteriaOf('quick'));
  }
  expect(criteriaOfConfig(validation, 'own', of('EURUSD'))).toEqual(criteriaOf('ranks'));
});
