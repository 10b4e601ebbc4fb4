import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { expect, test } from '../fixtures.ts';
import { call, visit } from '../steps.ts';

const FOUR_HOURS = 4 * 3_600_000;
/** The look at a file that still grows waits for it to rest. */
const LOOKED_MS = 30_000;

/** Bars of four hours without a weekend, the newest of which is open at `now`. */
function exported(bars: number, now: number): { text: string; newest: number } {
  const newest = Math.floor(now / FOUR_HOURS) * FOUR_HOURS;
  const rows = Array.from({ length: bars }, (_, i) => {
    const at = new Date(newest - (bars - 1 - i) * FOUR_HOURS).toISOString();
    const price = 60_000 + 100 * i;
    return `${at},${price},${price + 90},${price - 80},${price + 50},${10 + i}`;
  });
  return { text: `time,open,high,low,close,volume\n${rows.join('\n')}\n`, newest };
}

test('a watched folder: its bars come in by themselves, the newest only once it has closed, and stay when it is watched no more', async ({
  page,
  server,
  workspace,
}) => {
  const folder = join(workspace, 'terminal');
  mkdirSync(folder);
  await visit(page, 'Data & Settings');
  const panel = page.getByRole('region', { name: 'Watched folders' });
  await panel.getByRole('textbox', { name: 'Folder' }).fill(folder);
  await panel.getByRole('button', { name: 'Watch', exact: true }).click();
  const watched = panel.getByRole('region', { name: `Watched folder ${folder}` });
  await expect(watched.getByText('No file of market data was read in it yet.')).toBeVisible();

  const now = Date.now();
  const { text, newest } = exported(60, now);
  const lines = text.split('\n');
  const file = join(folder, 'BTCUSD_H4.csv');
  // The terminal writes 40 bars, then the others.
  writeFileSync(file, `${lines.slice(0, 41).join('\n')}\n`);
  const row = watched.getByRole('row', { name: /BTCUSD_H4\.csv/ });
  await expect(row).toContainText('Up to date', { timeout: LOOKED_MS });
  await expect(row).toContainText('BTCUSD H4');
  const stored = async () => (await call<SeriesDto[]>(page, server, 'market.list'))[0];
  expect(await stored()).toMatchObject({ symbol: 'BTCUSD', timeframe: 'H4', bars: 40 });

  writeFileSync(file, text);
  const last = new Date(newest - FOUR_HOURS).toISOString();
  await expect.poll(async () => (await stored())?.last, { timeout: LOOKED_MS }).toBe(last);
  expect((await stored())?.bars).toBe(59);
  const series = page.getByRole('region', { name: 'Stored series', exact: true });
  await expect(series.getByRole('row', { name: /BTCUSD H4 59/ })).toBeVisible();

  await watched.getByRole('button', { name: `Watch ${folder} no more` }).click();
  await expect(watched).toHaveCount(0);
  expect((await stored())?.bars).toBe(59);
});
