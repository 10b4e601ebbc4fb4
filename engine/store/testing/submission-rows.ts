import type { ScheduleRow } from '../schedules.ts';
import type { SubmissionRow, TrainingRow } from '../submissions.ts';
import type { TokenRow } from '../tokens.ts';

export const exampleToken = (): Omit<TokenRow, 'id' | 'revoked_at'> => ({
  name: 'CI',
  digest: 'ab'.repeat(32),
  read_only: 1,
  created_at: 3,
});

export const exampleSubmission = (): SubmissionRow => ({
  key: '1/k',
  request: 'd',
  answer: '{"job_id":"1"}',
  created_at: 3,
});

export const exampleTraining = (): TrainingRow => ({
  id: 'train_xgboost_3.000',
  label: 'xgboost',
  origin: 'request',
  wishes: '{}',
  state: 'completed',
  jobs: '[1]',
  owner: null,
  names: '[]',
  error: null,
  created_at: 3,
  started_at: 4,
  finished_at: 5,
  schedule: null,
});

export const exampleSchedule = (): ScheduleRow => ({
  name: 'weekly',
  enabled: 1,
  cron: '0 2 * * 0',
  zone: 'UTC',
  wishes: '{}',
  handled_at: 3,
});
