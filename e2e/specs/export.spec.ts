import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { ONE_RIDGE } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** Models leave by the Export menu: of a champion and of its version, an expert for MetaTrader among them. */

test.describe.configure({ timeout: TRAINING_MS });

test('a champion and a version leave by the menu, each as an archive with an expert', async ({
  page,
  server,
  home,
}, testInfo) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  const [{ champion, symbol, timeframe, regime }] = (await call<ChampionDto[]>(
    page,
    server,
    'champions.list',
  )) as [ChampionDto];
  const exports = join(home, '.regimen/exports');
  const newest = async () => {
    const archives = (await readdir(exports)).filter((name) => name.endsWith('.zip')).sort();
    return Object.keys(unzipSync(await readFile(join(exports, archives.at(-1)!))));
  };

  await visit(page, 'Regime Analysis');
  await page.getByRole('button', { name: 'Export', exact: true }).first().click();
  const item = page.getByRole('menuitem', { name: /^MetaTrader 5 expert/ });
  await expect(item).toBeEnabled();
  await expect(page.getByRole('menuitem', { name: /^XGBoost JSON/ })).toContainText('Not possible: ');
  await lookAt(page, 'export-champion', testInfo);
  await item.click();
  await expect(page.getByRole('alert').filter({ hasText: 'MetaTrader 5 expert exported' })).toBeVisible();
  const expert = `MQL5/Experts/Regimen/Regimen_${symbol}_${timeframe}_${regime}.mq5`;
  expect(await newest()).toContain(expert);

  await page.goto(`${server.origin}/#/evidence?champion=${encodeURIComponent(champion)}`);
  await page.getByRole('button', { name: 'Make candidate' }).click();
  const versions = page.getByRole('table', { name: 'Versions' });
  await expect(versions).toContainText('Staging', { timeout: TRAINING_MS });
  await versions.getByRole('button', { name: /^Export / }).click();
  await lookAt(page, 'export-version', testInfo);
  await page.getByRole('menuitem', { name: /^MetaTrader 5 expert/ }).click();
  await expect
    .poll(async () => (await readdir(exports)).filter((name) => /^model_DEMO.*zip$/.test(name)).length)
    .toBe(1);
});
