import type { Locator, Page } from '@playwright/test';
import { violations } from '../axe.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, HEADINGS, PLACES, TRAINING_MS, trainOnDemo } from '../steps.ts';

/** Everything there is to look at in a workspace with results: its address, and what shows that it is there. */
const VIEWS: readonly (readonly [string, (page: Page) => Locator])[] = [
  ['#/today', (page) => page.getByRole('table', { name: 'Finished jobs' })],
  ['#/queue', (page) => page.getByRole('region', { name: 'Latest results, table' })],
  ['#/regimes', (page) => page.getByRole('table', { name: 'Trades' })],
  ['#/regimes?view=charts', (page) => page.getByRole('figure', { name: 'Risk against return' })],
  ['#/regimes?view=manage', (page) => page.getByText('Rules are valid')],
  ['#/history', (page) => page.getByRole('checkbox', { name: 'Compare run 1', exact: true })],
  ['#/history?view=jobs', (page) => page.getByRole('link', { name: 'small grid' })],
  ['#/data', (page) => page.getByRole('region', { name: 'Stored series, table' })],
  [
    '#/data?tab=settings',
    (page) => page.getByRole('tabpanel', { name: 'Settings' }).getByRole('textbox').first(),
  ],
  ['#/data?tab=storage', (page) => page.getByText('Only champions keep their model file.')],
];

/** Of the details of a run. */
const TABS = ['Overview', /^Strategies/, 'Regimes', 'Equity', 'Trades', 'Features', /^Decisions/];

test.describe.configure({ timeout: TRAINING_MS });

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('neither the first start, nor a grid being built, nor a notice has a barrier', async ({ page }) => {
      const demo = page.getByRole('button', { name: 'Try with demo data' });
      await expect(demo).toBeVisible();
      expect(await violations(page), 'first start').toEqual([]);
      await demo.click();
      await expect(page.getByRole('button', { name: 'Generate Queue' })).toBeEnabled();
      expect(await violations(page), 'grid builder').toEqual([]);
      await page.getByRole('button', { name: 'Generate Queue' }).click();
      await expect(page.getByRole('button', { name: 'Close notice' })).toBeVisible();
      expect(await violations(page), 'notice of a new queue').toEqual([]);
    });

    test('no view of a workspace with results has a barrier', async ({ page, server }) => {
      await trainOnDemo(page, server, SMALL_GRID);
      await page.reload();
      for (const [address, sign] of VIEWS) {
        await page.goto(`${server.origin}/${address}`);
        await expect(sign(page)).toBeVisible();
        expect(await violations(page), address).toEqual([]);
      }
    });

    test('the palette has no barrier, empty, with finds, and without any', async ({ page, server }) => {
      await trainOnDemo(page, server, SMALL_GRID);
      await page.goto(`${server.origin}/#/queue`);
      await page.reload();
      await expect(page.getByRole('heading', { name: 'Training Queue' })).toBeVisible();
      await page.keyboard.press('Control+k');
      const search = page.getByRole('textbox', { name: 'Command palette' });
      await expect(search).toBeFocused();
      expect(await violations(page), 'empty').toEqual([]);
      await search.fill('ridge');
      await expect(page.getByRole('button', { name: /^Run \d+: Ridge/ }).first()).toBeVisible();
      expect(await violations(page), 'with finds').toEqual([]);
      await search.fill('nobody has this');
      await expect(page.getByText('Nothing here is called')).toBeVisible();
      expect(await violations(page), 'without').toEqual([]);
    });

    test('neither the table of jobs in every state, nor the choice of columns, has a barrier', async ({
      page,
      server,
    }) => {
      await trainOnDemo(page, server, SMALL_GRID);
      const { queueId } = await call<{ queueId: number }>(page, server, 'queue.create', {
        grid: { ...SMALL_GRID, name: 'Cancelled one', days_history: [90] },
      });
      await call(page, server, 'queue.cancel', { queueId });
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${server.origin}/#/history?view=jobs`);
        await page.reload();
        await expect(page.getByRole('link', { name: 'Cancelled one' })).toBeVisible();
        expect(await violations(page), `jobs, ${width} px`).toEqual([]);
        await page.goto(`${server.origin}/#/history`);
        await page.getByRole('button', { name: 'Columns' }).click();
        await page.getByRole('checkbox', { name: 'Kelly' }).check();
        await expect(page.getByRole('columnheader', { name: 'Kelly' })).toBeAttached();
        expect(await violations(page), `columns, ${width} px`).toEqual([]);
      }
    });

    test('no tab of the details of a run, nor the comparison, has a barrier', async ({ page, server }) => {
      await trainOnDemo(page, server, { ...SMALL_GRID, model_types: ['ridge', 'random_forest'] });
      await page.goto(`${server.origin}/#/history`);
      await page.reload();
      const grid = page.getByRole('grid', { name: 'Training runs' });
      for (const run of [16, 15]) await grid.getByRole('checkbox', { name: `Compare run ${run}` }).check();
      await page.getByRole('button', { name: 'Compare (2)' }).click();
      await expect(page.getByRole('table', { name: 'Side by side' })).toBeVisible();
      await expect(page.getByText('Equity over each other').or(page.getByText('None of them'))).toBeVisible();
      expect(await violations(page), 'comparison').toEqual([]);
      await page.getByRole('button', { name: 'Back' }).click();

      await grid
        .getByRole('row')
        .filter({ has: page.getByRole('img', { name: 'Kept', exact: true }) })
        .first()
        .dblclick();
      const details = page.getByRole('dialog', { name: /^Run \d+$/ });
      for (const name of TABS) {
        const tab = details.getByRole('tab', { name });
        if ((await tab.count()) === 0) continue;
        await tab.click();
        await expect(details.getByRole('status', { name: 'Loading' })).toHaveCount(0);
        expect(await violations(page, '[role=dialog]'), `tab ${name}`).toEqual([]);
      }
    });
  });
}

/** Presses Tab until the element has the focus, as someone without a mouse does. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  await expect(element).toBeEnabled();
  for (let press = 0; press < 300; press++) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`300 times Tab did not lead to ${element}.`);
}

test('every place is reached with the keyboard alone, by its key and by its link', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'Try with demo data' })).toBeVisible();
  const rail = page.getByRole('navigation', { name: 'Places' });
  for (const [index, place] of PLACES.entries()) {
    await page.keyboard.press(String(index + 1));
    await expect(rail.getByRole('link', { name: place })).toHaveAttribute('aria-current', 'page');
  }
  // The first two welcome whoever has nothing yet.
  for (const place of PLACES.slice(2)) {
    await tabTo(page, rail.getByRole('link', { name: place }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: HEADINGS[place] })).toBeVisible();
  }
});

test('a queue is built, started and looked into with the keyboard alone', async ({ page }) => {
  for (const name of ['Try with demo data', 'Generate Queue', 'Start Training']) {
    await tabTo(page, page.getByRole('button', { name }));
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText(/^Training model \d+ of 192$/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Latest results, table' })).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('p');
  await expect(page.getByText(/^\d+ of 192 models done$/)).toBeVisible({ timeout: 60_000 });

  await page.keyboard.press('7');
  const rows = page.getByRole('grid', { name: 'Training runs' }).getByRole('row');
  await tabTo(page, rows.nth(1));
  await page.keyboard.press('End');
  await expect(rows.last()).toBeFocused();
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog', { name: 'Run 1', exact: true });
  await expect(details.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(rows.last()).toBeFocused();
});
