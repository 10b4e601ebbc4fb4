import { expect, test } from 'vitest';
import type { StudyDto, TrialDto } from './dto/search.ts';
import {
  conditionName,
  matchingTrials,
  readTrialConditions,
  trialCondition,
  trialConditionKey,
} from './trial-conditions.ts';

const study = {
  study: 1,
  configuration: {
    modelType: 'ridge',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 90,
    horizon: 3,
    target: 'barrier 2:1',
    encoder: 'normalized',
    indicatorTimeframes: {},
    hyperparameters: { long: { alpha: 5, beta: 2 }, short: { alpha: 7, beta: 2 } },
  },
} as unknown as StudyDto;

const trialOf = (trial: number, value: number | null, changes: Partial<TrialDto> = {}) =>
  ({
    study: 1,
    trial,
    state: 'completed',
    side: null,
    value,
    auc: null,
    seconds: 1,
    params: {},
    ...changes,
  }) as TrialDto;

const TRIALS = [
  trialOf(1, 0.02, { params: { alpha: 0.1, use_bias: true } }),
  trialOf(2, 0.09, { params: { alpha: 0.5, use_bias: false }, state: 'pruned' }),
  trialOf(3, -0.05, { params: { alpha: 2, days_history: 120 }, side: 'SHORT' }),
  trialOf(4, null, { params: { alpha: 3 }, state: 'failed' }),
];

test.each([
  ['', [1, 2, 3, 4]],
  ['trial = 2|4', [2, 4]],
  ['study = 2, trial = 3', [3]],
  ['study = 1', []],
  ['param.alpha >= 0.5, param.alpha <= 2', [2, 3]],
  ['param.use_bias = true', [1]],
  // What a trial varied stands before what its study has.
  ['daysHistory = 90', [1, 2, 4]],
  ['daysHistory = 120', [3]],
  ['param.long.alpha = 5', [1, 2, 3, 4]],
  ['param.long.alpha = 7', []],
  ['side = short', [3]],
  // Nothing is known of a value that is missing.
  ['value < 1', [1, 2, 3]],
  ['state = completed, target = barrier 2:1', [1, 3]],
])('%s leaves the trials %j', (text, numbers) => {
  const { conditions, problem } = readTrialConditions(text);
  expect(problem).toBeUndefined();
  expect(matchingTrials(study, TRIALS, conditions).map(({ trial }) => trial)).toEqual(numbers);
});

test('says why an address can’t be read, and then leaves all', () => {
  const { conditions, problem } = readTrialConditions('nothing = 3');
  expect(problem).toMatch(/^"nothing" is no column to filter by\. Use one of study, trial, /);
  expect(conditions).toEqual([]);
});

test('names what it filters by: axes by their keys, hyper-parameters after param', () => {
  expect(['horizon', 'side', 'alpha', 'LONG alpha', 'indicatorTimeframes'].map(trialConditionKey)).toEqual([
    'horizon',
    'side',
    'param.alpha',
    'param.long.alpha',
    null,
  ]);
  expect(['param.long.alpha', 'param.alpha', 'horizon'].map(conditionName)).toEqual([
    'LONG Penalty',
    'Penalty',
    'Horizon, bars',
  ]);
});

test('names the study of a trial where there are several', () => {
  const [trial] = TRIALS as [TrialDto];
  expect(trialCondition({ studies: [study] }, trial)).toBe('trial = 1');
  expect(trialCondition({ studies: [study, study] }, trial)).toBe('study = 2, trial = 1');
});
