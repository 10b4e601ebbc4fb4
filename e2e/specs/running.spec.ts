import type { Locator, Page } from '@playwright/test';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, queueSection, TRAINING_MS, visit } from '../steps.ts';

/** Two configurations, one for each of two threads, that take long enough to be looked at. */
const GRID: GridSpecInput = {
  ...SMALL_GRID,
  name: 'forests',
  model_types: ['random_forest'],
  horizons: [3, 6],
  hyperparameters: { random_forest: { n_estimators: 4000 } },
};

test.describe.configure({ timeout: 2 * TRAINING_MS });

/** Which of red, green and blue is the strongest in the color of a text. */
async function strongest(text: Locator): Promise<string> {
  return await text.evaluate((element) => {
    const canvas = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    canvas.fillStyle = getComputedStyle(element).color;
    canvas.fillRect(0, 0, 1, 1);
    const channels = [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    return ['red', 'green', 'blue'][channels.indexOf(Math.max(...channels))]!;
  });
}

function runs(page: Page): Locator {
  return page
    .getByRole('grid', { name: 'Training runs' })
    .getByRole('row')
    .filter({ hasText: 'DEMO_EURUSD' });
}

test('the history shows what is in training, and each becomes a row of its own when it is done', async ({
  page,
  server,
}) => {
  await call(page, server, 'market.demo');
  await call(page, server, 'settings.set', { changes: { 'queue.threads': 2 } });
  const { queueId } = await call<{ queueId: number }>(page, server, 'queue.create', { grid: GRID });
  await visit(page, 'Training Queue');
  await queueSection(page, 'forests').getByRole('button', { name: 'Start Training' }).click();
  await visit(page, 'Training History');
  const training = page.getByRole('list', { name: 'In training' }).getByRole('listitem');
  await expect(training).toHaveCount(2);
  await expect(training.first()).toContainText(
    /Running.*andom.forest DEMO_EURUSD H1, 60 days, \d bars ahead/,
  );
  expect(await strongest(training.first().getByText('Running'))).toBe('blue');

  // Whoever comes in the middle of it sees the same, though nothing has changed since.
  await page.reload();
  await expect(training).toHaveCount(2);

  await expect(runs(page)).toHaveCount(2, { timeout: TRAINING_MS });
  expect(await strongest(runs(page).first().getByText('Completed'))).toBe('green');
  await expect(training).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Runs' }).getByText('2 runs')).toBeVisible();
  await call(page, server, 'queue.wait', { queueId });
});
