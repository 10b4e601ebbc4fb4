// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { WorkerDto, WorkersDto } from '../../engine/contract/dto/index.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { WorkersPanel } from './workers-panel.tsx';

const worker = (change: Partial<WorkerDto> = {}): WorkerDto => ({
  name: 'barn',
  host: 'barn.example',
  pipeline: 5,
  threads: 8,
  busy: 3,
  done: 1200,
  perSecond: 2.25,
  state: 'running',
  reason: null,
  seenSeconds: 1.2,
  startedAt: '2026-01-02T03:04:05.000Z',
  ...change,
});
const REDIS = 'redis://127.0.0.1:6379';

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
});
function open(answer: WorkersDto) {
  show(<WorkersPanel />);
  return answered('workers.list', answer);
}
async function answered(method: string, answer: unknown) {
  await expect.poll(() => asked.some((call) => call.method === method)).toBe(true);
  asked.findLast((call) => call.method === method)!.answer(answer);
}

it('shows nothing where training stays on this machine', async () => {
  await open({ redis: null, problem: null, workers: [] });
  expect(screen.queryByRole('region', { name: 'Workers' })).toBeNull();
});

it('tells each worker, what it does and how fast, and has it pause', async () => {
  await open({ redis: REDIS, problem: null, workers: [worker()] });
  const panel = await screen.findByRole('region', { name: 'Workers' });
  expect(panel.textContent).toContain('8 threads on barn.example, pipeline 5');
  expect(panel.textContent).toContain('3 in training, 1,200 done, 2.3 a second, seen 1 s ago');
  await userEvent.click(within(panel).getByRole('button', { name: 'Pause barn' }));
  expect(asked.at(-1)).toMatchObject({ method: 'workers.pause', input: { name: 'barn' } });
});

it('says why one gets no work, and offers nothing that would change it', async () => {
  const reason = 'It has other bits.';
  await open({ redis: REDIS, problem: null, workers: [worker({ state: 'refused', reason })] });
  const panel = await screen.findByRole('region', { name: 'Workers' });
  expect(panel.textContent).toContain(reason);
  expect(within(panel).queryByRole('button')).toBeNull();
});

it('leads on where nobody is connected', async () => {
  await open({ redis: REDIS, problem: null, workers: [] });
  expect(await screen.findByText(`regimen worker --redis ${REDIS}`)).toBeDefined();
});

it('says what is wrong with Redis', async () => {
  await open({ redis: REDIS, problem: 'Redis can not be reached.', workers: [] });
  expect(await screen.findByText('Redis can not be reached.')).toBeDefined();
  expect(screen.queryByText(/regimen worker/)).toBeNull();
});
