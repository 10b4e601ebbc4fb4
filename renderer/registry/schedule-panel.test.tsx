// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { ScheduleDto } from '../../engine/contract/dto/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
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

const MONDAYS: ScheduleDto = {
  ...WEEKLY,
  name: 'mondays',
  enabled: true,
  title: 'EURUSD H4 bull',
  asked: {
    symbol: 'EURUSD',
    timeframe: 'H4',
    regime: 'bull',
    modelType: 'ridge',
    target: 'outcome 3:1',
    horizon: 12,
    period: '2y',
    optimize: true,
    trials: 30,
    minAccuracy: 0.6,
    force: false,
    skipValidation: false,
    dryRun: false,
  },
};

/** The panels over a stand-in for the host, once it has answered with these; what was asked last of a method. */
async function shown(schedules: readonly ScheduleDto[]) {
  const asked = standInHost();
  show(<SchedulePanels />);
  const last = (method: string) => asked.filter((one) => one.method === method).at(-1);
  const soon = (check: () => void) => waitFor(check, { timeout: 10_000 });
  await soon(() => expect(last('schedule.list')).toBeDefined());
  await act(async () => last('schedule.list')!.answer(schedules));
  /** Waits until it is asked for the times of this cron, which is after a pause. */
  const times = async (cron: string) => {
    await soon(() => expect(last('schedule.next')?.input).toMatchObject({ cron, count: 3 }));
    return last('schedule.next')!;
  };
  return { last, times };
}

const click = (name: string) => userEvent.click(screen.getByRole('button', { name }));

it('is switched on, says when it comes, and runs now with what is left out', async () => {
  const { last, times } = await shown([WEEKLY]);
  const next = { sentence: WEEKLY.sentence, next: ['2026-12-06T02:00:00.000Z'] };
  const asked = await times('0 2 * * 0');
  await act(async () => asked.answer(next));
  expect(screen.getByText(WEEKLY.sentence)).toBeTruthy();
  expect(screen.getByRole('list', { name: 'Next times of weekly' }).children).toHaveLength(1);

  await userEvent.click(screen.getByLabelText('weekly is on'));
  expect(last('schedule.set')!.input).toEqual({ name: 'weekly', enabled: true });

  await userEvent.clear(screen.getByLabelText('Cron'));
  await userEvent.type(screen.getByLabelText('Cron'), '0 5 * * 1');
  const changed = await times('0 5 * * 1');
  await act(async () => changed.answer(next));
  await click('Save times');
  expect(last('schedule.set')!.input).toEqual({ name: 'weekly', cron: '0 5 * * 1', zone: 'UTC' });

  await click('Run now: weekly');
  await userEvent.click(screen.getByLabelText('Force'));
  await userEvent.type(screen.getByLabelText('Trials'), '30');
  await click('Run with that left out');
  expect(last('schedule.start')!.input).toEqual({ name: 'weekly', force: true, trials: 30 });
}, 60_000);

it('is changed without losing what the form has no field for, and removed; the first one can not be', async () => {
  const { last } = await shown([WEEKLY, MONDAYS]);
  await click('Change what mondays trains');
  await userEvent.click(screen.getByLabelText('Skip validation'));
  await click('Save');
  const training = { ...MONDAYS.asked, skipValidation: true };
  expect(last('schedule.set')!.input).toEqual({ name: 'mondays', training });

  await click('Change what mondays trains');
  await userEvent.clear(screen.getByLabelText('Trials'));
  await userEvent.click(screen.getByText('Every name in production', { selector: 'span' }));
  await click('Save');
  const how = { minAccuracy: 0.6, force: false, skipValidation: false, dryRun: false };
  expect(last('schedule.set')!.input).toEqual({ name: 'mondays', training: how });

  expect(screen.queryByRole('button', { name: 'Remove weekly' })).toBeNull();
  await click('Remove mondays');
  await click('Remove schedule');
  expect(last('schedule.remove')!.input).toEqual({ name: 'mondays' });
}, 60_000);

it('is made once it has a name of its own and times that come', async () => {
  const { last, times } = await shown([WEEKLY]);
  await click('New schedule');
  const make = () => screen.getByRole('button', { name: 'Make schedule' }) as HTMLButtonElement;
  const dialog = within(screen.getByRole('dialog'));
  const first = await times('0 5 * * 1');
  await act(async () =>
    first.answer({ sentence: 'Every Monday at 05:00', next: ['2026-12-07T05:00:00.000Z'] }),
  );
  expect(make().disabled).toBe(true);
  await userEvent.type(dialog.getByLabelText('Name'), 'weekly');
  expect(screen.getByText('There is a schedule weekly already.')).toBeTruthy();
  await userEvent.clear(dialog.getByLabelText('Name'));
  await userEvent.type(dialog.getByLabelText('Name'), 'mondays');
  expect(make().disabled).toBe(false);

  await userEvent.clear(dialog.getByLabelText('Cron'));
  await userEvent.type(dialog.getByLabelText('Cron'), '0 25 * * 1');
  const problems = [{ path: 'cron', message: 'The hour "25" can\'t be read.' }];
  const wrong = await times('0 25 * * 1');
  await act(async () => wrong.refuse(new EngineError('invalid-input', 'It can not.', { problems })));
  expect(dialog.getByText('The hour "25" can\'t be read.')).toBeTruthy();
  expect(make().disabled).toBe(true);

  await userEvent.clear(dialog.getByLabelText('Cron'));
  await userEvent.type(dialog.getByLabelText('Cron'), '0 6 * * 1');
  const right = await times('0 6 * * 1');
  await act(async () =>
    right.answer({ sentence: 'Every Monday at 06:00', next: ['2026-12-07T06:00:00.000Z'] }),
  );
  await userEvent.click(screen.getByText('One name'));
  // A market is still to be chosen.
  expect(make().disabled).toBe(true);
  await userEvent.click(screen.getByText('Every name in production', { selector: 'span' }));
  await click('Make schedule');
  expect(last('schedule.set')!.input).toMatchObject({
    name: 'mondays',
    enabled: true,
    cron: '0 6 * * 1',
    training: { force: false, skipValidation: false, dryRun: false },
  });
}, 60_000);
