import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startServerProcess } from '../../main/server/testing/server-process.ts';
import { expect, test } from '../fixtures.ts';
import { visit } from '../steps.ts';

/** A server that goes, and comes back under the same address. */

test('a page whose server is gone says so and counts down; it goes on by itself once it is back, or asks for the new link', async ({
  page,
  server,
  workspace,
  home,
}) => {
  await visit(page, 'Training History');
  await expect(page.getByText('Engine ready')).toBeVisible();
  const again = () =>
    startServerProcess(workspace, { HOME: home }, undefined, ['--port', new URL(server.origin).port]);
  await server.kill();
  const notice = page.getByRole('alert').filter({ hasText: 'Regimen does not answer' });
  await expect(notice).toBeVisible({ timeout: 3000 });
  await expect(notice).toContainText(/Next try in \d seconds?\./);

  const second = await again();
  await expect(notice).toBeHidden({ timeout: 20_000 });
  await expect(page.getByText('Engine ready')).toBeVisible();
  await visit(page, 'Registry');
  await expect(page.getByText('Nothing is registered yet')).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe('');

  // Its key is gone, and with it whoever was known.
  await second.kill();
  await rm(join(workspace, '.regimen', 'session.key'));
  const third = await again();
  await expect(
    page.getByRole('alert').filter({ hasText: 'Open the link that it printed when it was started last' }),
  ).toBeVisible({ timeout: 20_000 });
  await page.goto(third.link);
  await expect(page.getByText('Engine ready')).toBeVisible();
  await expect(notice).toBeHidden();
  await third.kill();
});

test('a part of the page that an older build had is answered by the new page, not by a blank one', async ({
  page,
  server,
}) => {
  // A browser that always has something to do loads no place ahead of being sent there.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.reload();
  await visit(page, 'Registry');
  // As after a build: the address of a part that was not loaded yet leads nowhere, until the page itself is loaded anew.
  let isOld = true;
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (request.isNavigationRequest()) isOld = false;
    if (isOld && request.resourceType() === 'script') await route.fulfill({ status: 404, body: '' });
    else await route.continue();
  });
  const loaded = page.waitForEvent('load');
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: 'Regime Analysis' })
    .click();
  await loaded;
  await expect(page.getByRole('heading', { level: 1, name: 'Regime Analysis' })).toBeVisible();
  expect(page.url()).toContain(`${server.origin}/#/regimes`);
});
