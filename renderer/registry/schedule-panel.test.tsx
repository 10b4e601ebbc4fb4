// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { ScheduleDto } from '../../engine/contract/dto/index.ts';
import { show, standInHost } from '../testing/render.tsx';
import { SchedulePanels } from './schedule-panel.tsx';

const WEEKLY: ScheduleDto = {
  name: 'weekly',
  enabled: false,
  cron: '0 2 * * 0',
  zone: 'UTC',
  sentence: 'Every Sunday at 02:00 (UTC)',
  title: 'Every name in production',
  asked: {},
  next: [],
  missed: null,
  runs: [],
};

it('is switched on, says when it comes, and runs now with what is left out', async () => {
  const asked = standInHost();
  show(<SchedulePanels />);
  const last = (method: string) => asked.filter((one) => one.method === method).at(-1);
  await waitFor(() => expect(last('schedule.list')).toBeDefined());
  await act(async () => last('schedule.list')!.answer([WEEKLY]));
  await waitFor(() => expect(last('schedule.next')?.input).toEqual({ cron: '0 2 * * 0', zone: 'UTC' }));
  const next = { sentence: WEEKLY.sentence, next: ['2026-12-06T02:00:00.000Z'] };
  await act(async () => last('schedule.next')!.answer(next));
  expect(screen.getByText(WEEKLY.sentence)).toBeTruthy();
  expect(screen.getByRole('list', { name: 'Next times of weekly' }).children).toHaveLength(1);

  await userEvent.click(screen.getByLabelText('weekly is on'));
  expect(last('schedule.set')!.input).toEqual({ name: 'weekly', enabled: true });

  await userEvent.clear(screen.getByLabelText('Cron'));
  await userEvent.type(screen.getByLabelText('Cron'), '0 5 * * 1');
  await waitFor(() => expect(last('schedule.next')!.input).toEqual({ cron: '0 5 * * 1', zone: 'UTC' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save times' }));
  expect(last('schedule.set')!.input).toEqual({ name: 'weekly', cron: '0 5 * * 1', zone: 'UTC' });

  await userEvent.click(screen.getByRole('button', { name: 'Run now' }));
  await userEvent.click(screen.getByLabelText('Force'));
  await userEvent.type(screen.getByLabelText('Trials'), '30');
  await userEvent.click(screen.getByRole('button', { name: 'Run with that left out' }));
  expect(last('schedule.start')!.input).toEqual({ name: 'weekly', force: true, trials: 30 });
});
