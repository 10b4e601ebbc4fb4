import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { startServerProcess } from '../../main/server/testing/server-process.ts';
import { violations } from '../axe.ts';
import { ONE_RIDGE } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, TRAINING_MS, trainOnDemo } from '../steps.ts';

/** Dialogs on a phone, and what stops the start or leaves it on a wide screen, too: in both themes without a barrier, nothing wider than the window. */

test.describe.configure({ timeout: TRAINING_MS });
test.use({ viewport: { width: 390, height: 844 } });

/** Without a barrier in both themes, and all of it within the window and its own frame. */
async function expectFits(page: Page, name: string, testInfo: TestInfo, width = 390): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: testInfo.outputPath(`${name}-${colorScheme}.png`) });
    expect(await violations(page, '[role=dialog]'), `${name}, ${colorScheme}`).toEqual([]);
  }
  const dialog = page.getByRole('dialog').last();
  const box = (await dialog.boundingBox())!;
  expect(box.x, name).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width, name).toBeLessThanOrEqual(width);
  const hidden = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(hidden, `${name}: wider than its room`).toBeLessThanOrEqual(0);
}

async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** The same dialog on a phone and on a wide screen. */
async function expectFitsEverywhere(page: Page, name: string, testInfo: TestInfo): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectFits(page, `${name}-${width}`, testInfo, width);
  }
}

test('results that the database lost are asked about on a phone and on a wide screen', async ({
  page,
  server,
  workspace,
  home,
}, testInfo) => {
  const long = 'a grid with a name that is longer than a phone is wide, as names become over the years';
  await trainOnDemo(page, server, { ...ONE_RIDGE, name: long });
  await server.stop();
  // Checkpoints stay; the database is gone, as after a disk that was taken out of a backup.
  const lost = (await readdir(workspace)).filter((name) => name.startsWith('regimen.db'));
  expect(lost).not.toEqual([]);
  for (const name of lost) await rm(join(workspace, name));
  const again = await startServerProcess(workspace, { HOME: home });
  await page.goto(again.link);
  const question = page.getByRole('dialog', { name: 'Results are missing' });
  await expect(question.getByRole('region', { name: long })).toBeVisible();
  await expectFitsEverywhere(page, 'lost', testInfo);
  await question.getByRole('button', { name: 'Go on without' }).click();
  await expect(question).toBeHidden();
  await again.stop();
});

test('what a model is exported as is chosen on a phone and on a wide screen', async ({
  page,
  server,
}, testInfo) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  const [champion] = await call<{ champion: string }[]>(page, server, 'champions.list');
  await page.goto(`${server.origin}/#/regimes`);
  await page.reload();
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    // It takes its place when it opens.
    await page.getByRole('button', { name: 'Export', exact: true }).first().click();
    await expect(page.getByRole('menuitem', { name: /^MetaTrader 5 expert/ })).toBeVisible();
    const menu = (await page.getByRole('menu').boundingBox())!;
    expect(menu.y, `${width} px`).toBeGreaterThanOrEqual(0);
    expect(menu.y + menu.height, `${width} px`).toBeLessThanOrEqual(height);
    expect(menu.x, `${width} px`).toBeGreaterThanOrEqual(0);
    expect(menu.x + menu.width, `${width} px`).toBeLessThanOrEqual(width);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: testInfo.outputPath(`export-${width}-${colorScheme}.png`) });
      expect(await violations(page, '[role=menu]'), `${width} px, ${colorScheme}`).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
  await page.goto(`${server.origin}/#/evidence?champion=${encodeURIComponent(champion!.champion)}`);
  await page.getByRole('button', { name: 'Make candidate' }).click();
  const versions = page.getByRole('table', { name: 'Versions' });
  await expect(versions).toContainText('Staging', { timeout: TRAINING_MS });
  await versions
    .getByRole('button', { name: /^Promote / })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFitsEverywhere(page, 'promote', testInfo);
});

test('dialogs fit a phone, in both themes and without a barrier', async ({ page, server }, testInfo) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  await page.goto(`${server.origin}/#/queue`);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const opened = (name: string | RegExp) => expect(page.getByRole('dialog', { name })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('ridge');
  await expect(page.getByRole('button', { name: /^Run \d+: Ridge/ }).first()).toBeVisible();
  await expectFits(page, 'palette', testInfo);
  await page.getByRole('textbox', { name: 'Command palette' }).fill('about');
  await page.keyboard.press('Enter');
  await opened('About Regimen');
  await expectFits(page, 'about', testInfo);
  await leave(page);

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('shortcuts');
  await page.keyboard.press('Enter');
  await opened('Keyboard shortcuts');
  await expectFits(page, 'shortcuts', testInfo);
  await leave(page);
  await page.keyboard.press('Shift+?');
  await opened('Keyboard shortcuts');
  await leave(page);

  await page.goto(`${server.origin}/#/registry`);
  await page.getByRole('button', { name: 'New schedule' }).click();
  await opened('New schedule');
  await expectFits(page, 'schedule', testInfo);
  await leave(page);

  const { runs } = await call<{ runs: { id: number; kept: boolean }[] }>(page, server, 'history.search', {
    kept: true,
  });
  const kept = runs[0]!;
  await page.goto(`${server.origin}/#/history?run=${kept.id}`);
  await opened(`Run ${kept.id}`);
  await expectFits(page, 'run', testInfo);
  await page.getByRole('button', { name: 'Open the holdout' }).click();
  await expect(page.getByRole('button', { name: 'Keep it hidden' })).toBeVisible();
  await expectFits(page, 'holdout', testInfo);
  await page.getByRole('button', { name: 'Keep it hidden' }).click();

  await page.goto(`${server.origin}/#/regimes?view=manage`);
  const rules = page.getByRole('textbox', { name: 'Rules (JSON)' });
  await expect(rules).toHaveValue(/0\.\d/);
  await rules.fill('{ "trend_strength": "> 0.9" }');
  await expect(page.getByText('Rules are valid')).toBeVisible();
  await page.getByRole('button', { name: 'Save regimes' }).click();
  await opened('What these rules change');
  await expect(page.getByRole('dialog').getByRole('table').first()).toBeVisible();
  await expectFits(page, 'rules', testInfo);
  await page.getByRole('dialog').getByRole('button', { name: 'Save these rules' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
