import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { createEngine } from '../engine/app.ts';
import { writeCandleCsv } from '../engine/market/testing/candle-csv.ts';
import { chromiumLaunch } from '../engine/testing/chromium.ts';
import { startServerProcess } from '../main/server/testing/server-process.ts';
import { figuresOf, OBSERVER, type Scene, watch } from './frames.ts';
import { hourlyCandles } from './market-data.ts';
import { type Figure, median, type Subject } from './subject.ts';

const BARS = 75_000;
const STEPS = 60;
const STEP_MS = 80;

/** What a user does with all bars there are, on a page that shows their chart. */
export async function chartScenes(page: Page): Promise<Scene[]> {
  const figure = page.getByRole('figure', { name: /^Candles of / });
  const picture = figure.getByRole('img');
  await picture.waitFor();
  await page.waitForTimeout(1000);
  const all = figure.getByRole('button', { name: 'All bars' });
  const whole = figure.getByText(/^All [\d,]+ bars, colored by regime\.$/);
  const wheel = async (dx: number, dy: number) => {
    await picture.hover();
    for (let step = 0; step < STEPS; step++) {
      await page.mouse.wheel(step % 20 < 10 ? dx : -dx, step % 20 < 10 ? dy : -dy);
      await page.waitForTimeout(STEP_MS);
    }
  };
  const seen: Scene[] = [];
  const pages = async () => {
    while (!(await whole.isVisible())) {
      await all.click();
      await page.waitForTimeout(500);
    }
  };
  seen.push(await watch(page, '75,000 bars, while their pages come', pages));
  await all.click();
  await page.waitForTimeout(500);
  seen.push(await watch(page, 'all of them in sight, scrolled', () => wheel(300, 0)));
  await all.click();
  seen.push(await watch(page, 'zoomed in and out by the wheel', () => wheel(0, -300)));
  return seen;
}

export const chartSubject: Subject = {
  name: 'chart',
  title: 'how smooth a chart of 75,000 bars is',
  async measure(runs = 1) {
    const folder = mkdtempSync(join(tmpdir(), 'regimen-chart-'));
    const { candles, data } = await hourlyCandles('EURUSD', BARS);
    const file = join(folder, 'EURUSD_H1.csv');
    writeCandleCsv(file, candles);
    const { call, close } = createEngine({ workspace: folder, role: 'command' });
    await call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
    await close();
    const server = await startServerProcess(folder, { HOME: folder });
    const browser = await chromium.launch(chromiumLaunch());
    const measured: Figure[][] = [];
    try {
      for (let run = 0; run < runs; run++) {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        await page.addInitScript(OBSERVER);
        await page.goto(server.link);
        await page.getByRole('navigation', { name: 'Places' }).waitFor();
        await page.evaluate("location.hash = '#/data?series=EURUSD%20H1'");
        measured.push((await chartScenes(page)).flatMap(figuresOf));
        await page.close();
      }
    } finally {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
    return {
      data: `${data}; headless Chromium that draws with the processor`,
      runs,
      figures: measured[0]!.map((figure, i) => ({
        ...figure,
        value: median(measured.map((run) => run[i]!.value)),
      })),
    };
  },
};
