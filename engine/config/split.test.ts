import { expect, it } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { readDefaults } from './files.ts';
import { loadConfig } from './load.ts';
import { trainingDays, withSplit } from './split.ts';

const load = (text: string) => loadConfig(readDefaults(), { file: 'config.yaml', text });
const HALVES = { training: 0.6, tuning: 0.2, test: 0.2 };

it('turns fractions of the longest history into days, the same for all configurations', () => {
  const config = load('evaluation: { split: { training: 0.6, tuning: 0.2, test: 0.2 } }');
  const { evaluation } = withSplit(config, () => 180);
  expect(evaluation).toEqual({ ...config.evaluation, selection_days: 36, holdout_days: 36 });
  expect([180, 60, 1].map((days) => trainingDays(config, days))).toEqual([108, 36, 1]);
});

it('leaves windows in days alone, and asks for no history then', () => {
  const config = load('');
  const never = () => {
    throw new Error('asked');
  };
  expect(withSplit(config, never)).toBe(config);
  expect(trainingDays(config, 180)).toBe(180);
});

it.each([
  ['evaluation: { split: 0.6 }', HALVES],
  ['evaluation: { train_ratio: 0.8 }', { training: 0.8, tuning: 0.1, test: 0.1 }],
  ['training: { train_ratio: 0.7 }', { training: 0.7, tuning: 0.15, test: 0.15 }],
  ['evaluation: { split: none }', 'none'],
])('reads %s', (text, split) => {
  expect(load(text).evaluation.split).toEqual(split);
});

it.each(['{ training: 0.6, tuning: 0.2 }', '{ training: 0.6, tuning: 0.2, test: 0.3 }', '1', 'half', '0.99'])(
  'refuses %s, and says what it takes',
  (split) => {
    const read = () => load(`evaluation: { split: ${split} }`);
    expect(read).toThrow(EngineError);
    expect(read).toThrow(/evaluation\.split/);
    expect(read).toThrow(/three fractions from 0.05 to 0.9 that add up to 1/);
  },
);
