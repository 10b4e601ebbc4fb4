import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PortfolioDto } from '../../engine/contract/dto/index.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** Candles that are drawn on a canvas: what is told of them in words, and that something is drawn at all. */

test.describe.configure({ timeout: TRAINING_MS });

/** Colors of the pixels of the largest canvas in a picture. */
async function colorsIn(page: Page, picture: RegExp): Promise<number> {
  const image = page.getByRole('img', { name: picture });
  // Drawn when it is near what is seen.
  await image.scrollIntoViewIfNeeded();
  return image.evaluate((element) => {
    const canvases = [...element.querySelectorAll('canvas')];
    const largest = canvases.sort((a, b) => b.width * b.height - a.width * a.height)[0];
    if (largest === undefined) return 0;
    const { data } = largest.getContext('2d')!.getImageData(0, 0, largest.width, largest.height);
    const colors = new Set<number>();
    for (let i = 0; i < data.length; i += 4)
      colors.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
    return colors.size;
  });
}

test('a stored series is drawn as candles, page by page, and stands in a table', async ({
  page,
  server,
}, testInfo) => {
  await call(page, server, 'market.demo');
  await page.reload();
  await visit(page, 'Data & Settings');
  await page.getByRole('link', { name: 'Candles of DEMO_EURUSD H1' }).click();
  const figure = page.getByRole('figure', { name: 'Candles of DEMO_EURUSD H1' });
  const picture = figure.getByRole('img');
  await expect(picture).toHaveAccessibleName(/^Candles of DEMO_EURUSD H1\. 2,000 bars from /);
  await expect.poll(() => colorsIn(page, /^Candles of/)).toBeGreaterThan(5);
  // Each look at the first bars brings those before them.
  await expect(async () => {
    await figure.getByRole('button', { name: 'All bars' }).click();
    await expect(figure.getByText(/^All [\d,]+ bars, colored by regime\.$/)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await picture.hover();
  await expect(figure.getByText('High', { exact: true })).toBeVisible();
  await expect(figure.getByRole('link', { name: 'TradingView, Inc.' })).toBeVisible();
  await lookAt(page, 'candles-series', testInfo);
  await figure.getByRole('button', { name: 'Show Candles of DEMO_EURUSD H1 as table' }).click();
  await expect(figure.getByRole('columnheader')).toHaveText([
    'Time',
    'Open',
    'High',
    'Low',
    'Close',
    'Regime',
  ]);
});

test('trades stand on candles, what they come to below, and all of it leaves as a page; champions stand together', async ({
  page,
  server,
  home,
}, testInfo) => {
  await trainOnDemo(page, server, SMALL_GRID);
  await page.reload();
  await visit(page, 'Regime Analysis');
  const panel = page.getByRole('region', { name: /^Champion of / });
  const price = panel.getByRole('figure', { name: /^Price and regimes/ });
  await expect.poll(() => colorsIn(page, /^Price and regimes/)).toBeGreaterThan(5);
  // The bars before its windows come by themselves, with what each stretch was for.
  await expect(price.getByRole('img')).toHaveAccessibleName(/trades? drawn\.$/);
  await expect(panel.getByRole('figure', { name: 'Returns by month' }).getByRole('row')).not.toHaveCount(1);
  await expect(panel.getByRole('figure', { name: 'MAE against MFE' }).getByRole('img').first()).toBeVisible();
  await lookAt(page, 'candles-champion', testInfo);
  await panel.getByRole('button', { name: 'Report' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Report of ' })).toBeVisible();
  const [file] = await readdir(join(home, '.regimen/exports'));
  expect(file).toMatch(/^report_\d{8}_\d{6}\.html$/);
  const report = await readFile(join(home, '.regimen/exports', file!), 'utf8');
  expect(report).toContain('<h1>Champion ');

  await visit(page, 'Now');
  await page.getByRole('button', { name: 'Work it out' }).click();
  const portfolio = await call<PortfolioDto>(page, server, 'portfolio.show');
  const table = page.getByRole('table', { name: 'Champions and versions' });
  await expect(table.getByRole('row')).toHaveCount(1 + portfolio.members.length);
  await expect(page.getByRole('figure', { name: 'One curve' }).getByRole('img')).toBeVisible();
  await lookAt(page, 'portfolio', testInfo);
});
