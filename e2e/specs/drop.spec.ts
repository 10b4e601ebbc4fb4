import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { demoMarket } from '../../engine/market/demo-market.ts';
import { writeCandleCsv } from '../../engine/market/testing/candle-csv.ts';
import { dragAway, dragFile, dragOver, dropFile, dropFileAt } from '../drop.ts';
import { expect, test } from '../fixtures.ts';
import { call, PLACES, visit } from '../steps.ts';

const GRID = `# from a colleague
name: Night shift
model_types: [ridge, random_forest]
symbols: [DEMO_EURUSD]
timeframes: [H1, H4]
days_history: [60, 75]
horizons: [3]
`;
const SIZE = /2 models .*= 8/;

test('a market file dropped on the window is looked at, imported and listed', async ({
  page,
  home,
  server,
  workspace,
}) => {
  const file = join(home, 'EURUSD_H1.csv');
  const candles = demoMarket()[0]!;
  writeCandleCsv(file, candles);
  await expect(page.getByRole('heading', { name: 'Welcome to Regimen' })).toBeVisible();
  await dropFileAt(page, file);

  const preview = page.getByRole('form', { name: 'Import EURUSD_H1.csv' });
  await expect(page).toHaveURL(/#\/data$/);
  await expect(preview).toContainText(/Format.*CSV/);
  await expect(preview).toContainText(`${candles.length.toLocaleString('en-US')}, 2022-06-26 to 2025-06-27`);
  await expect(preview).toContainText(/Time zone.*UTC/);
  await expect(preview.getByRole('figure', { name: 'First lines of the file' })).toContainText(
    'time,open,high,low,close,volume\n2022-06-26T21:00:00Z,',
  );
  await expect(preview.getByRole('textbox', { name: 'Symbol' })).toHaveValue('EURUSD');
  await expect(preview.getByRole('combobox', { name: 'Timeframe' })).toHaveValue('H1');
  expect(await call(page, server, 'market.list'), 'looking stores nothing').toEqual([]);

  await preview.getByRole('button', { name: /^Import / }).click();
  const stored = page.getByRole('region', { name: 'Stored series', exact: true });
  await expect(stored.getByRole('row', { name: /^EURUSD H1 18,/ })).toBeVisible();
  await expect(preview).toBeHidden();
  const [series, ...others] = await call<SeriesDto[]>(page, server, 'market.list');
  expect(others).toEqual([]);
  expect(series).toMatchObject({ symbol: 'EURUSD', timeframe: 'H1', bars: candles.length, synthetic: false });
  expect(await readdir(join(workspace, 'candles'))).toEqual([
    expect.stringMatching(/^EURUSD_H1.*\.candles$/),
  ]);
});

test('a grid dropped on the window fills the builder; one with a mistake says where, and changes nothing', async ({
  page,
  server,
}) => {
  await visit(page, 'Training History');
  await dropFile(page, 'night.GRID.yaml', GRID);
  await expect(page.getByRole('heading', { name: 'New grid' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Night shift');
  const models = page.getByRole('region', { name: 'Model types' });
  await expect(models.getByRole('checkbox', { checked: true })).toHaveCount(2);
  await expect(
    page.getByRole('group', { name: 'Days of history' }).getByRole('checkbox', { name: '75', exact: true }),
  ).toBeChecked();
  // It is shown before there is data, and counted as soon as there is.
  const symbols = page.getByRole('group', { name: 'Symbols' });
  await expect(symbols).toContainText('"DEMO_EURUSD" has no candles in this workspace.');
  await call(page, server, 'market.demo');
  await expect(symbols).not.toContainText('has no candles');
  const size = page.getByRole('region', { name: 'Size of the grid' }).getByRole('status');
  await expect(size).toContainText(SIZE);

  const broken: readonly (readonly [string, string])[] = [
    ['model_types: [ridge\nname: half', 'line 2'],
    [GRID.replace('horizons', 'horizon'), 'Did you mean "horizons"?'],
    ['name: nothing chosen', 'model_types'],
  ];
  for (const [text, said] of broken) {
    await dropFile(page, 'broken.GRID.yaml', text);
    const notice = page.getByRole('alert').filter({ hasText: 'broken.GRID.yaml' });
    await expect(notice).toContainText(said);
    await notice.getByRole('button').click();
    await expect(notice).toBeHidden();
  }
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Night shift');
  await expect(size).toContainText(SIZE);
});

test('a dropped file that holds no candles says why, and stores nothing', async ({ page, server }) => {
  const refused: readonly (readonly [string, string, string | RegExp])[] = [
    ['letter.txt', 'Dear Sir or Madam,\nthank you for your letter.\n', 'letter.txt'],
    ['EURUSD_H1.csv', '', /EURUSD_H1\.csv.*empty/],
  ];
  for (const [name, text, said] of refused) {
    await dropFile(page, name, text);
    const panel = page.getByRole('region', { name: 'Import market data' });
    await expect(panel.getByRole('alert')).toContainText(said);
  }
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  expect(await call(page, server, 'market.list')).toEqual([]);
});

test('while a file hovers over the window it is marked wherever one is, until the file leaves', async ({
  page,
}) => {
  const file = await dragFile(page, 'EURUSD_H1.csv', 'time,open');
  const mark = page.getByText('Let go: a GRID.yaml opens in the builder');
  const rail = page.getByRole('navigation', { name: 'Places' });
  for (const place of PLACES) {
    // Without candles the queue's place has another heading.
    await rail.getByRole('link', { name: place }).click();
    await dragOver(page, file);
    await expect(mark).toBeVisible();
    await dragAway(page, file);
    await expect(mark).toBeHidden();
  }
  await dragOver(page, file);
  await expect(page.getByText('Let go to look at what it is')).toBeVisible();
});
