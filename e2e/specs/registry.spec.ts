import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** A champion becomes a version, is refused, put in charge, rolled back and retired, all in the window. */

const GRID = {
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4' as const],
  days_history: [60],
  horizons: [3],
};

test.describe.configure({ timeout: TRAINING_MS });

test('a champion is made a candidate and goes through the registry', async ({ page, server }, testInfo) => {
  await trainOnDemo(page, server, GRID);
  const [{ champion, symbol, timeframe, regime }] = (await call<ChampionDto[]>(
    page,
    server,
    'champions.list',
  )) as [ChampionDto];
  const place = { symbol, timeframe, regime };

  await page.goto(`${server.origin}/#/evidence?champion=${encodeURIComponent(champion)}`);
  await page.getByRole('button', { name: 'Make candidate' }).click();
  const name = `${symbol} ${timeframe} ${regime}`;
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: TRAINING_MS });
  const versions = page.getByRole('table', { name: 'Versions' });
  await expect(versions).toContainText('Staging');

  // The gate refuses it, as it does most.
  await versions.getByRole('button', { name: 'Promote' }).click();
  await page.getByRole('button', { name: 'Ask the gate' }).click();
  await expect(page.getByRole('table', { name: 'The last gate' })).toContainText('Missed', {
    timeout: TRAINING_MS,
  });
  await expect(page.getByText('Model not promoted:')).toBeVisible();

  const promoted = { ...place, skipValidation: true, reason: 'to see it' };
  await call(page, server, 'production.promote', promoted);
  await call(page, server, 'production.register', { champion });
  await call(page, server, 'production.promote', { ...promoted, force: true });
  await expect(page.getByRole('table', { name: 'Journal' })).toContainText('validation, thresholds, verdict');
  await lookAt(page, 'name', testInfo);

  await page.getByRole('button', { name: 'Roll back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await expect(page.getByRole('table', { name: 'Journal' })).toContainText('rolled back');
  await page.getByRole('button', { name: 'Retire' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retire' }).click();
  await expect(page.getByText('Nobody is in production')).toBeVisible();

  await visit(page, 'Registry');
  await expect(page.getByRole('table', { name: 'Names' })).toContainText('Nobody');
  await lookAt(page, 'names', testInfo);
});
