import type { Page } from '@playwright/test';
import { drawn, violations } from '../axe.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, TRAINING_MS, trainOnDemo } from '../steps.ts';

/** On a phone: what was found comes first, notices cover nothing, and a thumb finds every control. */

test.describe.configure({ timeout: TRAINING_MS });
test.use({
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  contextOptions: { reducedMotion: 'reduce' },
});

const PLACES = [
  '#/today',
  '#/queue',
  '#/queue?new=1',
  '#/regimes',
  '#/regimes?view=charts',
  '#/regimes?view=manage',
  '#/evidence',
  '#/registry',
  '#/live',
  '#/history',
  '#/history?view=jobs',
  '#/history?view=axes',
  '#/data',
  '#/data?tab=settings',
  '#/data?tab=storage',
];

/** Controls less than 24 px high or wide, but for links in a text, whose height is the line's (WCAG 2.5.8). */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const small: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, [role=tab], [role=switch], [role=checkbox], summary',
    )) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const label = element.closest('label') ?? (element as HTMLInputElement).labels?.[0];
      // The field around the line of what is typed takes presses for it.
      const field = element.closest(
        '[class*="TagsInput-input"]:not(input), [class*="MultiSelect-input"]:not(input)',
      );
      const boxes = [element, ...(label == null ? [] : [label]), ...(field === null ? [] : [field])].map(
        (one) => one.getBoundingClientRect(),
      );
      const height = Math.max(...boxes.map((box) => box.height));
      const width = Math.max(...boxes.map((box) => box.width));
      // For screen readers alone, or drawn by what stands around it.
      if (width <= 2 || height <= 2 || element.closest('.visually-hidden') !== null) continue;
      const isInText =
        element.tagName === 'A' &&
        getComputedStyle(element).display.startsWith('inline') &&
        getComputedStyle(element).display !== 'inline-flex';
      if (isInText || (height >= 23.9 && width >= 23.9)) continue;
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
      small.push(
        `${element.tagName} ${name} ${Math.round(width)}x${Math.round(height)} ${element.className.toString().slice(0, 60)}`,
      );
    }
    return [...new Set(small)];
  });
}

test('every control of every place is 24 px large, and no place has a barrier or scrolls sideways', async ({
  page,
  server,
}, testInfo) => {
  // Axe looks at fifteen places in two themes.
  test.setTimeout(2 * TRAINING_MS);
  await trainOnDemo(page, server, SMALL_GRID);
  await page.reload();
  const found: string[] = [];
  for (const address of PLACES) {
    await page.goto(`${server.origin}/${address}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await drawn(page);
    for (const target of await smallTargets(page)) found.push(`${address}: ${target}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const barrier of await violations(page))
        found.push(`${address}, ${colorScheme}: ${String(barrier)}`);
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) found.push(`${address}: ${overflow} px too wide`);
    await page.screenshot({ path: testInfo.outputPath(`${address.replace(/\W+/g, '-')}.png`) });
  }
  expect(found).toEqual([]);
});

test('the history begins with its runs; filters come at the press of a button that counts them', async ({
  page,
  server,
}) => {
  await trainOnDemo(page, server, { ...SMALL_GRID, horizons: [1, 2] });
  await page.goto(`${server.origin}/#/history`);
  await page.reload();
  const form = page.getByRole('form', { name: 'Filters' });
  await expect(page.getByRole('grid', { name: 'Training runs' })).toBeVisible();
  await expect(form).toBeHidden();
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await form.getByLabel('Text').fill('ridge');
  await form.getByRole('switch', { name: 'Hide demo markets' }).click();
  await form.getByRole('button', { name: 'Search' }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole('button', { name: 'Filters (2 on)' })).toBeVisible();
  await expect(page.getByText('No run matches these filters')).toBeVisible();
});

