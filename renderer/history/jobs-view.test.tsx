// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { JobDto } from '../../engine/contract/dto/index.ts';
import { followHash, useUi } from '../state/ui.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { JobsView } from './jobs-view.tsx';

const JOB: JobDto = {
  id: 1,
  kind: 'grid',
  name: 'Nightly',
  symbols: ['EURUSD', 'GBPUSD'],
  timeframes: ['H1'],
  state: 'running',
  progress_pct: 33.3,
  current: 65,
  total: 192,
  unit: 'models',
  current_model: 'ridge EURUSD H1, 60 days, 12 bars ahead, normalized',
  best_score_long: null,
  best_score_short: null,
  accuracy: null,
  hit_rate_tp1: null,
  avg_roc_auc: null,
  elapsed: 90,
  remaining: 180,
  model_version: null,
  error: null,
  requested_at: '2026-01-01T00:00:00.000Z',
  started_at: '2026-01-01T00:00:10.000Z',
  completed_at: null,
  priority: 0,
  waiting_for: null,
  completed: 64,
  failed: 0,
  skipped: 0,
  impossible: 0,
  crowned: 12,
  pushed_out: 8,
  kept: 4,
  deleted: 60,
  peak_memory_bytes: 300e6,
  disk_bytes: 5e6,
  favorite: false,
  tags: [],
  note: null,
  owner_pid: 4711,
  owner_host: 'laptop',
  owner_kind: 'server',
  owner_since: '2026-01-01T00:00:10.000Z',
};
const CANCELLED: JobDto = { ...JOB, id: 2, name: 'Stopped', state: 'cancelled', current_model: null };

async function open(jobs: readonly JobDto[]): Promise<AskedCall[]> {
  const asked = standInHost('marks.list');
  show(<JobsView />);
  await waitFor(() => expect(asked).toHaveLength(1));
  await act(async () => asked[0]!.answer(jobs));
  return asked;
}

const titles = () => screen.getAllByRole('columnheader').map((head) => head.textContent);
const rowOf = (name: string) =>
  within(screen.getByRole('link', { name }).closest('tr')!)
    .getAllByRole('cell')
    .map((cell) => cell.textContent);

it('lists every job with what it came to; figures that no job has are left out', async () => {
  const asked = await open([JOB, CANCELLED]);
  expect(asked[0]).toMatchObject({ method: 'jobs.list', input: {} });
  const row = Object.fromEntries(titles().map((title, i) => [title, rowOf('Nightly')[i]]));
  expect(row).toMatchObject({
    State: 'Running',
    Symbols: 'EURUSD, GBPUSD',
    Progress: '33.3 %',
    Current: '65 of 192 models',
    Kind: 'Grid',
    'Kept now': '4',
    Elapsed: '1 min 30 s',
    Remaining: '3 min 00 s',
    Name: 'Nightlyridge EURUSD H1, 60 days, 12 bars ahead, normalized',
  });
  expect(titles()).not.toContain('Accuracy');
  expect(titles()).not.toContain('Crowned');
  expect(rowOf('Stopped')).toContain('Cancelled');
});

it('shows a figure as soon as a job has it', async () => {
  await open([JOB, { ...CANCELLED, accuracy: 0.613 }]);
  expect(titles()).toContain('Accuracy');
  expect(rowOf('Stopped')).toContain('61.3 %');
});

it('never says that a job is done before it is', async () => {
  await open([
    { ...JOB, progress_pct: 99.97 },
    { ...CANCELLED, state: 'completed', progress_pct: 100 },
  ]);
  expect(rowOf('Nightly')).toContain('99.9 %');
  expect(rowOf('Stopped')).toContain('100 %');
});

it('says what a pending job waits for, and why one failed', async () => {
  const waiting = 'Waits for its turn: "Stopped" is in training.';
  await open([
    { ...JOB, state: 'pending', current_model: null, waiting_for: waiting },
    { ...CANCELLED, state: 'failed', error: 'Its grid can not be read.' },
  ]);
  expect(screen.getByTitle(waiting).textContent).toBe(waiting);
  expect(screen.getByTitle('Its grid can not be read.').dataset.error).toBe('true');
});

it('shows the columns that were chosen, in their order, and the usual ones again', async () => {
  const end = followHash();
  await open([JOB]);
  await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Crowned' }));
  expect(titles()).toContain('Crowned');
  expect(rowOf('Nightly')).toContain('12');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Kind' }));
  expect(titles()).not.toContain('Kind');
  await waitFor(() =>
    expect(useUi.getState().params).toMatchObject({
      view: 'jobs',
      shown: expect.stringMatching(/^id,name,.*crowned$/),
    }),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Usual columns' }));
  await waitFor(() => expect(titles()).toContain('Kind'));
  expect(titles()).not.toContain('Crowned');
  end();
});

it('exports the table', async () => {
  const asked = await open([JOB]);
  await userEvent.click(screen.getByRole('button', { name: 'Export Results' }));
  expect(asked.at(-1)).toMatchObject({ method: 'jobs.export', input: {} });
});

it('shows marks as soon as a job has any', async () => {
  await open([JOB]);
  expect(titles()).not.toContain('Marks');
  cleanup();
  await open([JOB, { ...CANCELLED, favorite: true, tags: ['nightly', 'gbp'], note: 'Again in May.' }]);
  expect(titles()).toContain('Marks');
  expect(screen.getByTitle('Again in May.').textContent).toBe('★ nightly, gbp');
});
