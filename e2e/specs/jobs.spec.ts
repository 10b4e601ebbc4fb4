import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { JOB_COLUMNS, type JobDto } from '../../engine/contract/dto/index.ts';
import { readCsv } from '../csv.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, queueSection, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** One table of jobs wherever it stands, and one count of what is kept. */

test.describe.configure({ timeout: TRAINING_MS });

const PROJECT = join(import.meta.dirname, '../..');

/** What a command prints, beside the server. */
async function regimen<T>(place: { workspace: string; home: string }, ...argv: string[]): Promise<T> {
  const { workspace, home } = place;
  const command = [join(PROJECT, 'main/launch/regimen.mjs'), ...argv, '--workspace', workspace, '--json'];
  const env = { ...process.env, HOME: home };
  const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: 1 << 26, env });
  return JSON.parse(stdout) as T;
}

/** A row of the table in the window, by the titles of its columns. */
async function rowOf(page: Page, name: string): Promise<Record<string, string>> {
  const titles = await page.getByRole('columnheader').allTextContents();
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  const cells = await row.getByRole('cell').allTextContents();
  return Object.fromEntries(titles.map((title, i) => [title, cells[i]!]));
}

/** A figure of a queue's results summary. */
async function figure(page: Page, queue: string, title: string): Promise<string> {
  const term = queueSection(page, queue)
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${title}$`) });
  return (await term.locator('xpath=following-sibling::dd').textContent()) ?? '';
}

test('window, command line, HTTP, CSV and disk tell the same of each job', async ({
  page,
  server,
  workspace,
  home,
}) => {
  const first = await trainOnDemo(page, server, { ...SMALL_GRID, name: 'First' });
  // Once something was started, what is added begins by itself; it takes places from the first.
  const { queueId: second } = await call<{ queueId: number }>(page, server, 'queue.create', {
    grid: { ...SMALL_GRID, name: 'Second', model_types: ['lasso', 'elasticnet', 'linear_regression'] },
  });
  const { queueId: third } = await call<{ queueId: number }>(page, server, 'queue.create', {
    grid: { ...SMALL_GRID, name: 'Third', days_history: [90] },
  });
  await call(page, server, 'queue.cancel', { queueId: third });
  await expect
    .poll(async () => (await call<JobDto>(page, server, 'jobs.get', { jobId: second })).state, {
      timeout: TRAINING_MS,
    })
    .toBe('completed');

  const jobs = await call<JobDto[]>(page, server, 'jobs.list');
  expect(jobs.map(({ id, state }) => [id, state])).toEqual([
    [first, 'completed'],
    [second, 'completed'],
    [third, 'cancelled'],
  ]);
  expect(jobs[0]!.pushed_out).toBeGreaterThan(0);
  expect(await regimen<JobDto[]>({ workspace, home }, 'jobs', 'list')).toEqual(jobs);
  const files = await readdir(join(workspace, 'artifacts'));
  const models = files.filter((name) => name.endsWith('.model'));
  expect(jobs.reduce((sum, job) => sum + job.kept, 0)).toBe(models.length);
  expect((await regimen<unknown[]>({ workspace, home }, 'history', '--kept')).length).toBe(models.length);

  await page.reload();
  await visit(page, 'Training History');
  await page.getByText('Jobs', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'Jobs' }).getByText('3 jobs')).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Crowned', 'Pushed out since', 'Deleted']) {
    await page.getByRole('checkbox', { name, exact: true }).click();
  }
  await page.keyboard.press('Escape');
  for (const job of jobs) {
    expect(await rowOf(page, job.name)).toMatchObject({
      ID: String(job.id),
      Current: `${job.current} of ${job.total} models`,
      Crowned: String(job.crowned),
      'Pushed out since': String(job.pushed_out),
      'Kept now': String(job.kept),
      Deleted: String(job.deleted),
    });
  }
  await page.getByRole('button', { name: 'Export Results' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '3 jobs exported' })).toBeVisible();
  const [file] = await readdir(join(home, '.regimen/exports'));
  expect(file).toMatch(/^training_jobs_\d{8}_\d{6}\.csv$/);
  const rows = readCsv(await readFile(join(home, '.regimen/exports', file!), 'utf8'));
  const text = (value: JobDto[keyof JobDto]) =>
    value === null ? '' : typeof value === 'object' ? value.join(' ') : String(value);
  expect(rows).toEqual(
    jobs.map((job) => Object.fromEntries(JOB_COLUMNS.map((column) => [column, text(job[column])]))),
  );

  await page.getByRole('link', { name: 'First', exact: true }).click();
  await expect(queueSection(page, 'First')).toBeVisible();
  const { crowned, pushed_out, kept, deleted } = jobs[0]!;
  expect(await figure(page, 'First', 'Crowned')).toBe(String(crowned));
  expect(await figure(page, 'First', 'Pushed out since')).toBe(String(pushed_out));
  expect(await figure(page, 'First', 'Kept now')).toBe(String(kept));
  expect(await figure(page, 'First', 'Deleted')).toBe(String(deleted));
  // A row of the latest results for each that is kept, and no other says so.
  await expect(
    page.getByRole('region', { name: 'Latest results, table' }).getByText('Kept', { exact: true }),
  ).toHaveCount(kept);
});

test('configurations that can not be trained are left out with one click', async ({ page, server }) => {
  await call(page, server, 'market.demo');
  await page.goto(`${server.origin}/#/queue?new=1`);
  await page.reload();
  await page.getByRole('button', { name: 'Select all' }).first().waitFor();
  const { queueId } = await call<{ queueId: number }>(page, server, 'queue.create', {
    grid: { ...SMALL_GRID, timeframes: ['H1', 'D1'], days_history: [30], horizons: [3] },
    skipImpossible: true,
  });
  await page.goto(`${server.origin}/#/queue?queue=${queueId}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Build a new grid from this one' }).click();
  const bar = page.getByRole('region', { name: 'Size of the grid' });
  await expect(page.getByText("1 of 2 configurations can't be trained; they can be left out")).toBeVisible();
  await bar.getByRole('button', { name: 'Leave out 1 impossible configuration' }).click();
  await expect(bar).toContainText('= 2 configurations - 1 impossible = 1 to train');
  await bar.getByRole('button', { name: 'Generate Queue' }).click();
  await expect(page.getByText('Impossible', { exact: true })).toBeVisible();
});
