import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { ChampionDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import type { ServerProcess } from '../../main/server/testing/server-process.ts';
import { formatBytes } from '../../renderer/ui/format.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, queueSection, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

test.describe.configure({ timeout: 2 * TRAINING_MS });

async function visitStorage(page: Page): Promise<void> {
  await visit(page, 'Data & Settings');
  await page.getByRole('tab', { name: 'Storage & backup' }).click();
}

/** Makes a backup on the screen, and saves it where a user's browser would. */
async function downloadBackup(page: Page, folder: string): Promise<string> {
  const panel = page.getByRole('region', { name: 'Backup' });
  await panel.getByRole('button', { name: 'Create backup' }).click();
  await expect(panel.getByRole('status')).toContainText(/^\d+ files, [\d.]+ .B: .+regimen-backup-.+\.zip$/);
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Download it' }).click();
  const file = join(folder, 'backup.zip');
  await (await download).saveAs(file);
  return file;
}

async function restoreBackup(page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Restore a backup' }).click();
  await (await chooser).setFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Restore this backup?' });
  await expect(dialog).toContainText('Everything in this workspace is replaced by what is in backup.zip.');
  await dialog.getByRole('button', { name: 'Restore' }).click();
}

/** What a backup is for, but for its times. */
async function contents(page: Page, server: ServerProcess) {
  const champions = await call<ChampionDto[]>(page, server, 'champions.list');
  const series = await call<SeriesDto[]>(page, server, 'market.list');
  return { champions, series: series.map(({ symbol, timeframe, bars }) => ({ symbol, timeframe, bars })) };
}

test('a backup made on the screen brings everything back, and is refused while a queue trains', async ({
  page,
  server,
  home,
  workspace,
}) => {
  await trainOnDemo(page, server, SMALL_GRID);
  await call(page, server, 'settings.set', { changes: { 'queue.max_minutes_per_model': 45 } });
  await page.reload();
  await visitStorage(page);
  const backup = await downloadBackup(page, home);
  const saved = await contents(page, server);
  expect(saved.champions.length).toBeGreaterThan(0);

  await page.getByRole('tab', { name: 'Market data' }).click();
  await page.getByRole('button', { name: 'Remove DEMO_GBPUSD H1' }).click();
  await page.getByRole('button', { name: 'Remove series' }).click();
  await expect(page.getByRole('row', { name: /DEMO_GBPUSD/ })).toHaveCount(0);
  await call(page, server, 'settings.set', { changes: { 'queue.max_minutes_per_model': 20 } });
  const grid = {
    ...SMALL_GRID,
    name: 'all night',
    model_types: ['random_forest'],
    // Still trained when it is paused by hand, on a fast machine, too.
    horizons: Array.from({ length: 48 }, (_, i) => i + 1),
    hyperparameters: { random_forest: { n_estimators: 500 } },
  };
  const { queueId } = await call<{ queueId: number }>(page, server, 'queue.create', { grid });
  await call(page, server, 'queue.start', { queueId });

  await visitStorage(page);
  await restoreBackup(page, backup);
  const refusal = page.getByRole('alert').filter({ hasText: 'Pause it before a backup is restored.' });
  await expect(refusal).toBeVisible();
  await refusal.getByRole('button').click();
  await visit(page, 'Training Queue');
  await queueSection(page, 'all night').getByRole('button', { name: 'Pause' }).click();
  await expect(queueSection(page, 'all night').getByRole('button', { name: 'Resume' })).toBeVisible({
    timeout: TRAINING_MS,
  });
  expect(await contents(page, server)).not.toEqual(saved);

  await visitStorage(page);
  await restoreBackup(page, backup);
  await expect(page.getByRole('alert').filter({ hasText: 'Backup restored' })).toBeVisible({
    timeout: TRAINING_MS,
  });
  // Checkpoints stay where they are: what came after the backup is not lost without being asked for.
  const question = page.getByRole('dialog', { name: 'Results are missing' });
  await expect(question.getByRole('region', { name: 'all night' })).toBeVisible();
  await question.getByRole('button', { name: 'Go on without' }).click();
  await expect(question).toBeHidden();
  expect(await contents(page, server)).toEqual(saved);
  expect(readdirSync(workspace)).toContainEqual(expect.stringMatching(/^replaced-\d{8}_\d{6}$/));
  await page.getByRole('tab', { name: 'Market data' }).click();
  await expect(page.getByRole('row', { name: /^DEMO_GBPUSD.* H1 18,840/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await expect(page.getByRole('textbox', { name: /^Max minutes per model/ })).toHaveValue('45');
  await visit(page, 'Training History');
  await expect(page.getByRole('region', { name: 'Runs' }).getByText('8 runs')).toBeVisible();
  await visit(page, 'Regime Analysis');
  const champions = page.getByRole('table', { name: 'Champions per regime' });
  await expect(champions.getByRole('img', { name: 'Has a best model' })).toHaveCount(saved.champions.length);
  await visit(page, 'Training Queue');
  await expect(queueSection(page, 'small grid')).toBeVisible();
  await expect(queueSection(page, 'all night')).toHaveCount(0);
});

/** The figure of a panel of measures by its term. */
function figure(page: Page, term: string): Locator {
  return page.getByLabel('Storage').locator('dt', { hasText: term }).locator('xpath=following-sibling::dd');
}

test('a cleanup says what would go, then removes that and nothing else', async ({
  page,
  server,
  workspace,
}) => {
  await trainOnDemo(page, server, SMALL_GRID);
  const models = join(workspace, 'artifacts');
  const checkpoints = join(workspace, 'checkpoints', 'training_pipeline');
  const kept = readdirSync(models)
    .filter((name) => name.endsWith('.model'))
    .map((name) => join(models, name));
  const checkpoint = readdirSync(checkpoints).map((name) => join(checkpoints, name))[0]!;

  // What crashes and long nights leave: models of no run, the beginning of a file, an outdated checkpoint.
  const orphan = kept[0]!.replace(/[0-9a-f-]{36}\.model$/, '00000000-0000-4000-8000-000000000000.model');
  const begun = join(models, `.${kept[0]!.slice(models.length + 1)}.1-2-3.tmp`);
  const outdated = join(checkpoints, 'queue_1_checkpoint_20200101_000000.json');
  writeFileSync(orphan, Buffer.alloc(70_000));
  writeFileSync(begun, Buffer.alloc(30_000));
  writeFileSync(
    outdated,
    // Its header, without what came after.
    readFileSync(checkpoint, 'latin1').replace(
      /^(.*?)"created_at":"[^"]+"(.*\n)[\s\S]*/,
      '$1"created_at":"2020-01-01T00:00:00.000Z"$2',
    ),
  );
  const doomed = [orphan, begun, outdated];
  // What belongs to no run is moved aside, and frees nothing yet.
  const bytes = [begun, outdated].reduce((sum, file) => sum + statSync(file).size, 0);

  await page.reload();
  await visitStorage(page);
  await expect(figure(page, 'Trained')).toHaveText('8');
  const panel = page.getByRole('region', { name: 'Clean up' });
  await expect(panel.getByRole('button', { name: 'Clean up' })).toBeDisabled();
  await panel.getByRole('button', { name: 'See what would go' }).click();
  await expect(panel.getByRole('listitem')).toHaveText([
    '1 old checkpoint file would go',
    '1 unfinished file or old orphan would go',
    '1 file that belongs to no run would be moved aside',
    '0 model files would be compressed',
    '0 old runs that were not kept would be left with the figures of contenders',
    `${formatBytes(bytes)} would be freed`,
  ]);
  expect(doomed.every(existsSync), 'looking removes nothing').toBe(true);

  await panel.getByRole('button', { name: 'Clean up' }).click();
  await page.getByRole('dialog', { name: 'Clean up now?' }).getByRole('button', { name: 'Clean up' }).click();
  await expect(page.getByRole('alert').filter({ hasText: `${formatBytes(bytes)} freed` })).toBeVisible();
  expect(doomed.filter(existsSync)).toEqual([]);
  const aside = readdirSync(join(models, 'orphans'));
  expect(aside.filter((name) => name.endsWith('00000000-0000-4000-8000-000000000000.model'))).toHaveLength(1);
  expect(
    [...kept, checkpoint].every((file) => existsSync(file)),
    'results and champions stay',
  ).toBe(true);
  await panel.getByRole('button', { name: 'See what would go' }).click();
  await expect(panel).toContainText('There is nothing to clean up.');
  const keptBytes = kept.reduce((sum, file) => sum + statSync(file).size, 0);
  await expect(figure(page, 'Kept')).toHaveText(String(kept.length));
  await expect(figure(page, 'On disk')).toHaveText(formatBytes(keptBytes));
});

test('what is verified is shown: all is well, or what is wrong and where it can be had from', async ({
  page,
  server,
  workspace,
}) => {
  await trainOnDemo(page, server, SMALL_GRID);
  await page.reload();
  await visitStorage(page);
  const panel = page.getByRole('region', { name: 'Verify' });
  await expect(panel).toContainText('Not verified yet.');
  const verify = panel.getByRole('button', { name: 'Verify' });
  await verify.click();
  await expect(panel).toContainText(
    /All was as it was written on .+: the database, \d+ candle files, \d+ models, \d+ checkpoints? and 0 backups\./,
  );

  const models = join(workspace, 'artifacts');
  const model = join(models, readdirSync(models).find((name) => name.endsWith('.model'))!);
  const bytes = readFileSync(model);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(model, bytes);
  await verify.click();
  const wrong = panel.getByRole('region', { name: 'Not as it was written' });
  await expect(wrong).toContainText('One thing was not as written on');
  await expect(wrong.getByRole('listitem')).toHaveCount(1);
  await expect(wrong).toContainText(model);
  await expect(wrong).toContainText('Can be had from: regimen queue resume --checkpoint ');
  const notice = page.getByRole('alert').filter({ hasText: 'One thing is not as written' });
  await expect(notice).toBeVisible();

  // A window that is opened later is told, too, and nothing of it is wider than a telephone.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expect(notice).toBeVisible();
  await notice.getByRole('button').click();
  await visitStorage(page);
  await wrong.scrollIntoViewIfNeeded();
  const { x, width } = (await wrong.boundingBox())!;
  expect(x + width).toBeLessThanOrEqual(390);
});
