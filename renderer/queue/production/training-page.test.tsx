// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { QueueDto, TrainingDto } from '../../../engine/contract/dto/index.ts';
import { useQueues } from '../../state/index.ts';
import { queueFixture } from '../../state/testing/queues.ts';
import { show, standInHost } from '../../testing/render.tsx';
import { TrainingPage } from './training-page.tsx';

const TRAINING: TrainingDto = {
  id: 'train_ridge_1.5',
  title: 'EURUSD H1',
  origin: 'window',
  schedule: null,
  state: 'running',
  waitingFor: null,
  asked: {},
  names: [
    {
      name: 'EURUSD H1',
      stages: [
        { stage: 'train', state: 'done', text: null, queueIds: [7] },
        { stage: 'validate', state: 'running', text: null, queueIds: [8] },
      ],
      result: null,
    },
  ],
  createdAt: '2026-11-30T00:00:00.000Z',
  startedAt: '2026-11-30T00:00:01.000Z',
  endedAt: null,
  error: null,
};

async function shown(job: Partial<QueueDto>) {
  const asked = standInHost();
  const done = queueFixture({ id: 7, name: 'Refit', state: 'completed' });
  useQueues.setState({ queues: [done, queueFixture({ id: 8, name: 'Gate', state: 'running', ...job })] });
  show(<TrainingPage id={TRAINING.id} />);
  const answer = (method: string, result: unknown) =>
    act(async () => asked.findLast((call) => call.method === method)!.answer(result));
  await act(async () => new Promise((resolve) => setTimeout(resolve, 5)));
  await answer('production.training', TRAINING);
  await act(async () => new Promise((resolve) => setTimeout(resolve, 5)));
  await answer('jobs.status', { progress_pct: 62.5, elapsed: 90 });
  return asked;
}

it('has the head that every job has: stage, progress, pause of its job, cancel of all of it', async () => {
  const asked = await shown({});
  const head = within(screen.getByRole('region', { name: 'Production training of EURUSD H1' }));
  expect(head.getByText('Validate')).toBeTruthy();
  expect(head.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('62');
  await userEvent.click(head.getByRole('button', { name: 'Pause' }));
  expect(asked.at(-1)).toMatchObject({ method: 'queue.pause', input: { queueId: 8 } });
  await userEvent.click(head.getByRole('button', { name: 'Cancel' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel training' }));
  expect(asked.at(-1)).toMatchObject({ method: 'jobs.cancel', input: { jobId: TRAINING.id } });
  expect(screen.getByRole('region', { name: 'Threads' })).toBeTruthy();
  expect(screen.getByRole('log')).toBeTruthy();
});

it('goes on with what was paused', async () => {
  const asked = await shown({ state: 'paused' });
  await userEvent.click(screen.getByRole('button', { name: 'Resume' }));
  expect(asked.at(-1)).toMatchObject({ method: 'queue.resume', input: { queueId: 8 } });
});
