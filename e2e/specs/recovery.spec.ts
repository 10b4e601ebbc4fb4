import type { Locator, Page } from '@playwright/test';
import type { HistoryPageDto } from '../../engine/contract/dto/index.ts';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { type ServerProcess, startServerProcess } from '../../main/server/testing/server-process.ts';
import { violations } from '../axe.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { test as base, expect } from '../fixtures.ts';
import { call, expectCompleted, queueSection, TRAINING_MS, visit } from '../steps.ts';

/** Enough that training is still going on some moments after its first result. */
const GRID: GridSpecInput = {
  ...SMALL_GRID,
  name: 'all night',
  model_types: ['ridge', 'random_forest', 'gradient_boosting'],
};
const TOTAL = 24;

interface Fixtures {
  /** The server that was started after one was killed while it trained; the page has its first window open. */
  restarted: ServerProcess;
  /** What the page then asks. */
  dialog: Locator;
}

const test = base.extend<Fixtures>({
  restarted: async ({ page, server, workspace, home }, use) => {
    await killWhileTraining(page, server);
    const restarted = await startServerProcess(workspace, { HOME: home });
    await page.goto(restarted.link);
    await use(restarted);
    await restarted.kill();
  },
  dialog: async ({ page, restarted: _ }, use) => {
    await use(page.getByRole('dialog', { name: 'Training was interrupted' }));
  },
});

test.describe.configure({ timeout: 2 * TRAINING_MS });

/** Starts training and kills the server in the middle of it, as soon as a result is on the screen. */
async function killWhileTraining(page: Page, server: ServerProcess): Promise<void> {
  await call(page, server, 'market.demo');
  await call(page, server, 'queue.create', { grid: GRID });
  await visit(page, 'Training Queue');
  await page.getByRole('button', { name: 'Start Training' }).click();
  await expect(page.getByRole('region', { name: 'Latest results, table' })).toBeVisible({
    timeout: TRAINING_MS,
  });
  await server.kill();
  await expect(page.getByText('Connection lost. Trying again …')).toBeVisible();
}

test('a queue that a crash interrupted is offered at the next start, and Resume completes it', async ({
  page,
  restarted,
  dialog,
}) => {
  const crashed = dialog.getByRole('region', { name: 'all night' });
  await expect(crashed).toContainText(/\d+(\.\d+)? % done, \d+ models? remaining, interrupted \d{4}-/);
  await expect(crashed.getByRole('progressbar', { name: 'Progress of all night' })).toBeVisible();
  // On a phone, too.
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await violations(page, '[role=dialog]')).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 720 });
  await dialog.getByRole('button', { name: 'Resume' }).click();
  await expect(dialog).toBeHidden();
  await expectCompleted(page, 'all night');
  await expect(queueSection(page, 'all night').getByText(`${TOTAL} models trained`)).toBeVisible();

  // No result was lost, and none is there twice.
  await visit(page, 'Training History');
  await expect(page.getByRole('region', { name: 'Runs' }).getByText(`${TOTAL} runs`)).toBeVisible();
  const { runs } = await call<HistoryPageDto>(page, restarted, 'history.search', { limit: 100 });
  const trained = runs.map(({ modelType, horizon }) => `${modelType} ${horizon}`);
  expect(new Set(trained).size).toBe(TOTAL);
});

test('closed instead, the dialog does not come back, and the queue waits to be resumed', async ({
  page,
  dialog,
}) => {
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(dialog).toBeHidden();
  await visit(page, 'Training Queue');
  const queue = queueSection(page, 'all night');
  await expect(queue.getByRole('button', { name: 'Resume' })).toBeVisible();
  await page.reload();
  await expect(queue.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(dialog).toBeHidden();
  await queue.getByRole('button', { name: 'Resume' }).click();
  await expectCompleted(page, 'all night');
});
