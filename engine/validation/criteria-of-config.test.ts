import { expect, test } from 'vitest';
import { readDefaults } from '../config/files.ts';
import { loadConfig } from '../config/load.ts';
import { criteriaOf } from './criteria.ts';
import { criteriaOfConfig } from './criteria-of-config.ts';

const load = (text: string) => loadConfig(readDefaults(), { file: 'config.yaml', text }).validation;

test('ranks judge models of returns in every mode, unless another list is asked for', () => {
  for (const mode of ['quick', 'full', 'own'] as const) {
    expect(criteriaOfConfig(load(''), mode, 'EURUSD')).toEqual(criteriaOf('ranks'));
  }
  const other = load('validation: { criteria: { quick: promotion } }');
  expect(criteriaOfConfig(other, 'quick', 'EURUSD')).toEqual(criteriaOf('promotion'));
  expect(criteriaOfConfig(other, 'full', 'EURUSD')).toEqual(criteriaOf('ranks'));
});

test('targets are those of the mode and symbol', () => {
  const validation = load(
    'validation: { criteria: { quick: quick }, targets: { quick: { EURUSD: { accuracy: [0.62, 0.65], trades: 50 } } } }',
  );
  expect(criteriaOfConfig(validation, 'quick', 'EURUSD')).toEqual(
    criteriaOf('quick', { accuracy: [0.62, 0.65], trades: 50 }),
  );
  for (const symbol of ['GBPUSD', 'constructor']) {
    expect(criteriaOfConfig(validation, 'quick', symbol)).toEqual(criteriaOf('quick'));
  }
  expect(criteriaOfConfig(validation, 'own', 'EURUSD')).toEqual(criteriaOf('ranks'));
});
