import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, choose, chooseModels, TRAINING_MS } from '../steps.ts';

/** A search from the window: put together, refused in words, started, followed, and what became of it. */

test.describe.configure({ timeout: TRAINING_MS });

test('a search is put together in the form, its space in ranges and choices, and trials arrive', async ({
  page,
  server,
}, testInfo) => {
  await call(page, server, 'market.demo');
  await page.reload();
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: 'Training Queue' })
    .click();
  await page.getByRole('radiogroup', { name: 'New job' }).getByText('Search').click();
  await expect(page.getByRole('heading', { level: 1, name: 'New search' })).toBeVisible();
  await chooseModels(page, ['XGBoost (own implementation)', 'Ridge']);
  await choose(page, 'Symbols', ['DEMO_EURUSD']);
  await choose(page, 'Timeframes', ['H4']);
  await choose(page, 'Days of history', [120]);
  await page.getByRole('textbox', { name: 'Trials', exact: true }).fill('24');
  await page.getByRole('button', { name: 'Space of XGBoost (own implementation)' }).click();
  const trees = page.getByRole('group', { name: 'Trees' });
  await trees.getByRole('textbox', { name: 'Trees, from' }).fill('60');
  await trees.getByRole('textbox', { name: 'Trees, to' }).fill('40');
  await expect(trees.getByText('expected a range that goes up, found 60 to 40')).toBeVisible();
  const start = page.getByRole('button', { name: 'Start search' });
  await expect(start).toBeDisabled();
  await lookAt(page, 'refused', testInfo);
  await trees.getByRole('textbox', { name: 'Trees, from' }).fill('10');
  const depth = page.getByRole('group', { name: 'Depth' });
  await depth.getByRole('combobox', { name: 'Depth: how it is searched' }).click();
  await page.getByRole('option', { name: 'Choices' }).click();
  const plan = page.getByRole('region', { name: 'What it will try' });
  await expect(plan).toContainText('Trees 10 to 40');
  const size = page.getByRole('region', { name: 'Size of the search' });
  await expect(size).toContainText('2 studies × 24 trials = 48 trials');
  await lookAt(page, 'form', testInfo);
  await start.click();
  await expect(page.getByRole('region', { name: /^Queue Search of / })).toBeVisible();

  // Trials arrive while it runs.
  await expect(page.getByRole('region', { name: /^Trial log of / }).first()).toContainText('All folds');
  const [{ id: queueId } = { id: 0 }] = await call<{ id: number }[]>(page, server, 'queue.list');
  await call(page, server, 'queue.wait', { queueId });
  const importance = page.getByRole('figure', { name: 'Parameter importance' }).first();
  await expect(importance).toBeVisible();
  // A bar leads to the scores by what it is of, and back.
  await importance.getByRole('button', { name: /^Penalty/ }).press('Enter');
  await expect(page).toHaveURL(/view=axes&job=\d+&axis=Penalty$/);
  await expect(page.getByRole('figure', { name: 'Penalty', exact: true })).toBeInViewport();
  await page.goBack();
  for (const picture of [
    'Optimization history',
    'Slices',
    'Parallel coordinates',
    'Intermediate values',
    'Timeline',
  ]) {
    await expect(page.getByRole('img', { name: new RegExp(`^${picture}\\. `) })).toHaveCount(2);
  }
  await page.setViewportSize({ width: 1440, height: 6000 });
  await page.screenshot({ path: testInfo.outputPath('finished-tall.png') });
  await lookAt(page, 'finished', testInfo);

  // A click on a mark leaves its trial in the table; the chips above it, or back, bring the others again.
  await page.setViewportSize({ width: 1440, height: 900 });
  const plot = page.getByRole('img', { name: /^Intermediate values\. / }).first();
  await plot.scrollIntoViewIfNeeded();
  const log = page.getByRole('region', { name: /^Trial log of / }).first();
  const shown = page.getByRole('group', { name: 'Filter of trials' }).first();
  const box = (await plot.boundingBox())!;
  // The best has its mean after the last fold at the right end of the drawing, somewhere between bottom and top.
  for (let down = 10; down < box.height - 50 && !page.url().includes('trials='); down += 20) {
    await plot.click({ position: { x: box.width - 24, y: down } });
  }
  await expect(shown).toContainText('1 of 24 trials');
  await expect(log.getByRole('row')).toHaveCount(2);
  await expect(log).toBeInViewport();
  await lookAt(page, 'one-trial', testInfo);
  await shown.getByRole('button', { name: /^Remove the filter Study = / }).click();
  await expect(
    page
      .getByRole('region', { name: /^Trial log of / })
      .nth(1)
      .getByRole('row'),
  ).toHaveCount(2);
  await page.goBack();
  await expect(log.getByRole('row')).toHaveCount(2);
  await shown.getByRole('button', { name: 'Clear Filters' }).click();
  await expect(log.getByRole('row')).toHaveCount(25);
  // So does a value of an axis, from the view of all of them.
  await page.getByRole('button', { name: 'Score by axis' }).click();
  const model = page.getByRole('list', { name: 'Model type' });
  await model.getByRole('button', { name: 'Ridge' }).click();
  await expect(page.getByRole('button', { name: 'Remove the filter Model type = Ridge' })).toHaveCount(2);
  await expect(page.getByRole('group', { name: 'Filter of trials' }).nth(1)).toContainText('0 of 24 trials');
  await expect(page.getByRole('region', { name: /^Trial log of Ridge/i })).toBeInViewport();
  await page.getByRole('button', { name: 'Clear Filters' }).first().click();

  await page.getByRole('button', { name: /^Train the best of XGBoost .* as a grid$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New grid' })).toBeVisible();
  await page.getByRole('button', { name: 'Generate Queue' }).click();
  await expect(page.getByRole('region', { name: /^Queue Best of Search of / })).toBeVisible();
});

test('by Sharpe ratio, the form varies the rest of a configuration, too', async ({
  page,
  server,
}, testInfo) => {
  await call(page, server, 'market.demo');
  await page.goto(`${new URL(page.url()).origin}/#/queue?search=DEMO_EURUSD/H4`);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'New search' })).toBeVisible();
  await chooseModels(page, ['Ridge']);
  await choose(page, 'Days of history', [120]);
  await page.getByRole('combobox', { name: 'Objective' }).click();
  await page.getByRole('option', { name: 'Sharpe ratio' }).click();
  await page.getByRole('button', { name: 'Space of Ridge' }).click();
  const searched = async (name: string, how: string) => {
    await page.getByRole('combobox', { name: `${name}: how it is searched` }).click();
    await page.getByRole('option', { name: how }).click();
  };
  await searched('Target', 'Choices');
  await searched('Take-profit', 'Range');
  await searched('Horizon', 'Range');
  const plan = page.getByRole('region', { name: 'What it will try' });
  await expect(plan).toContainText('Horizon 3 to 12');
  await expect(plan).toContainText('Take-profit 1 to 4');
  await lookAt(page, 'structure', testInfo);
  // Other objectives can't, and say so at the field.
  await page.getByRole('combobox', { name: 'Objective' }).click();
  await page.getByRole('option', { name: 'Spearman rank correlation' }).click();
  const horizon = page.getByRole('group', { name: 'Horizon', exact: true });
  await expect(horizon.getByText(/^horizon can't be searched by spearman/)).toBeVisible();
});
