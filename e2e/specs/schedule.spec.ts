import type { JournalEntryDto, ScheduleDto } from '../../engine/contract/dto/index.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, visit } from '../steps.ts';

/** Schedules in the window, by mouse and keyboard: switched on, made, run now, changed and removed. */

test.describe.configure({ timeout: TRAINING_MS });

test('a schedule is switched on, another is made, run now, changed and removed', async ({
  page,
  server,
}, testInfo) => {
  await page.getByRole('button', { name: 'Try with demo data' }).click();
  await expect(page.getByRole('button', { name: 'Generate Queue' })).toBeVisible();
  await visit(page, 'Registry');
  const weekly = page.getByRole('switch', { name: 'weekly is on' });
  await weekly.focus();
  await page.keyboard.press('Space');
  await expect(weekly).toBeChecked();

  // The form: cron is read as it is typed, in the zone that is chosen.
  await page.getByRole('button', { name: 'New schedule' }).click();
  const dialog = page.getByRole('dialog', { name: 'New schedule' });
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('mondays');
  const make = dialog.getByRole('button', { name: 'Make schedule' });
  await dialog.getByLabel('Cron').fill('0 25 * * 1');
  await expect(dialog.getByText('The hour "25" can\'t be read')).toBeVisible();
  await expect(make).toBeDisabled();
  await lookAt(page, 'new-wrong', testInfo);
  await dialog.getByLabel('Cron').fill('30 5 * * 1');
  await dialog.getByRole('combobox', { name: 'Time zone' }).fill('Asia/Tok');
  await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
  const times = dialog.getByRole('list', { name: 'Next times of the new schedule' });
  await expect(times.getByRole('listitem')).toHaveCount(3);
  await expect(times).toContainText('05:30 in Asia/Tokyo');
  await dialog.getByText('One name').click();
  await expect(make).toBeDisabled();
  const pick = async (list: string, option: RegExp) => {
    await dialog.getByRole('combobox', { name: list }).click();
    await page.getByRole('option', { name: option }).click();
  };
  await pick('Symbol', /^DEMO_EURUSD$/);
  await pick('Timeframe', /^H4$/);
  await pick('Model type', /^Ridge/);
  await pick('Target', /^Return$/);
  await pick('History', /^1 year$/);
  await dialog.getByLabel('Skip validation').check();
  await lookAt(page, 'new', testInfo);
  await dialog.getByLabel('Name', { exact: true }).press('Enter');
  await expect(page.getByText('Schedule mondays is on', { exact: true })).toBeVisible();
  await expect(page.getByRole('switch', { name: 'mondays is on' })).toBeChecked();
  expect((await call<ScheduleDto[]>(page, server, 'schedule.list'))[0]).toMatchObject({
    name: 'mondays',
    enabled: true,
    cron: '30 5 * * 1',
    zone: 'Asia/Tokyo',
    title: 'DEMO_EURUSD H4',
    asked: { modelType: 'ridge', target: 'return', period: '1y', skipValidation: true },
  });

  await page.getByRole('button', { name: 'Run now: mondays' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('tried');
  await page.getByRole('dialog').getByRole('button', { name: 'Run now', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Production training of DEMO_EURUSD H4' })).toBeVisible();
  await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible({ timeout: TRAINING_MS });
  const { entries } = await call<{ entries: JournalEntryDto[] }>(page, server, 'production.journal');
  expect(entries.at(-1)).toMatchObject({ action: 'promoted', reason: 'tried' });

  await visit(page, 'Registry');
  await expect(page.getByRole('list', { name: 'Last runs of mondays' })).toContainText('1 promoted');
  await page.getByRole('button', { name: 'Change what mondays trains' }).click();
  await page.getByRole('dialog').getByLabel('Dry run').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => (await call<ScheduleDto[]>(page, server, 'schedule.list'))[0]?.asked)
    .toMatchObject({ modelType: 'ridge', dryRun: true });
  await lookAt(page, 'panels', testInfo);

  await page.getByRole('button', { name: 'Remove mondays' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove schedule' }).click();
  await expect(page.getByRole('switch', { name: 'mondays is on' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Remove weekly' })).toHaveCount(0);
  expect(await call(page, server, 'schedule.list')).toHaveLength(1);
});
