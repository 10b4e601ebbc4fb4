import type { ChampionDto, JobDto } from '../../engine/contract/dto/index.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** Costs that change, and kept models that are evaluated again. */

test.describe.configure({ timeout: TRAINING_MS });

test('after a change of costs the window offers to evaluate kept models, and champions are current again', async ({
  page,
  server,
}, testInfo) => {
  await trainOnDemo(page, server, SMALL_GRID);
  await visit(page, 'Regime Analysis');
  const offer = page.getByRole('region', { name: 'The trading costs changed since' });
  await expect(page.getByRole('table', { name: 'Champions per regime' })).toBeVisible();
  await expect(offer).toHaveCount(0);

  const changes = { 'costs.symbols.DEMO_EURUSD.commission_per_side': 0.00001 };
  await call(page, server, 'settings.set', { changes });
  await expect(offer).toContainText('kept models are out of date');
  for (const [width, name] of [
    [1280, 'wide'],
    [390, 'narrow'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: testInfo.outputPath(`offer-${name}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await offer.getByRole('button', { name: /^Evaluate \d+ kept models? again$/ }).click();
  await expect(page.getByText(/models? evaluated again$/)).toBeVisible({ timeout: TRAINING_MS });
  const jobs = await call<JobDto[]>(page, server, 'jobs.list', { kind: 'evaluation' });
  expect(jobs.map(({ state, failed }) => [state, failed])).toEqual([['completed', 0]]);
  const champions = await call<ChampionDto[]>(page, server, 'champions.list', {});
  expect(champions.filter(({ stale, outdated }) => (stale ?? outdated) !== null)).toEqual([]);
  await visit(page, 'Regime Analysis');
  await expect(page.getByRole('button', { name: /^Evaluate/ })).toHaveCount(0);
});