for (const width of [390, 1440]) {
  test(`notices cover no part of a place, ${width} px wide`, async ({ page, server }, testInfo) => {
    await page.setViewportSize({ width, height: 844 });
    await trainOnDemo(page, server, { ...SMALL_GRID, horizons: [1] });
    await page.goto(`${server.origin}/#/history`);
    await page.reload();
    await page.getByRole('button', { name: 'Export Results' }).click();
    const notice = page.getByRole('alert').first();
    await expect(notice).toBeVisible();
    await page.screenshot({ path: testInfo.outputPath(`notice-${width}.png`) });
    const place = (await page.locator('#place').boundingBox())!;
    const box = (await notice.boundingBox())!;
    const status = (await page.locator('footer').boundingBox())!;
    expect(place.y + place.height).toBeLessThanOrEqual(box.y + 1);
    expect(box.y + box.height).toBeLessThanOrEqual(status.y + 1);
    await page.getByRole('button', { name: 'Close notice' }).first().click();
    await expect(notice).toBeHidden();
    await expect
      .poll(async () => (await page.locator('#place').boundingBox())!.height)
      .toBeGreaterThan(place.height + 20);
  });
}

test('a table that is wider than a phone has a shadow on the side where more of it lies', async ({
  page,
  server,
}) => {
  await trainOnDemo(page, server, { ...SMALL_GRID, horizons: [1] });
  for (const [address, table] of [
    ['#/history', page.getByRole('grid', { name: 'Training runs' })],
    ['#/today', page.getByRole('table', { name: 'Finished jobs' })],
  ] as const) {
    await page.goto(`${server.origin}/${address}`);
    await page.reload();
    const frame = page.locator('[data-more-after], [data-more-before]').filter({ has: table });
    const sides = () =>
      frame.evaluate((element) =>
        ['before', 'after'].filter((side) => element.hasAttribute(`data-more-${side}`)),
      );
    const scroll = (left: number) =>
      frame.evaluate((element, to) => {
        element.firstElementChild!.scrollLeft = to;
      }, left);
    await expect.poll(sides, address).toEqual(['after']);
    await scroll(40);
    await expect.poll(sides, address).toEqual(['before', 'after']);
    await scroll(10_000);
    await expect.poll(sides, address).toEqual(['before']);
    // On a screen with room for all of it there is none.
    await page.setViewportSize({ width: 2400, height: 844 });
    await expect(frame, address).toHaveCount(0);
    await page.setViewportSize({ width: 390, height: 844 });
  }
});

test('notices cover no part of a dialog', async ({ page, server }, testInfo) => {
  await trainOnDemo(page, server, { ...SMALL_GRID, horizons: [1] });
  await page.goto(`${server.origin}/#/registry`);
  await page.reload();
  await page.getByRole('button', { name: 'New schedule' }).click();
  const dialog = page.getByRole('dialog', { name: 'New schedule' });
  await expect(dialog).toBeVisible();
  const alone = (await dialog.boundingBox())!;
  // What happens elsewhere is said while the dialog stands.
  const { queueId } = await call<{ queueId: number }>(page, server, 'queue.create', {
    grid: { ...SMALL_GRID, name: 'another', days_history: [90], horizons: [1] },
  });
  await call(page, server, 'queue.start', { queueId });
  const notice = page.locator('.notices').getByRole('alert').first();
  await expect(notice).toBeVisible({ timeout: TRAINING_MS });
  const below = async () => {
    const box = (await dialog.boundingBox())!;
    const said = (await notice.boundingBox())!;
    return said.y - (box.y + box.height);
  };
  await expect.poll(below).toBeGreaterThanOrEqual(0);
  await page.screenshot({ path: testInfo.outputPath('notice-and-dialog.png') });
  // One that is pointed at stays.
  await page.mouse.move(0, 0);
  await expect(notice).toBeHidden({ timeout: 30_000 });
  await expect.poll(async () => (await dialog.boundingBox())!.height).toBe(alone.height);
});
