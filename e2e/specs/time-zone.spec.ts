import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryPageDto } from '../../engine/contract/dto/index.ts';
import { readCsv } from '../csv.ts';
import { ONE_RIDGE } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

test.describe.configure({ timeout: TRAINING_MS });
test.use({ timezoneId: 'America/New_York' });

test('one zone, chosen in Settings, is that of tables, filters, charts, files and what is found', async ({
  page,
  server,
  home,
}, testInfo) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  const { runs } = await call<HistoryPageDto>(page, server, 'history.search', {});
  const createdAt = Date.parse(runs[0]!.createdAt);
  const inNewYork = (ms: number) =>
    new Date(ms).toLocaleString('sv-SE', { timeZone: 'America/New_York' }).slice(0, 16);

  await visit(page, 'Training History');
  await expect(page.getByRole('columnheader', { name: 'Created at (UTC)' })).toBeVisible();
  await visit(page, 'Data & Settings');
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Time zone' }).click();
  await page.getByRole('option', { name: 'Local (America/New_York)' }).click();
  await expect(page.getByText(/^Now it is .* UTC-[45]\.$/)).toBeVisible();
  await lookAt(page, 'display', testInfo);

  // It is remembered, and holds everywhere.
  await page.reload();
  await visit(page, 'Training History');
  await page.setViewportSize({ width: 1440, height: 900 });
  const table = page.getByRole('grid', { name: 'Training runs' });
  await expect(table.getByRole('columnheader', { name: 'Created at (America/New_York)' })).toBeVisible();
  await expect(table.getByRole('gridcell', { name: inNewYork(createdAt), exact: true })).toBeVisible();
  const filters = page.getByRole('form', { name: 'Filters' });
  const today = inNewYork(createdAt).slice(0, 10);
  await filters.getByLabel('Created from (America/New_York)').fill(today);
  await filters.getByLabel('Created to (America/New_York)').fill(today);
  await filters.getByRole('button', { name: 'Search' }).click();
  await expect(table).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('button', { name: 'More ways to export' }).click();
  await page.getByRole('menuitem', { name: 'Shown columns as CSV' }).click();
  const exports = join(home, '.regimen/exports');
  await expect.poll(() => readdir(exports).catch(() => [])).toHaveLength(1);
  const [file] = await readdir(exports);
  const [{ created_at: written }] = readCsv(await readFile(join(exports, file!), 'utf8')) as [
    { created_at: string },
  ];
  expect(written).toMatch(/-0[45]:00$/);
  expect(Date.parse(written)).toBe(createdAt);

  await table.getByRole('gridcell', { name: inNewYork(createdAt), exact: true }).click();
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog');
  await expect(details.getByText(new RegExp(`^${inNewYork(createdAt)} UTC-[45]$`))).toBeVisible();
  await details.getByRole('tab', { name: 'Equity' }).click();
  await expect(page.getByText('Time of the bar, America/New_York').first()).toBeVisible();
});

test('a zone that is chosen in one tab holds in the others at once', async ({ context, page, server }) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  const other = await context.newPage();
  await other.goto(server.link);
  await other.goto(`${server.origin}/#/history`);
  await expect(other.getByRole('columnheader', { name: 'Created at (UTC)' })).toBeAttached();
  await page.goto(`${server.origin}/#/data?tab=settings`);
  await page.getByRole('combobox', { name: 'Time zone' }).click();
  await page.getByRole('option', { name: 'Local (America/New_York)' }).click();
  await expect(other.getByRole('columnheader', { name: 'Created at (America/New_York)' })).toBeAttached();
  await expect(other.getByRole('columnheader', { name: 'Created at (UTC)' })).toHaveCount(0);
});
