import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from '@playwright/test';
import { onEachRuntime, test } from '../desktop-fixtures.ts';

/** What a desktop hands to the window: links, files by their address; and what the window says of itself. */

const folder = join(tmpdir(), `regimen-links-${process.pid}`);
const grid = join(folder, 'my night.yaml');
const GRID = `name: from the file manager
model_types: [ridge]
symbols: [EURUSD]
timeframes: [H1]
days_history: [60]
horizons: [12]
`;

onEachRuntime('links and files', () => {
  test.describe('started with a file by its address', () => {
    test.use({ arguments: [pathToFileURL(grid).href] });
    test.beforeAll(async () => {
      await mkdir(folder, { recursive: true });
      await writeFile(grid, GRID);
    });
    test.afterAll(() => rm(folder, { recursive: true }));

    test('the grid form has what the file says, and links lead on from there', async ({ app, view }) => {
      await expect(view).toHaveURL(/queue.*new=1/);
      await expect(view.getByLabel('Name', { exact: true })).toHaveValue('from the file manager');

      await app.evaluate(({ dialog }) => {
        globalThis.noted = [];
        dialog.showErrorBox = (title, text) => void globalThis.noted.push(`${title}: ${text}`);
      }, 0);
      // A second start hands its arguments over on Linux and Windows; macOS has an event of its own.
      const start = (link: string) =>
        app.evaluate(
          ({ app }, link) =>
            void app.emit('second-instance', {}, ['regimen', '.', '--flag', link], '/', undefined),
          link,
        );
      await start('regimen://run/17');
      await expect(view).toHaveURL(/#\/history\?run=17$/);
      await app.evaluate(
        ({ app }) => void app.emit('open-url', { preventDefault() {} }, 'regimen://champion/EURUSD/H1/bull'),
        0,
      );
      await expect(view).toHaveURL(/#\/evidence\?champion=EURUSD%2FH1%2Fbull$/);

      for (const hostile of ['regimen://data?import=1', 'regimen://model/%3Cimg%20src%3Dx%3E', 'regimen:x'])
        await start(hostile);
      await expect.poll(() => app.evaluate(() => globalThis.noted, 0)).toHaveLength(3);
      const [first] = await app.evaluate(() => globalThis.noted, 0);
      expect(first).toMatch(/^The link can’t be followed: Expected a link such as .+ found "regimen:.+"\.$/);
      await expect(view).toHaveURL(/#\/evidence/);
    });
  });

  test('About is in the menu, and tells version, license, libraries and what is not checked', async ({
    app,
    view,
  }) => {
    await app.evaluate(({ Menu }) => {
      const items = (menu: Electron.Menu): Electron.MenuItem[] =>
        menu.items.flatMap((item) => [item, ...(item.submenu ? items(item.submenu) : [])]);
      items(Menu.getApplicationMenu()!)
        .find(({ label }) => label === 'About Regimen')!
        .click();
    }, 0);
    const about = view.getByRole('dialog', { name: 'About Regimen' });
    await expect(about).toContainText('Regimen 0.1.0');
    await expect(about).toContainText(
      'That does not cover what lies beside the archive: the threads that train',
    );
    await expect(about).toContainText('Nothing of it is signed, and it never updates itself.');
    await about.getByText('Regimen is free software of').click();
    await expect(about.getByText('Permission is hereby granted').first()).toBeVisible();
    await expect(about.getByText(/^react \d/)).toBeVisible();
    await about.getByRole('button', { name: 'Look for a newer one' }).click();
    await expect(about).toContainText('updates.feed names no feed');
  });
});
