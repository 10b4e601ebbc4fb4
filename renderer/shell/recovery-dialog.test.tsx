// @vitest-environment jsdom
import { notifications } from '@mantine/notifications';
import { act, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { RecoveryDto } from '../../engine/contract/dto/index.ts';
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

async function open(found: readonly RecoveryDto[]): Promise<void> {
  const asked = standInHost();
  show(<RecoveryDialog />);
  await act(async () => asked[0]!.answer(found));
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
