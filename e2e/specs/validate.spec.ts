import type { ValidationDto } from '../../engine/contract/dto/index.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** Validations from the window: put together, looked at before they begin, and started. */

test.describe.configure({ timeout: TRAINING_MS / 3 });

test('a market is validated from the form: folds and dates first, errors in words, then a job', async ({
  page,
  server,
}, testInfo) => {
  await call(page, server, 'market.demo');
  await page.reload();
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: 'Training Queue' })
    .click();
  await page.getByRole('radiogroup', { name: 'New job' }).getByText('Validate').click();
  await expect(page.getByRole('heading', { level: 1, name: 'New validation' })).toBeVisible();
  const start = page.getByRole('button', { name: 'Start validation' });
  await expect(start).toBeDisabled();
  await page.getByRole('checkbox', { name: 'DEMO_EURUSD' }).click();
  await page.getByRole('combobox', { name: 'Timeframe' }).click();
  await page.getByRole('option', { name: 'H4', exact: true }).click();
  await page.getByRole('combobox', { name: 'Model type' }).click();
  await page.getByRole('option', { name: 'Ridge', exact: true }).click();
  const plan = page.getByRole('region', { name: 'What it will compute' });
  await expect(plan).toContainText('3 folds of 60 days and 2 to see it age, tests from ');
  await lookAt(page, 'form', testInfo);

  await page.getByRole('textbox', { name: 'Training', exact: true }).fill('9000');
  await expect(plan).toContainText('would fit');
  await expect(start).toBeDisabled();
  await lookAt(page, 'refused', testInfo);
  await page.getByRole('textbox', { name: 'Training', exact: true }).fill('180');
  await expect(start).toBeEnabled();
  await start.click();
  await expect(page.getByRole('region', { name: /^Queue Quick validation of Ridge/ })).toBeVisible();
  const [validation] = await call<ValidationDto[]>(page, server, 'validation.list');
  expect(validation).toMatchObject({ scheme: 'quick', symbol: 'DEMO_EURUSD', modelType: 'ridge' });
});

test('champion pages, runs and jobs open the form with what they show; the keyboard is enough', async ({
  page,
  server,
}, testInfo) => {
  await trainOnDemo(page, server, SMALL_GRID);
  await visit(page, 'Regime Analysis');
  await page.getByRole('link', { name: 'Validate', exact: true }).click();
  const plan = page.getByRole('region', { name: 'What it will compute' });
  await expect(plan).toContainText(/\w, DEMO_EURUSD H1/);
  await expect(page.getByRole('radio', { name: /^Own/ })).toBeChecked();
  await lookAt(page, 'champion', testInfo);
  const folds = page.getByRole('textbox', { name: 'Folds' });
  await folds.focus();
  await page.keyboard.type('2');
  await expect(plan).toContainText('2 folds of 60 days');
  for (const reached of ['Copy as …', 'Start validation']) {
    for (let i = 0; i < 12; i++) {
      if (await page.getByRole('button', { name: reached }).evaluate((it) => it === document.activeElement))
        break;
      await page.keyboard.press('Tab');
    }
    await expect(page.getByRole('button', { name: reached })).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Queue Validation of Ridge/ })).toBeVisible();

  await page.goto(`${server.origin}/#/queue?validate=job:1`);
  await expect(plan).toContainText('8 configurations (Ridge), champions chosen anew in each fold');
  await page.goto(`${server.origin}/#/queue?validate=run:1`);
  await expect(plan).toContainText('Ridge DEMO_EURUSD H1');
  await page.goto(`${server.origin}/#/queue?validate=champions`);
  await expect(plan.getByRole('listitem').first()).toContainText(/\w, DEMO_EURUSD H1/);
});

test('a sequential job asks whether full is to follow: by keyboard No, by mouse Yes', async ({
  page,
  server,
}, testInfo) => {
  await call(page, server, 'market.demo');
  const subject = { symbol: 'DEMO_EURUSD', timeframe: 'H4', modelType: 'ridge' };
  const input = { subject, scheme: 'sequential', folds: 2, enqueue: true };
  const jobs: number[] = [];
  for (let n = 0; n < 2; n++) {
    const { queueId } = await call<{ queueId: number }>(page, server, 'validation.create', input);
    jobs.push(queueId);
    await expect
      .poll(async () => (await call<{ state: string }>(page, server, 'queue.get', { queueId })).state, {
        timeout: TRAINING_MS / 3,
      })
      .toBe('awaiting_confirmation');
  }
  await page.reload();
  await page.goto(`${server.origin}/#/queue?queue=${jobs[0]}`);
  const queue = page.getByRole('region', { name: /^Queue Sequential validation/ });
  await expect(queue.getByText(/^Criteria of quick are missed: full is begun only if/)).toBeVisible();
  await lookAt(page, 'asking', testInfo);
  const ask = page.getByRole('button', { name: 'Go on with full?' });
  await ask.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('table', { name: 'Criteria, asked of DEMO_EURUSD H4' })).toBeVisible();
  await expect(dialog.getByText('What usually helps:')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'No, leave it at quick' })).toBeFocused();
  await lookAt(page, 'dialog', testInfo);
  await page.keyboard.press('Enter');
  await expect(queue.getByText(/^\d+ folds computed$/)).toBeVisible();

  await page.goto(`${server.origin}/#/queue?queue=${jobs[1]}`);
  await ask.click();
  await dialog.getByRole('button', { name: 'Yes, go on with full' }).click();
  const full = page.getByRole('region', { name: 'Full: DEMO_EURUSD H4' });
  await expect(full.getByText(/^Refit ready: trained on /)).toBeVisible({ timeout: TRAINING_MS / 3 });
  await lookAt(page, 'full', testInfo);
});
