import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { ONE_RIDGE } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** What the models say now, in the window: nobody, champions, a version that is put in charge. */

test.describe.configure({ timeout: TRAINING_MS });

test('leads on while there is nobody to ask', async ({ page, server }, testInfo) => {
  await page.goto(server.origin);
  await visit(page, 'Now');
  await expect(page.getByText('There is nobody to ask yet')).toBeVisible();
  await expect(page.getByText('Nothing in Regimen places orders.')).toBeVisible();
  await lookAt(page, 'now-empty', testInfo);
  await page.getByRole('link', { name: 'Train for production' }).click();
  await expect(page).toHaveURL(/#\/queue/);
});

test('a market has a card, and moves when a version is put in charge', async ({ page, server }, testInfo) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  await visit(page, 'Now');
  const card = page.getByRole('region', { name: 'DEMO_EURUSD H4', exact: true });
  await expect(card.getByText('No signal')).toBeVisible({ timeout: TRAINING_MS });
  await expect(card.getByText('Demo market')).toBeVisible();
  const [series] = (await call<SeriesDto[]>(page, server, 'market.list')).filter(
    ({ symbol }) => symbol === 'DEMO_EURUSD',
  );
  // The demo market ended years ago, and that is said; nothing is to be done by it.
  expect(series).toBeDefined();
  await expect(card.getByText(/^The newest candle is \d+ days of trading old/)).toBeVisible();
  await lookAt(page, 'now-champion', testInfo);
  const made = await call<{ readonly version: string }>(page, server, 'production.register', {
    run: '1',
    name: 'DEMO_EURUSD H4',
  });
  await call(page, server, 'production.rollback', {
    symbol: 'DEMO_EURUSD',
    timeframe: 'H4',
    version: made.version,
  });
  // By itself: nobody asks the page to look again.
  await expect(card.getByText(`version ${made.version} of DEMO_EURUSD H4, in production since`)).toBeVisible({
    timeout: TRAINING_MS,
  });
  await lookAt(page, 'now-version', testInfo);
  await card.getByRole('link', { name: 'Versions of DEMO_EURUSD H4' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'DEMO_EURUSD H4' })).toBeVisible();
});
