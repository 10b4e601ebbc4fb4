// @vitest-environment jsdom
import { notifications } from '@mantine/notifications';
import { act, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { LostResultsDto, RecoveryDto } from '../../engine/contract/dto/index.ts';
import { show, standInHost } from '../testing/render.tsx';
import { RecoveryDialog } from './recovery-dialog.tsx';

const RECOVERY: RecoveryDto = {
  queueId: 1,
  name: 'Nightly',
  resumed: false,
  progress: 0.02,
  remaining: 98,
  crashedAt: null,
  recommendation: 'Resume to save partial progress',
};

const LOST: LostResultsDto = {
  checkpoint: 'queue_1_checkpoint_20260101_000000',
  queueId: 1,
  name: 'Nightly',
  createdAt: '2026-01-01T00:00:00.000Z',
  results: 12,
  missing: 8,
  unreadable: [],
};

async function open(found: readonly RecoveryDto[], lost: readonly LostResultsDto[] = []) {
  const asked = standInHost();
  show(<RecoveryDialog />);
  await act(async () => asked[0]!.answer(lost));
  if (lost.length === 0) await act(async () => asked[1]!.answer(found));
  return asked;
}

it('offers what a crash stopped, and never to start it again', async () => {
  await open([RECOVERY]);
  expect(await screen.findByText('2 % done, 98 models remaining')).toBeTruthy();
  expect(screen.getByText('Resume to save partial progress')).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/restart|scratch/i);
});

it('says that a queue goes on by itself, and asks nothing then', async () => {
  const told = vi.spyOn(notifications, 'show');
  await open([{ ...RECOVERY, resumed: true }]);
  expect(told.mock.calls.map(([{ title }]) => title)).toEqual(['Nightly goes on']);
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('asks for lost results before all else, and then for what a crash stopped', async () => {
  const asked = await open([], [LOST]);
  expect(
    await screen.findByText(/8 of 12 results missing, all of them in queue_1_checkpoint_20260101_000000/),
  ).toBeTruthy();
  expect(asked.map(({ method }) => method)).toEqual(['recovery.lost']);
  await act(async () => screen.getByRole('button', { name: 'Restore' }).click());
  expect(asked[1]).toMatchObject({ method: 'recovery.restore', input: { checkpoint: LOST.checkpoint } });
  await act(async () => asked[1]!.answer([LOST]));
  await act(async () => asked.findLast(({ method }) => method === 'recovery.lost')!.answer([]));
  await act(async () => asked.find(({ method }) => method === 'recovery.list')!.answer([RECOVERY]));
  expect(await screen.findByText('2 % done, 98 models remaining')).toBeTruthy();
});

it('goes on without lost results where that is wanted', async () => {
  const asked = await open([], [LOST]);
  const button = await screen.findByRole('button', { name: 'Go on without' });
  await act(async () => button.click());
  expect(asked[1]).toMatchObject({ method: 'recovery.decline', input: { checkpoint: LOST.checkpoint } });
});
