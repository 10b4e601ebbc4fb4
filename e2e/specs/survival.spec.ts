import { fillSurvivalFolds } from '../../engine/testing/survival-folds.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { TRAINING_MS, visit } from '../steps.ts';

/** A model of what survives in the window: trained, judged, put in charge and retired. */

test.describe.configure({ timeout: TRAINING_MS });

test('what survives is trained, judged on its test rows, promoted by its gate and retired', async ({
  page,
  server,
  workspace,
}, testInfo) => {
  await page.goto(`${server.origin}/#/registry`);
  await expect(page.getByText('Nobody is in production. 0 rows of 0 folds')).toBeVisible();
  await page.getByRole('link', { name: 'Versions and figures' }).click();
  await expect(page.getByText('None was trained yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toHaveCount(0);

  fillSurvivalFolds(workspace, { folds: 90, edge: 1 });
  await page.reload();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Model type' }).click();
  await page.getByRole('option', { name: /^Classifier/ }).click();
  await dialog.getByLabel('Trials').fill('1');
  await lookAt(page, 'survival-train', testInfo);
  await dialog.getByRole('button', { name: 'Train' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Training Queue' })).toBeVisible();
  await expect(page.getByText('Survival: Classifier, 1 trial').first()).toBeVisible();

  await visit(page, 'Registry');
  await page.getByRole('link', { name: 'Versions and figures' }).click();
  await expect(page.getByRole('heading', { name: /^Version \d{8}_\d{6}, on its test rows$/ })).toBeVisible({
    timeout: TRAINING_MS,
  });
  await expect(page.getByRole('table', { name: 'Did it make money?' })).toContainText('ROC AUC');
  await expect(page.getByRole('table', { name: 'Picks' })).toContainText('Highest selection Sharpe');
  await expect(page.getByRole('list', { name: 'The gate' })).toContainText('Met');
  await lookAt(page, 'survival-figures', testInfo);

  await page.getByRole('button', { name: /^Promote / }).click();
  await expect(dialog.getByRole('list', { name: 'The gate' })).toContainText('ROC AUC');
  await dialog.getByLabel('Reason').fill('first');
  await dialog.getByRole('button', { name: 'Promote' }).click();
  await expect(page.getByRole('table', { name: 'Versions' })).toContainText('Production');
  await expect(page.getByRole('table', { name: 'Journal' })).toContainText('first');

  await page.getByRole('button', { name: 'Update with new folds' }).click();
  await expect(page.getByText('No fold of a validated grid came since')).toBeVisible();
  await page.getByRole('button', { name: 'Retire' }).click();
  await dialog.getByRole('button', { name: 'Retire' }).click();
  await expect(page.getByRole('table', { name: 'Versions' })).toContainText('Archived');
});
