import { violations } from '../axe.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo } from '../steps.ts';

/** What is looked at first in the morning. */

test.describe.configure({ timeout: TRAINING_MS });

test('opens with what finished, who won and what is to be decided, and leads there; what was seen is not new again', async ({
  page,
  server,
}, testInfo) => {
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome to Regimen' })).toBeVisible();
  await trainOnDemo(page, server, SMALL_GRID);
  // The page that is open knows without being asked.
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
  await expect(page.getByText(/^\d+ of \d+ champions? (has|have) evidence/)).toBeVisible();
  const finished = page.getByRole('table', { name: 'Finished jobs' });
  await expect(finished.getByRole('row').nth(1)).toContainText(/small grid\s*Completed\s*8 models/);
  await expect(page.getByRole('table', { name: 'New champions' })).toBeVisible();
  expect(await violations(page), 'today').toEqual([]);
  await lookAt(page, 'today', testInfo);

  await page.getByRole('link', { name: /^Validate champions: / }).click();
  await expect(page).toHaveURL(/#\/queue\?validate=champions/);
  await page.goBack();
  await page.getByRole('button', { name: 'Mark as seen' }).click();
  await expect(page.getByText('No job came to its end since.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'New champions' })).toHaveCount(0);
  // To decide it is still.
  await expect(page.getByRole('link', { name: /^Validate champions: / })).toBeVisible();

  await call(page, server, 'queue.create', {
    grid: { ...SMALL_GRID, name: 'next night', days_history: [90] },
  });
  // The queue works itself off: what it brings is new since the look.
  await expect(finished.getByRole('row').nth(1)).toContainText('next night', { timeout: TRAINING_MS });
  await expect(finished.getByRole('row')).toHaveCount(2);
});
