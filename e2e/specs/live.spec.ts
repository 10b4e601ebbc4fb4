import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ForwardDetailDto, MarksListDto } from '../../engine/contract/dto/index.ts';
import { traderStatement } from '../../engine/live/testing/trader-statement.ts';
import { sliceCandles } from '../../engine/market/candles.ts';
import { writeCandleCsv } from '../../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../../engine/market/testing/random-candles.ts';
import type { ServerProcess } from '../../main/server/testing/server-process.ts';
import { test as base, expect } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, visit } from '../steps.ts';

/** From a version in charge to a statement beside its paper, to alerts, and to what is written on a run: by mouse and keyboard. */

const PLACE = { symbol: 'EURUSD', timeframe: 'H1' } as const;
const NAME = 'EURUSD H1';
/** Bars that are there at first, and all of them. */
const [FIRST, ALL] = [6000, 6400];

/** One strategy, which trades often. */
const CONFIG = `inference_grid: { prediction_methods: [direct], ensemble_methods: [mean], confidence_thresholds: [0.2], lookback_windows: [50] }
queue: { test_robustness: false }
live: { alert_hosts: [127.0.0.1] }
`;

const test = base.extend({
  workspace: async ({ workspace }, use) => {
    await writeFile(join(workspace, 'config.yaml'), CONFIG);
    await use(workspace);
  },
});
test.describe.configure({ timeout: TRAINING_MS });

async function train(page: Page, server: ServerProcess, horizon: number): Promise<number> {
  const grid = {
    model_types: ['ridge'],
    symbols: ['EURUSD'],
    timeframes: ['H1'],
    days_history: [60],
    horizons: [horizon],
  };
  const { queueId } = await call<{ queueId: number }>(page, server, 'queue.create', { grid });
  await call(page, server, 'queue.start', { queueId });
  await call(page, server, 'queue.wait', { queueId });
  return queueId;
}

/** A version in charge, and bars that arrived since. */
async function trade(page: Page, server: ServerProcess, workspace: string): Promise<ForwardDetailDto> {
  const candles = randomCandles(ALL, 'H1', 3);
  const importFirst = async (bars: number) => {
    const file = join(workspace, 'bars.csv');
    writeCandleCsv(file, sliceCandles(candles, 0, bars));
    await call(page, server, 'market.import', { file, ...PLACE });
  };
  await importFirst(FIRST);
  await train(page, server, 3);
  await call(page, server, 'production.register', { run: '1', name: NAME });
  await call(page, server, 'production.promote', { ...PLACE, skipValidation: true });
  await importFirst(ALL);
  const read = () => call<ForwardDetailDto>(page, server, 'forward.show', { name: NAME });
  await expect.poll(async () => (await read()).bars, { timeout: TRAINING_MS }).toBe(ALL - FIRST);
  return read();
}

test('a version trades on paper, a statement is held against it, alerts go out or are listed, a run is marked', async ({
  page,
  server,
  workspace,
}, testInfo) => {
  const paper = await trade(page, server, workspace);
  const closed = paper.tradeList.filter(({ exitTime }) => exitTime !== null);
  expect(closed.length).toBeGreaterThan(5);

  await visit(page, 'Registry');
  await page.getByRole('link', { name: NAME, exact: true }).first().click();
  await expect(page.getByRole('figure', { name: /^On paper/ }).getByRole('img')).toBeVisible();
  const account = page.getByRole('region', { name: 'Beside a real account' });
  const form = account.getByRole('form', { name: 'Read a statement' });
  await expect(form.getByRole('button', { name: 'Read', exact: true })).toBeDisabled();
  const chooser = page.waitForEvent('filechooser');
  await form.getByRole('button', { name: 'Choose a statement' }).press('Enter');
  await (await chooser).setFiles({
    name: 'Statement.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(traderStatement(closed)),
  });
  await form.getByLabel('Time zone').fill('UTC');
  await form.getByLabel('Name of the account').fill('7');
  await form.getByLabel('Name of the account').press('Enter');
  const missed = 1 + (paper.open === null ? 0 : 1);
  await expect(
    account.getByText(`${closed.length - 1} matched, 0 late, ${missed} missed, 1 extra.`),
  ).toBeVisible();
  await expect(account.getByRole('figure').getByRole('img')).toBeVisible();
  const rows = account.getByRole('table', { name: 'Beside the account' }).getByRole('row');
  await expect(rows).toHaveCount(1 + closed.length + missed);
  await expect(rows.nth(1)).toContainText('Extra');
  await lookAt(page, 'statement', testInfo);

  await visit(page, 'Now');
  const alerts = page.getByRole('region', { name: 'Alerts' });
  const add = alerts.getByRole('form', { name: 'Tell somebody' });
  const pick = async (list: string, option: string) => {
    await add.getByRole('combobox', { name: list }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  await add.getByRole('textbox', { name: 'Name' }).fill('log');
  await pick('Where to', 'File');
  await pick('Events', 'Signal changed');
  await page.keyboard.press('Escape');
  await add.getByRole('textbox', { name: 'Name' }).press('Enter');
  const told = alerts.getByRole('row', { name: /^log/ });
  await expect(told).toContainText('Signal changed');
  await told.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByText('log took the test.')).toBeVisible();

  // Where nobody answers, the test says so at once; what happens is kept, and listed until it is sent.
  await add.getByRole('textbox', { name: 'Name' }).fill('phone');
  await add.getByRole('combobox', { name: 'Events' }).press('Backspace');
  await page.keyboard.press('Escape');
  await pick('Where to', 'Webhook');
  await pick('Whose messages', 'generic');
  await add.getByLabel('Address').fill('http://127.0.0.1:9/told');
  await add.getByRole('button', { name: 'Add' }).click();
  const phone = alerts.getByRole('row', { name: /^phone/ });
  await phone.getByRole('button', { name: 'Test' }).click();
  const failed = page.getByRole('alert').filter({ hasText: '127.0.0.1' });
  await expect(failed.first()).toBeVisible();
  await train(page, server, 2);
  const unsent = alerts.getByRole('list', { name: 'Alerts that could not be sent' });
  await expect(unsent).toContainText('for phone');
  await expect(unsent).toContainText('It is tried again at');
  await alerts.getByRole('button', { name: 'Try all again' }).click();
  await expect(phone).toContainText('waiting');
  await lookAt(page, 'alerts-unsent', testInfo);
  await alerts.getByRole('button', { name: 'Remove phone' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
  await expect(phone).toBeHidden();
  await expect(unsent).toBeHidden();

  await visit(page, 'Training History');
  await page.getByRole('grid', { name: 'Training runs' }).getByRole('row').nth(1).click();
  await page.getByRole('button', { name: 'View Details' }).click();
  const marks = page.getByRole('region', { name: /^Marks of run \d+$/ });
  await marks.getByRole('button', { name: /^Favorite: run/ }).press('Enter');
  await expect(marks.getByRole('button', { name: /^Favorite: run/ })).toHaveAttribute('aria-pressed', 'true');
  await marks.getByRole('button', { name: /^Edit tags and note/ }).press('Enter');
  await page.getByRole('combobox', { name: 'Tags' }).fill('paper');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Note' }).fill('Trades often, for what it says.');
  await lookAt(page, 'marks', testInfo);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(marks).toContainText('Trades often, for what it says.');
  const { marked } = await call<MarksListDto>(page, server, 'marks.list');
  expect(marked).toEqual([
    expect.objectContaining({
      kind: 'run',
      favorite: true,
      tags: ['paper'],
      note: 'Trades often, for what it says.',
    }),
  ]);
  await page.keyboard.press('Escape');
});
