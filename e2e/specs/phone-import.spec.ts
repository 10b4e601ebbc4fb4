import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCandleCsv } from '../../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../../engine/market/testing/random-candles.ts';
import { violations } from '../axe.ts';
import { ONE_RIDGE } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, TRAINING_MS, trainOnDemo } from '../steps.ts';

/** On a phone, in both themes. */

test.describe.configure({ timeout: TRAINING_MS });
test.use({ viewport: { width: 390, height: 844 } });

test('what a file holds, and runs side by side, fit a phone without a barrier', async ({
  page,
  server,
  home,
}, testInfo) => {
  await trainOnDemo(page, server, { ...ONE_RIDGE, horizons: [3, 6] });
  const file = join(home, 'EURUSD_H1.csv');
  await writeFile(file, '');
  writeCandleCsv(file, randomCandles(500, 'H1', 1));
  await page.goto(`${server.origin}/#/data`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(file);
  await expect(page.getByRole('button', { name: /^Import [\d,]+ bars$/ })).toBeVisible();
  const { runs } = await call<{ runs: { id: number }[] }>(page, server, 'history.search', {});
  for (const [name, address, sign] of [
    ['import', null, null],
    [
      'compare',
      `#/history?compare=${runs
        .slice(0, 2)
        .map(({ id }) => id)
        .join('|')}`,
      'Side by side',
    ],
  ] as const) {
    if (address !== null) {
      await page.goto(`${server.origin}/${address}`);
      await expect(page.getByRole('table', { name: sign })).toBeVisible();
    }
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: testInfo.outputPath(`${name}-${colorScheme}.png`), fullPage: true });
      expect(await violations(page), `${name}, ${colorScheme}`).toEqual([]);
    }
  }
});
