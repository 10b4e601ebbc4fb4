import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { writeCandleCsv } from '../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../engine/market/testing/random-candles.ts';
import { chromiumLaunch } from '../engine/testing/chromium.ts';
import { startServerProcess } from '../main/server/testing/server-process.ts';
import { measureCommand } from './command.ts';
import { figuresOf, OBSERVER, type Scene, watch } from './frames.ts';
import { type Figure, median, type Subject } from './subject.ts';

/** As many as twelve years of hours have. */
const BARS = 75_000;
const STEPS = 100;
const PAGE_BARS = 5000;
const MOST_PAGE_MS = 80;

/** Milliseconds of each page of bars, as a client of the server has them: all of a series, twice. */
async function pageTimes({
  origin,
  token,
}: {
  readonly origin: string;
  readonly token: string;
}): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 2; round++) {
    let before: number | undefined;
    for (;;) {
      const start = performance.now();
      const response = await fetch(`${origin}/api/market.bars`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ symbol: 'EURUSD', timeframe: 'H1', limit: PAGE_BARS, before }),
      });
      if (!response.ok) throw new Error(`market.bars: ${response.status} ${await response.text()}`);
      const page = (await response.json()) as { time: number[]; earlier: number };
      times.push(performance.now() - start);
      if (page.earlier === 0) break;
      before = page.time[0];
    }
  }
  return times;
}

/** Drags through the bars, zooms by the wheel, and goes back and forth. */
async function moveAbout(page: Page): Promise<void> {
  const box = (await page.getByRole('img', { name: /^Candles of EURUSD/ }).boundingBox())!;
  const middle = { x: box.x + box.width / 2, y: box.y + 150 };
  await page.mouse.move(middle.x, middle.y);
  for (let step = 0; step < STEPS; step++) {
    if (step % 4 === 0) await page.mouse.wheel(0, step % 8 === 0 ? 240 : -240);
    await page.mouse.down();
    await page.mouse.move(middle.x + (step % 2 === 0 ? 300 : -280), middle.y, { steps: 6 });
    await page.mouse.up();
    await page.mouse.move(middle.x, middle.y);
  }
}

async function measureOnce(folder: string): Promise<Figure[]> {
  const file = join(folder, 'EURUSD_H1.csv');
  writeCandleCsv(file, randomCandles(BARS, 'H1', 3));
  const workspace = join(folder, 'workspace');
  measureCommand(workspace, ['market', 'import', file, '--symbol', 'EURUSD', '--timeframe', 'H1']);
  const server = await startServerProcess(workspace, { HOME: folder });
  const browser = await chromium.launch(chromiumLaunch());
  const scenes: Scene[] = [];
  try {
    const [first, ...later] = await pageTimes(server);
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
    await page.addInitScript(OBSERVER);
    await page.goto(`${server.link}#/data?tab=market&series=EURUSD%20H1`);
    await page.getByRole('img', { name: /^Candles of EURUSD/ }).waitFor();
    const all = page.getByText(`All ${BARS.toLocaleString('en')} bars`);
    const loading = await watch(page, 'earlier bars that come page by page', async () => {
      while ((await all.count()) === 0) {
        await page.getByRole('button', { name: 'All bars' }).click();
        await page.waitForTimeout(100);
      }
    });
    // What was drawn last settles: it belongs to what came before.
    await page.waitForTimeout(2000);
    scenes.push(
      await watch(page, '75,000 candles that are all in sight, dragged and zoomed', () => moveAbout(page)),
    );
    for (let i = 0; i < 6; i++) await page.getByRole('button', { name: 'Zoom in' }).click();
    scenes.push(
      await watch(page, '75,000 candles, a thousand in sight, dragged and zoomed', () => moveAbout(page)),
    );
    return [
      { name: `the first page of ${PAGE_BARS} bars, with the regimes of all`, value: first!, unit: 'ms' },
      { name: 'a further page', value: median(later), unit: 'ms', atMost: MOST_PAGE_MS },
      { name: 'the slowest further page', value: Math.max(...later), unit: 'ms' },
      // Bars that come are drawn anew, all of them: that is seldom, and only told.
      ...figuresOf(loading).map(({ atMost: _, ...figure }) => figure),
      ...scenes.flatMap(figuresOf),
    ];
  } finally {
    await browser.close();
    await server.kill();
  }
}

export const candlesSubject: Subject = {
  name: 'candles',
  title: 'how smooth a chart of 75,000 candles stays, and how long a page of them takes',
  async measure(runs = 1) {
    const measured: Figure[][] = [];
    for (let run = 0; run < runs; run++) {
      const folder = mkdtempSync(join(tmpdir(), 'regimen-candles-'));
      try {
        measured.push(await measureOnce(folder));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    return {
      data: 'a synthetic random walk on a currency week; headless Chromium that draws with the processor',
      runs,
      figures: measured[0]!.map((figure, i) => ({
        ...figure,
        value: median(measured.map((run) => run[i]!.value)),
      })),
    };
  },
};
