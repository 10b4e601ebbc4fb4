import { expect, test } from 'vitest';
import { waitingText } from './tracking-text.ts';

const NONE = { jobs: 0, versions: 0, gates: 0, validations: 0, trials: 0, models: 0 };

test('what waits is said by kind', () => {
  expect(waitingText(NONE)).toBeUndefined();
  expect(waitingText({ ...NONE, jobs: 1 })).toBe('1 job');
  expect(waitingText({ ...NONE, jobs: 1, trials: 2, models: 1200 })).toBe('1 job, 2 trials and 1,200 models');
});
