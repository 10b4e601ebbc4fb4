import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { PLACES, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** Going from place to place. */

test.describe.configure({ timeout: TRAINING_MS });

test('a place that was loaded ahead stands there at once, and nothing in its stead before', async ({
  page,
  server,
}) => {
  await trainOnDemo(page, server, SMALL_GRID);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const files = () => page.evaluate(() => performance.getEntriesByType('resource').length);
  // All are loaded once no further file has come for a while.
  for (let before = 0, now = await files(); before !== now; ) {
    await page.waitForTimeout(1500);
    [before, now] = [now, await files()];
  }
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { stoodIn: seen });
    new MutationObserver(() => {
      const loading = document.querySelector('main > [role="status"][aria-label="Loading"]');
      if (loading !== null) seen.push(location.hash);
    }).observe(document.body, { subtree: true, childList: true });
  });
  for (const place of PLACES) await visit(page, place);
  expect(await page.evaluate(() => (window as unknown as { stoodIn: string[] }).stoodIn)).toEqual([]);
});
