import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { hourlyCsv } from '../../main/cli/testing/command-line.ts';
import { ONE_RIDGE } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { queueSection, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/**
 * What the guide tells users to do, by mouse and keyboard alone. Here: a first champion on an own file, a rule that is changed, and work on a phone.
 * Elsewhere: the first champion on demo data (journey.spec.ts), validation and its verdict (validate, evidence-validation), promotion (registry),
 * export (export, journey), recovery (recovery), and comparing and finding runs of last week (questions).
 */

test.describe.configure({ timeout: TRAINING_MS });

/** Counts what a user clicks, as the page hears it. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    let clicks = 0;
    window.addEventListener('pointerdown', () => clicks++, true);
    Object.assign(window, { clicksSoFar: () => clicks });
  });
  return () => page.evaluate(() => (window as unknown as { clicksSoFar(): number }).clicksSoFar());
}

test('from an own file to the first champion in six clicks at most', async ({ page, home }) => {
  const file = join(home, 'EURUSD_H1.csv');
  await writeFile(file, hourlyCsv(500));
  const clicks = await countClicks(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import my own data' }).click();
  await (await chooser).setFiles(file);
  await page.getByRole('button', { name: /^Import [\d,]+ bars$/ }).click();
  await page.getByRole('button', { name: 'Build a grid with it' }).click();
  await page.getByRole('button', { name: 'Select all' }).click();
  await page.getByRole('button', { name: 'Generate Queue' }).click();
  await page.getByRole('button', { name: 'Start Training' }).click();
  const results = page.getByRole('region', { name: 'Latest results', exact: true });
  await expect(results.getByText('Kept').first()).toBeVisible({ timeout: TRAINING_MS });
  expect(await clicks()).toBeLessThanOrEqual(6);
});

test('a rule is changed: what it costs is said first, and champions of before are stale then', async ({
  page,
  server,
}) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  await visit(page, 'Regime Analysis');
  await page.getByRole('link', { name: 'Manage Regimes' }).click();
  const rules = page.getByRole('textbox', { name: 'Rules (JSON)' });
  await expect(rules).toHaveValue(/0\.\d/);
  await rules.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('{ "trend_strength": "above 7" }');
  await expect(page.getByRole('alert').filter({ hasText: 'expected' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save regimes' })).toBeDisabled();

  await rules.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('{ "trend_strength": "> 0.9" }');
  await expect(page.getByText('Rules are valid')).toBeVisible();
  await page.getByRole('button', { name: 'Save regimes' }).click();
  const change = page.getByRole('dialog', { name: 'What these rules change' });
  await expect(
    change.getByText(/DEMO_EURUSD H\d: [\d,]+ of [\d,]+ bars would have another regime/),
  ).toBeVisible();
  await expect(change.getByText(/\d+ of \d+ champions? becomes? stale/)).toBeVisible();
  await change.getByRole('button', { name: 'Save these rules' }).click();
  await expect(change).toBeHidden();

  await visit(page, 'Regime Analysis');
  await expect(page.getByRole('button', { name: /^Evaluate \d+ kept models? again$/ })).toBeVisible();
});

test('on a phone a queue is steered, its log read, its champions and what they say now looked at', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Try with demo data' }).click();
  await page.getByRole('button', { name: 'Generate Queue' }).click();
  await page.getByRole('button', { name: 'Start Training' }).click();
  const results = page.getByRole('region', { name: 'Latest results', exact: true });
  await expect(results.getByText('Kept').first()).toBeVisible({ timeout: TRAINING_MS });
  const queue = queueSection(page, 'Demo grid');
  await queue.getByRole('button', { name: 'Pause' }).click();
  await expect(queue.getByText('Paused', { exact: true })).toBeVisible({ timeout: TRAINING_MS });
  const log = page.getByRole('region', { name: 'Live log' }).getByRole('log');
  await log.scrollIntoViewIfNeeded();
  await expect(log).toContainText('paused');
  await expectNothingBeside(page);
  await queue.getByRole('button', { name: 'Resume' }).click();
  await expect(queue.getByText(/^Training model \d+ of 192$/)).toBeVisible();
  await queue.getByRole('button', { name: 'Pause' }).click();

  await visit(page, 'Regime Analysis');
  const champions = page.getByRole('table', { name: 'Champions per regime' });
  await champions.getByRole('row').filter({ hasText: 'DEMO_' }).first().click();
  await expect(page.getByRole('figure', { name: /^Equity of the champion/ })).toBeVisible();
  await expectNothingBeside(page);
  await visit(page, 'Now');
  await expect(page.getByText(/DEMO_EURUSD/).first()).toBeVisible();
  await expectNothingBeside(page);
});

/** The page is as wide as the screen: what is wider scrolls within itself. */
async function expectNothingBeside(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
}
